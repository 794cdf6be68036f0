/** A member of the company's own staff looks at what a customer is offered: Chargebee hears one question and nothing else. */
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../../proxy/config.js';
import { PREVIEW_TTL_MS } from '../../../proxy/constants.js';
import type { Problem } from '../../../proxy/contract.js';
import type { Customer } from '../../../proxy/customer.js';
import { openStore } from '../../../proxy/store/open.js';
import { newCustomer, signToken, type TestCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let stack: Stack;
let clock: number;
let lines: object[] = [];
const log = {
  info: (facts: object, text: string) => void (text === 'request' && lines.push(facts)),
  warn() {},
  error() {},
};

beforeAll(async () => {
  clock = Date.now();
  stack = await startStack({
    settings: { BROWSER_CONTEXT: 'preview:boolean,storage_used_percent:number' },
    proxy: { log, now: () => clock },
  });
});
beforeEach(() => {
  lines = [];
});
afterEach(() => sandboxOf(stack).behave());
afterAll(() => stack.close());

const customer = async (scenario?: string) => {
  const who = await newCustomer(scenario, { secret: stack.identitySecret, expires: '1 hour' });
  return { ...who, ...asCustomer(stack, who) };
};
/** Staff who look at what this customer is offered. */
const previewOf = async ({ customerId, subscriptionId }: TestCustomer, preview: unknown = true, claims = {}) => {
  const identity = { sub: customerId, subscription_id: subscriptionId, preview, ...claims };
  return asCustomer(stack, { token: await signToken(identity, stack.identitySecret, '1 hour') });
};
/** What Chargebee has heard about a customer. */
const heard = async (of: TestCustomer) => {
  const { calls, events, fulfillments } = await sandboxOf(stack).records(of);
  return { calls: calls.map(({ operation }) => operation), events, fulfillments };
};
const ONE_QUESTION = { calls: ['personalized_offers'], events: [], fulfillments: [] };

/** Every row of the store that is about an offer, an acceptance or an event. */
async function rows(): Promise<unknown[]> {
  const { databaseUrl } = readConfig(stack.environment);
  const store = await openStore(databaseUrl);
  const tables = ['issued_offers', 'offer_answers', 'unoffered', 'unanswered', 'fulfillments', 'outbox'];
  const read = tables.map((table) => sql`select * from ${sql.table(table)}`.execute(store));
  const found = (await Promise.all(read)).map(({ rows }) => rows);
  await store.destroy();
  return found;
}

/** What `upgrade-offer why` knows of the customer's asks. */
async function tracesOf({ subscriptionId }: TestCustomer): Promise<unknown[]> {
  const store = await openStore(readConfig(stack.environment).databaseUrl);
  const { rows: found } = await sql`select * from traces where subscription_id = ${subscriptionId}`.execute(store);
  await store.destroy();
  return found;
}

describe('a preview', () => {
  it('is asked for once, and neither its events nor an acceptance reach Chargebee or the store', async () => {
    const real = await customer();
    const staff = await previewOf(real);
    const before = await rows();

    const { offer, offerId, optionId } = offered(await staff.ask({ context: { storage_used_percent: 92 } }));
    await staff.ask({ context: { storage_used_percent: 92 } });
    const statuses = [
      (await staff.report(offerId, 'viewed')).status,
      (await staff.report(offerId, 'dismissed')).status,
      (await staff.report('an_offer_of_nobody', 'viewed')).status,
    ];
    const accepted = await staff.call<Problem>('POST', `/offers/${offerId}/fulfillments`, { optionId });
    const outcome = await staff.call<Problem>('GET', '/fulfillments/ful_any');

    expect(offer).toMatchObject({ preview: true, title: expect.stringContaining('storage') });
    expect(statuses).toEqual([202, 202, 202]);
    expect([accepted.status, accepted.body.code]).toEqual([403, 'preview']);
    expect([outcome.status, outcome.body.code]).toEqual([403, 'preview']);
    expect(await heard(real)).toEqual(ONE_QUESTION);
    expect(await rows()).toEqual(before);
    expect(await tracesOf(real)).toEqual([]);
  });

  it('leaves the offer of the customer as it is, and the customer cannot act on that of the preview', async () => {
    const real = await customer();
    const staff = await previewOf(real);
    const context = { storage_used_percent: 92 };
    const seen = offered(await staff.ask({ context }));

    expect((await real.accept(seen.offerId, seen.optionId)).status).toBe(404);
    const own = offered(await real.ask({ context }));
    const before = await rows();
    await staff.report(own.offerId, 'dismissed');
    clock += PREVIEW_TTL_MS;
    await staff.ask({ context });

    expect(await rows()).toEqual(before);
    expect(offered(await real.ask({ context })).offer).toEqual(own.offer);
    expect((await heard(real)).calls).toEqual(['personalized_offers', 'personalized_offers', 'personalized_offers']);
    expect((await real.accept(own.offerId, own.optionId)).body.status).toBe('pending');
  });

  it('shows within a minute what a marketer has changed, and nothing that the store has', async () => {
    const real = await customer();
    const staff = await previewOf(real);
    const context = { storage_used_percent: 70 };
    expect((await staff.ask({ context })).body).toEqual({ offer: null, why: 'no_match', preview: true });
    expect((await real.ask({ context })).body).toEqual({ offer: null, why: 'no_match' });
    const offerStorageFrom = (value: number) =>
      sandboxOf(stack).setPlays((plays) =>
        plays.map((play) => ({
          ...play,
          audience: play.audience.map((rule) =>
            rule.operator === 'greater_than_or_equal' ? { ...rule, value } : rule,
          ),
        })),
      );
    await offerStorageFrom(60);
    onTestFinished(() => offerStorageFrom(80));

    clock += PREVIEW_TTL_MS;

    expect((await staff.ask({ context })).body).toMatchObject({ offer: { preview: true }, preview: true });
  });

  it('knows where a redirect leads, which the page of a customer does not', async () => {
    const real = await customer();
    const { offer } = offered(await (await previewOf(real)).ask({ feature: 'advanced-analytics' }));

    expect(offer.options).toMatchObject([{ action: 'redirect', url: expect.stringMatching(/^https?:/) }]);
    expect(offered(await real.ask({ feature: 'advanced-analytics' })).offer.options[0]).not.toHaveProperty('url');
  });

  it("reads the entitlements as the customer's own", async () => {
    const real = await customer('entitled');

    const { body } = await (await previewOf(real)).ask({ feature: 'advanced-analytics' });

    expect(body).toEqual({ access: 'granted', offer: null, why: 'entitled', preview: true });
    expect((await heard(real)).calls).toEqual(['subscription_entitlements']);
  });

  it('is told when Chargebee is away, and does not ask it again at once', async () => {
    const real = await customer();
    const staff = await previewOf(real);
    await sandboxOf(stack).misbehave({ operation: 'personalized_offers', kind: 'unavailable' });
    const before = await rows();

    expect((await staff.ask()).body).toEqual({ offer: null, why: 'upstream_unavailable', preview: true });
    await staff.ask();

    expect((await heard(real)).calls).toEqual(['personalized_offers']);
    expect(await rows()).toEqual(before);
  });

  it('is named in the log, and counts neither as an ask nor as a look-up', async () => {
    const page = async () => (await fetch(new URL('/metrics', stack.proxyUrl))).text();
    const counted = async () => (await page()).split('\n').filter((line) => /answers_total|lookups_total/.test(line));
    const real = await customer();
    const staff = await previewOf(real);
    const before = await counted();

    const { offerId, optionId } = offered(await staff.ask({ context: { storage_used_percent: 92 } }));
    await staff.report(offerId, 'viewed');
    await staff.accept(offerId, optionId);
    await real.ask();

    expect(await counted()).not.toEqual(before);
    expect(lines.map((line) => 'preview' in line && line.preview)).toEqual([true, true, true, false]);
    const asks = (await counted()).filter((line) => line.includes('why="offer"'));
    expect(asks).toEqual(before.filter((line) => line.includes('why="offer"')));
  });

  it("does not use up what the customer's own pages may ask in a minute", async () => {
    const ada = { external_user_id: 'ada' };
    const real = await customer();
    const staff = await previewOf(real, true, ada);
    const statuses = new Set<number>();
    while (!statuses.has(429)) statuses.add((await staff.report('any', 'viewed')).status);

    expect((await (await previewOf(real, false, ada)).ask()).status).toBe(200);
  });
});

describe('with OFFER_CAPS, a preview', () => {
  it('is shown to staff again and again, and takes no view from the customer', async () => {
    const capped = await startStack({ settings: { OFFER_CAPS: 'campaign=1/7d,all=1/d' } });
    onTestFinished(() => capped.close());
    const who = await newCustomer('ordinary', { secret: capped.identitySecret });
    const claims = { sub: who.customerId, subscription_id: who.subscriptionId };
    const staff = asCustomer(capped, { token: await signToken({ ...claims, preview: true }, capped.identitySecret) });
    const real = asCustomer(capped, who);
    const see = async ({ ask, report }: typeof real, display: number) => {
      const { offerId } = offered(await ask({ feature: 'advanced-analytics' }));
      expect((await report(offerId, 'viewed', `display=${display}`)).status).toBe(202);
    };

    await see(staff, 1);
    await see(staff, 2);
    await see(real, 3);
    expect((await real.ask({ feature: 'advanced-analytics' })).body.why).toBe('capped');
    await see(staff, 4);
  });
});

describe('a page cannot make a preview', () => {
  const isPreview = (body: object) => 'preview' in body || JSON.stringify(body).includes('"preview"');

  it.each<[string, string, unknown, Record<string, string>?]>([
    ['a query', '/offers?preview=true', {}],
    ['a field of the context that the operator allows', '/offers', { context: { preview: true } }],
    ['a page that says so', '/offers', { page: { url: 'https://app.example/?preview=true' } }],
    ['a header', '/offers', {}, { 'X-Preview': 'true', Preview: 'true' }],
  ])('by %s', async (_, path, body, headers = {}) => {
    const real = await customer();

    const response = await fetch(stack.proxyUrl + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${real.token}`, ...headers },
      body: JSON.stringify(body),
    });

    expect(response.status).toBe(200);
    expect(isPreview(await response.json())).toBe(false);
  });

  it('by a field of the request, which is refused', async () => {
    const real = await customer();

    expect((await real.call('POST', '/offers', { preview: true })).status).toBe(400);
  });

  it('by a token that it changes itself', async () => {
    const [header = '', payload = '', signature = ''] = (await customer()).token.split('.');
    const claims: object = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, preview: true })).toString('base64url');

    const { status } = await asCustomer(stack, { token: [header, forged, signature].join('.') }).ask();

    expect(status).toBe(401);
  });

  it.each([['true'], ['yes'], [1], [{}], [[true]]])('by a claim that is %j and not the boolean', async (preview) => {
    const { body } = await (await previewOf(await customer(), preview)).ask();

    expect(isPreview(body)).toBe(false);
  });

  it('by a custom field of its token', async () => {
    const real = await customer();

    expect(isPreview((await (await previewOf(real, null, { custom: { preview: true } })).ask()).body)).toBe(false);
  });
});

it("the app's own identify() makes one by `preview: true`, and by nothing else", async () => {
  let answer: unknown;
  const host = await startStack({ proxy: { identify: async () => answer as Customer } });
  onTestFinished(() => host.close());
  const ask = async (preview: unknown) => {
    answer = { customerId: `cus_${crypto.randomUUID().slice(0, 8)}`, subscriptionId: 'sub_1', preview };
    return (await asCustomer(host, { token: '' }).ask()).body;
  };

  expect(await ask(true)).toMatchObject({ preview: true });
  expect(await ask('true')).not.toHaveProperty('preview');
  expect(await ask(false)).not.toHaveProperty('preview');
});
