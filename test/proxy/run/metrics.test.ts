import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../proxy/config.js';
import { DAY_MS, HOUR_MS } from '../../../proxy/constants.js';
import { listen } from '../../../proxy/run/listen.js';
import { openOfferProxy } from '../../../proxy/run/server.js';
import { API_ERROR_CODES as SANDBOX_ERROR_CODES } from '../../../demo/sandbox/api-error.js';
import { API_ERROR_CODES } from '../../../proxy/chargebee/error-codes.js';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let stack: Stack;
let clock: number;

beforeEach(async () => {
  clock = Math.floor(Date.now() / 60_000) * 60_000;
  stack = await startStack({ settings: { CHARGEBEE_CALLS_PER_MINUTE: '1000' }, proxy: { now: () => clock } });
});
afterEach(() => stack.close());

const customer = async (scenario = 'ordinary') => {
  const who = await newCustomer(scenario, { secret: stack.identitySecret, expires: '30 days' });
  return { ...who, ...asCustomer(stack, who) };
};
const viewer = async () => {
  const who = await customer();
  return { ...who, ...offered(await who.ask({ feature: 'advanced-analytics' })) };
};

/** @returns the value of a line such as `lookups_total{kind="offer",result="hit"}`, or undefined if there is none. */
async function metric(line: string): Promise<number | undefined> {
  const response = await fetch(new URL('/metrics', stack.proxyUrl));
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await response.text()).split('\n');
  const found = lines.find((each) => each.startsWith(`upgrade_offer_${line} `));
  return found === undefined ? undefined : Number(found.split(' ').at(-1));
}

describe('/metrics', () => {
  it('counts requests by route, so that no id becomes a label', async () => {
    const who = await viewer();
    await who.report(who.offerId, 'viewed');
    await who.report('nothing', 'viewed');
    await who.call('GET', '/no/such/route');
    await asCustomer(stack, { token: 'of nobody' }).outcome('anything');

    const route = (method: string, path: string, status: number) =>
      metric(`requests_total{method="${method}",route="/upgrade-offer${path}",status="${status}"}`);
    expect(await route('POST', '/offers', 200)).toBe(1);
    expect(await route('POST', '/offers/:id/events', 202)).toBe(1);
    expect(await route('POST', '/offers/:id/events', 404)).toBe(1);
    expect(await route('GET', '/fulfillments/:id', 401)).toBe(1);
    expect(await route('GET', '/*', 404)).toBe(1);
    const page = await (await fetch(new URL('/metrics', stack.proxyUrl))).text();
    expect(page).not.toContain('such');
    expect(page).not.toContain(who.offerId);
    expect(page).not.toContain(who.customerId);
  });

  it("counts calls to Chargebee by operation, status and Chargebee's code, and their time", async () => {
    await viewer();
    await sandboxOf(stack).misbehave({ operation: 'personalized_offers', kind: 'unavailable', times: 1 });
    await (await customer()).ask();
    await sandboxOf(stack).misbehave({ operation: 'personalized_offers', kind: 'drop', times: 1 });
    await (await customer()).ask();

    const calls = (operation: string, status: number | 'none', code = 'none') =>
      metric(`chargebee_calls_total{operation="${operation}",status="${status}",code="${code}"}`);
    expect(await calls('personalized_offers', 200)).toBe(1);
    expect(await calls('personalized_offers', 503, 'internal_temporary_error')).toBe(1);
    expect(await calls('personalized_offers', 'none')).toBe(1);
    expect(await calls('subscription_entitlements', 200)).toBe(1);
    expect(await metric('chargebee_call_duration_seconds_count{operation="personalized_offers"}')).toBe(3);
  });

  it('makes no series for a code that Chargebee has added meanwhile', async () => {
    const body = JSON.stringify({ message: 'No', api_error_code: 'growth_is_new_today' });
    const newCode = await startStack({
      proxy: {
        fetch: async () => new Response(body, { status: 400, headers: { 'Content-Type': 'application/json' } }),
      },
    });
    const who = await newCustomer('ordinary', { secret: newCode.identitySecret });
    await asCustomer(newCode, who).ask();

    const page = await (await fetch(new URL('/metrics', newCode.proxyUrl))).text();
    expect(page).toContain('chargebee_calls_total{operation="personalized_offers",status="400",code="other"} 1');
    expect(page).not.toContain('growth_is_new_today');
    await newCode.close();
  });

  it('knows every code of the stand-in, and no others', () => {
    expect([...API_ERROR_CODES].toSorted()).toEqual([...SANDBOX_ERROR_CODES].toSorted());
  });

  it('counts every question by why there is no offer, also of visitors who are not signed in', async () => {
    await viewer();
    await (await customer('entitled')).ask({ feature: 'advanced-analytics' });
    const visited = await startStack({ proxy: { identify: async () => undefined } });
    await fetch(`${visited.proxyUrl}/offers`, { method: 'POST', body: '{}' });

    expect(await metric('answers_total{access="denied",why="offer"}')).toBe(1);
    expect(await metric('answers_total{access="granted",why="entitled"}')).toBe(1);
    const page = await (await fetch(new URL('/metrics', visited.proxyUrl))).text();
    expect(page).toContain('answers_total{access="not asked",why="signed_out"} 1');
    await visited.close();
  });

  it('counts views and dismissals, a dismissal once', async () => {
    const who = await viewer();
    await who.report(who.offerId, 'viewed');
    await who.report(who.offerId, 'dismissed');
    await who.report(who.offerId, 'dismissed');
    await who.report('nothing', 'viewed');

    expect(await metric('offer_events_total{type="viewed"}')).toBe(1);
    expect(await metric('offer_events_total{type="dismissed"}')).toBe(1);
  });

  it('counts clicks by what they do and what came of them, and how the fulfillments ended', async () => {
    const who = await viewer();
    const id = fulfillmentIdOf(await who.accept(who.offerId, who.optionId));
    await who.accept(who.offerId, who.optionId);
    await asServer(stack).complete(id);
    await asServer(stack).complete(id);
    const refused = await viewer();
    await sandboxOf(stack).misbehave({ operation: 'offer_fulfillments', kind: 'unavailable', times: 1 });
    await refused.accept(refused.offerId, refused.optionId);
    const failing = await customer('billing-fails');
    const { offerId, optionId } = offered(await failing.ask());
    const pending = fulfillmentIdOf(await failing.accept(offerId, optionId));
    await expect
      .poll(async () => {
        clock += 1_000;
        return (await failing.outcome(pending)).body.status;
      })
      .toBe('failed');

    const clicks = (action: string, outcome: string) =>
      metric(`acceptances_total{action="${action}",outcome="${outcome}"}`);
    expect(await clicks('redirect', 'redirect')).toBe(1);
    expect(await clicks('redirect', 'repeated')).toBe(1);
    expect(await clicks('redirect', 'upstream_unavailable')).toBe(1);
    expect(await clicks('billing', 'pending')).toBe(1);
    expect(await metric('fulfillments_ended_total{action="redirect",end="completed"}')).toBe(1);
    expect(await metric('fulfillments_ended_total{action="billing",end="billing_failed"}')).toBe(1);
  });

  it('counts each 401 by its cause', async () => {
    const who = await newCustomer('ordinary', { secret: stack.identitySecret, expires: '1 day ago' });
    await asCustomer(stack, who).ask();
    await asCustomer(stack, { token: 'of nobody' }).ask();
    await asCustomer(
      stack,
      await newCustomer('ordinary', { secret: 'the secret of another company altogether' }),
    ).ask();
    await fetch(`${stack.proxyUrl}/offers`, { method: 'POST', body: '{}' });
    await asServer({ ...stack, serverKey: 'a guess' }).list();

    for (const cause of ['expired', 'malformed', 'signature', 'missing'])
      expect([cause, await metric(`unauthorized_total{cause="token_${cause}"}`)]).toEqual([cause, 1]);
    expect(await metric('unauthorized_total{cause="wrong_server_key"}')).toBe(1);
  });

  it('shows how long answers take, by route', async () => {
    await viewer();
    const offers = 'method="POST",route="/upgrade-offer/offers"';
    expect(await metric(`request_duration_seconds_count{${offers}}`)).toBe(1);
    expect(await metric(`request_duration_seconds_bucket{le="0.005",${offers}}`)).toBe(1);
    expect(await metric(`request_duration_seconds_sum{${offers}}`)).toBe(0);
  });

  it('shows how many calls are left in this minute, and none during a pause that Chargebee asked for', async () => {
    expect(await metric('call_budget_left')).toBe(1_000);
    const who = await customer();
    await who.ask();
    expect(await metric('call_budget_left')).toBe(999);

    await sandboxOf(stack).misbehave({ operation: 'personalized_offers', kind: 'busy', retryAfter: 90, times: 1 });
    await (await customer()).ask();
    expect(await metric('call_budget_left')).toBe(0);
    clock += 90_000;
    expect(await metric('call_budget_left')).toBe(1_000);
  });

  it('shows how many entries wait for Chargebee, for how long, and how many were given up', async () => {
    const who = await viewer();
    await sandboxOf(stack).misbehave({ operation: 'offer_events', kind: 'unavailable' });
    await who.report(who.offerId, 'viewed');
    await who.report(who.offerId, 'dismissed');

    await expect
      .poll(() =>
        metric('chargebee_calls_total{operation="offer_events",status="503",code="internal_temporary_error"}'),
      )
      .toBe(1);
    expect(await metric('outbox_entries{state="waiting"}')).toBe(2);
    clock += HOUR_MS;
    expect(await metric('outbox_oldest_seconds{kind="event"}')).toBe(3_600);
    expect(await metric('outbox_oldest_seconds{kind="report"}')).toBe(0);
    await sandboxOf(stack).behave();

    await expect.poll(() => metric('outbox_entries{state="waiting"}')).toBe(0);
    expect(await metric('outbox_oldest_seconds{kind="event"}')).toBe(0);
    expect(await metric('outbox_entries{state="dead"}')).toBe(0);
  });

  it('shows open fulfillments by age, until they end', async () => {
    const who = await viewer();
    const id = fulfillmentIdOf(await who.accept(who.offerId, who.optionId));

    expect(await metric('open_fulfillments{age="under 1 hour"}')).toBe(1);
    clock += 5 * DAY_MS;
    expect(await metric('open_fulfillments{age="under 1 hour"}')).toBe(0);
    expect(await metric('open_fulfillments{age="5 days and more"}')).toBe(1);
    await asServer(stack).complete(id);
    expect(await metric('open_fulfillments{age="5 days and more"}')).toBe(0);
  });

  it('has as many series after 300 customers and campaigns as after a few', async () => {
    const [few, many] = [10, 300];
    const busy = await startStack();
    await sandboxOf(busy).setPlays(([play]) =>
      Array.from({ length: many }, (_, number) => ({
        name: `Play ${number}`,
        priority: number,
        audience: [{ field: 'external_user_id', operator: 'is' as const, value: `user${number}` }],
        offer: { ...only(play).offer, id: `campaign${number}` },
        grants: [],
      })),
    );
    const page = async () => (await fetch(new URL('/metrics', busy.proxyUrl))).text();
    const series = async () => [...(await page()).matchAll(/^upgrade_offer_/gm)].length;
    const ask = async (number: number) => {
      const claims = { external_user_id: `user${number}` };
      const who = asCustomer(busy, await newCustomer('ordinary', { secret: busy.identitySecret, claims }));
      const { offer, offerId, optionId } = offered(await who.ask());
      expect(offer.campaignId).toBe(`campaign${number}`);
      // Each of them would take a minute.
      if (number % 50 > 0) return;
      await who.report(offerId, 'viewed');
      await who.accept(offerId, optionId);
    };
    for (let number = 0; number < few; number += 1) await ask(number);
    await expect.poll(page).toContain('{operation="offer_events",status="204",code="none"} 1');
    const before = await series();

    for (let from = few; from < many; from += 5)
      await Promise.all(Array.from({ length: 5 }, (_, index) => ask(from + index)));

    expect(await page()).toContain(`answers_total{access="not asked",why="offer"} ${many}\n`);
    expect(await page()).toContain('acceptances_total{action="redirect",outcome="redirect"} 6\n');
    // A call that took too long adds the series of no answer.
    expect(await series()).toBeLessThan(before + few);
    await busy.close();
  });

  it('shows what was answered from the store', async () => {
    const who = await viewer();
    await who.ask({ feature: 'advanced-analytics' });

    expect(await metric('lookups_total{kind="offer",result="miss"}')).toBe(1);
    expect(await metric('lookups_total{kind="offer",result="hit"}')).toBe(1);
    expect(await metric('lookups_total{kind="entitlement",result="miss"}')).toBe(1);
    expect(await metric('lookups_total{kind="entitlement",result="hit"}')).toBe(1);
  });
});

it('/metrics shows what it has counted while the store is away, and no number that it does not know', async () => {
  const { proxy, server, address } = await openSecond();
  const page = async () => {
    const response = await fetch(`${server.url}/metrics`);
    return [response.status, await response.text()] as const;
  };
  await asCustomer(address, await customer()).ask();
  expect((await page())[1]).toMatch(/^upgrade_offer_call_budget_left \d+$/m);
  await proxy.close();

  const [status, text] = await page();

  expect(status).toBe(200);
  expect(text).toContain('upgrade_offer_requests_total{method="POST",route="/upgrade-offer/offers",status="200"} 1');
  expect(text).not.toMatch(
    /^upgrade_offer_(call_budget_left|outbox_entries|outbox_oldest_seconds|open_fulfillments)[ {]/m,
  );
  await server.close();
});

function only<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('Expected the stand-in to have a play.');
  return one;
}

async function openSecond() {
  const config = readConfig(stack.environment);
  const proxy = await openOfferProxy(config, { log: { info() {}, warn() {}, error() {} } });
  const server = await listen(proxy.standalone, config);
  const status = async (path: string) => (await fetch(server.url + path)).status;
  return { proxy, server, status, address: { proxyUrl: server.url + config.basePath } };
}

describe('/readyz', () => {
  it('answers 503 once the proxy is told to stop, while everything else is still answered', async () => {
    const { proxy, server, status, address } = await openSecond();
    expect(await status('/readyz')).toBe(200);

    proxy.drain();

    expect(await status('/readyz')).toBe(503);
    expect(await status('/healthz')).toBe(200);
    expect((await asCustomer(address, await customer()).ask({ feature: 'advanced-analytics' })).status).toBe(200);
    await server.close();
    await proxy.close();
  });

  it('answers 503 while the store cannot be used', async () => {
    const { proxy, server, status, address } = await openSecond();

    await proxy.close();

    expect(await status('/readyz')).toBe(503);
    expect(await status('/healthz')).toBe(200);
    expect(await asCustomer(address, await customer()).call('POST', '/offers', {})).toMatchObject({
      status: 500,
      body: { code: 'internal', title: expect.not.stringContaining('destroyed') },
    });
    await server.close();
  });

  it('does not depend on Chargebee', async () => {
    const { proxy, server, status } = await openSecond();
    await sandboxOf(stack).misbehave({ operation: '*', kind: 'unavailable' });

    expect(await status('/readyz')).toBe(200);
    await server.close();
    await proxy.close();
  });
});
