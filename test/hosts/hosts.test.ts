/** Each host that the documents name, with the packed package in it: built, started, and used over HTTP. */
import { createHmac } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { chromium, type Browser } from 'playwright';
import { Agent, setGlobalDispatcher } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { serveSandbox, type ServedSandbox } from '../../demo/sandbox/listen.js';
import { createSandbox } from '../../demo/sandbox/sandbox.js';
import { chromiumLaunchOptions } from '../support/chromium.js';
import { newCustomer } from '../support/customer.js';
import { watchForOffSpec } from '../support/off-spec.js';
import { asBrowser, asServer, fulfillmentIdOf, offered } from '../support/proxy-client.js';
import { sandboxOf } from '../support/sandbox-client.js';
import { wire, type Wire } from '../support/wire.js';
import { HOSTS } from './hosts.js';
import { runHost, type RunningHost } from './running-host.js';

const FEATURE = 'advanced-analytics';
const IDENTITY_SECRET = 'the secret that the tests sign tokens with';
const SERVER_KEY = 'the-key-that-the-backend-of-the-tests-has';
const BILLING = { username: 'chargebee', password: 'the-password-of-the-tests' };
const GROWTH_WEBHOOK_SECRET = 'the secret that Growth signs with in the tests';

/** What the document of the proxy says that a container should give it. */
const STOPS_WITHIN_MS = 45_000;

const AS_BROWSERS = { 'Accept-Encoding': 'gzip, deflate, br, zstd' };
const DECODE: Readonly<Record<string, (body: Buffer) => Buffer>> = { br: brotliDecompressSync, gzip: gunzipSync };

// No connection waits for another request: a busy machine would use it at the moment when the host closes it.
setGlobalDispatcher(new Agent({ pipelining: 0 }));

const { onOffSpec, assertNone } = watchForOffSpec();
let sandbox: ServedSandbox;
let browser: Browser;

beforeAll(async () => {
  sandbox = await serveSandbox(createSandbox({ fulfillmentDelayMs: 300, onOffSpec }), 0);
  browser = await chromium.launch(await chromiumLaunchOptions());
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
  assertNone();
});

describe.each(HOSTS)('$name', (each) => {
  const { name, at = '', identifiesBy, isAlone, hasPage, hasHook } = each;
  let host: RunningHost;
  /** Where the app and its proxy are. */
  let app: string;
  let proxyUrl: string;

  beforeAll(async () => {
    host = await runHost(each, inject('hostsFolder'), {
      CHARGEBEE_SITE: 'acme-test',
      CHARGEBEE_API_KEY: 'test_sandbox',
      CHARGEBEE_URL: sandbox.url,
      // What identifies nobody is left out: the proxy says so of a setting that it needs.
      ...(identifiesBy === 'token' ? { IDENTITY_SECRET } : { SESSION_SECRET: IDENTITY_SECRET }),
      SERVER_KEY,
      BROWSER_CONTEXT: 'storage_used_percent:number',
      BILLING_WEBHOOK_USERNAME: BILLING.username,
      BILLING_WEBHOOK_PASSWORD: BILLING.password,
      GROWTH_WEBHOOK_SECRET,
    });
    app = host.url + at;
    proxyUrl = `${app}/upgrade-offer`;
    console.log(`${name} is ${host.steps.join(', ')}.`);
  });
  afterAll(() => host?.server.stop('SIGKILL'));
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') console.error(`What ${name} has printed:\n${host.server.printed()}`);
  });

  async function visit() {
    const { token, customerId, subscriptionId } = await newCustomer('ordinary', { secret: IDENTITY_SECRET });
    const identity = identifiesBy === 'token' ? { Authorization: `Bearer ${token}` } : { Cookie: `session=${token}` };
    const proof = { ...identity, Origin: host.url };
    return { token, proof, customerId, subscriptionId, ...asBrowser({ proxyUrl }, proof) };
  }

  it('needs no secret while it is built, and opens no store', () => {
    expect(host.filesAfterBuild).not.toContain('data');
  });

  it("serves the widget's file as it says that it is compressed, and not again to a browser that has it", async () => {
    const url = `${proxyUrl}/upgrade-offer.js`;
    const plain = await wire(url);
    const script = await wire(url, AS_BROWSERS);
    const again = await wire(url, { ...AS_BROWSERS, 'If-None-Match': String(script.headers['etag']) });

    expect([plain.status, script.status, again.status]).toEqual([200, 200, 304]);
    expect(script.headers).toMatchObject({ 'content-type': expect.stringContaining('javascript') });
    expect(Object.keys(DECODE)).toContain(script.headers['content-encoding']);
    // Cloudflare's runtime asks for a compressed file in every client's name.
    expect(decoded(script).equals(decoded(plain))).toBe(true);
  });

  it('takes a customer from the offer to the unlocked feature', async () => {
    const who = await visit();
    const { offer, offerId, optionId } = offered(await who.ask({ feature: FEATURE }));
    expect(offer.title).toContain('Unlock Advanced Analytics');
    expect((await who.report(offerId, 'viewed')).status).toBe(202);
    const events = async () => (await sandboxOf({ sandboxUrl: sandbox.url }).records(who)).events;
    await expect.poll(events).toMatchObject([{ type: 'viewed' }]);

    const accepted = await who.accept(offerId, optionId);
    expect(accepted.body).toMatchObject({ status: 'redirect' });
    expect(await complete(fulfillmentIdOf(accepted))).toEqual([200, 'completed']);

    await expect.poll(async () => (await who.access(FEATURE)).body.access).toBe('granted');
    expect((await who.ask({ feature: FEATURE })).body).toMatchObject({ offer: null, why: 'entitled' });
  });

  it.skipIf(isAlone)('opens a route of its own to a customer who has upgraded, and to nobody else', async () => {
    const who = await visit();
    expect([await statusOfReport({}), await statusOfReport(who.proof)]).toEqual([401, 403]);

    const { offerId, optionId } = offered(await who.ask({ feature: FEATURE }));
    await complete(fulfillmentIdOf(await who.accept(offerId, optionId)));

    await expect.poll(() => statusOfReport(who.proof)).toBe(200);
  });

  it('tells the customer when Chargebee has completed what was accepted', async () => {
    const who = await visit();
    const { offerId, optionId } = offered(await who.ask({ context: { storage_used_percent: 82 } }));
    const accepted = await who.accept(offerId, optionId);
    const outcome = async () => (await who.outcome(fulfillmentIdOf(accepted))).body.status;
    await expect.poll(outcome).toBe('completed');
  });

  it('says that it does not know who asks', async () => {
    const nobody = await asBrowser({ proxyUrl }, {}).ask({ feature: FEATURE });
    const isSaid = identifiesBy === 'token' ? [401, { code: 'token_missing' }] : [200, { why: 'signed_out' }];
    expect([nobody.status, nobody.body]).toMatchObject(isSaid);
  });

  it('takes a webhook of Billing with its password, as large as they are', async () => {
    const event = {
      id: crypto.randomUUID(),
      event_type: 'subscription_changed',
      content: { filling: 'x'.repeat(600_000) },
    };
    const send = (password: string) =>
      post('webhooks/billing', JSON.stringify(event), {
        Authorization: `Basic ${btoa(`${BILLING.username}:${password}`)}`,
      });
    expect([await send('another-password'), await send(BILLING.password)]).toEqual([401, 204]);
  });

  it('takes a webhook of Growth with its signature, byte for byte', async () => {
    const body = '{ "event": "offer_viewed",\n "name": "Zoë" }';
    const send = (secret: string) =>
      post('webhooks/growth', body, { 'X-Hub-Signature': createHmac('sha1', secret).update(body).digest('hex') });
    expect([await send('another secret'), await send(GROWTH_WEBHOOK_SECRET)]).toEqual([401, 204]);
  });

  it.runIf(hasPage)('shows the offer in a page that its server has rendered', async () => {
    const { token } = await visit();
    const rendered = await (await fetch(app)).text();
    expect(rendered).toContain('<upgrade-offer');
    // The server of Next had two Reacts, and a hook met the one that rendered nothing.
    if (hasHook) expect(rendered).toMatch(/Access: (<!-- -->)?asking/);

    const page = await browser.newPage();
    await page.context().addCookies([{ name: 'session', value: token, url: host.url }]);
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
    await page.goto(app);
    await page.getByRole('region', { name: 'Unlock Advanced Analytics' }).waitFor();
    await page.getByRole('button', { name: 'Unlock now' }).waitFor();
    if (hasHook) await page.getByText('Access: denied').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('answers what no route of the proxy serves', async () => {
    expect((await fetch(`${proxyUrl}/nowhere`)).status).toBe(404);
    expect((await fetch(`${app}/nowhere`)).status).toBe(404);
  });

  it(
    'answers what it was asked before it was told to stop, and ends by itself',
    { timeout: STOPS_WITHIN_MS },
    async () => {
      const { access } = await visit();
      const faultsInForce = async () => (await fetch(`${sandbox.url}/sandbox/faults`)).json();
      const slow = { kind: 'slow', delayMs: 1_000, times: 1 } as const;
      await sandboxOf({ sandboxUrl: sandbox.url }).misbehave({ operation: 'subscription_entitlements', ...slow });
      const asked = access(FEATURE);
      // The fault is used up once the call has reached Chargebee.
      await expect.poll(faultsInForce).toEqual([]);

      const [answer] = await Promise.allSettled([asked, host.server.stop()]);

      // The server of `wrangler dev` is none for production.
      if (!isAlone) expect(answer).toMatchObject({ value: { status: 200, body: { access: 'denied' } } });
      expect([0, 'SIGTERM', 143]).toContain(await host.server.ended);
    },
  );

  /** Of the route that needs the feature. */
  async function statusOfReport(headers: Record<string, string>): Promise<number> {
    return (await fetch(`${app}/api/report`, { headers })).status;
  }

  async function complete(fulfillmentId: string): Promise<unknown[]> {
    const { status, body } = await asServer({ proxyUrl, serverKey: SERVER_KEY }).complete(fulfillmentId);
    return [status, body.status];
  }

  async function post(path: string, body: string, headers: Record<string, string>): Promise<number> {
    const type = { 'Content-Type': 'application/json' };
    return (await fetch(`${proxyUrl}/${path}`, { method: 'POST', headers: { ...type, ...headers }, body })).status;
  }
});

function decoded({ headers, body }: Wire): Buffer {
  return DECODE[String(headers['content-encoding'])]?.(body) ?? body;
}
