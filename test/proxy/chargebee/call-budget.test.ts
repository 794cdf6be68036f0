import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../proxy/config.js';
import { listen } from '../../../proxy/run/listen.js';
import { openOfferProxy } from '../../../proxy/run/server.js';
import { newCustomer } from '../../support/customer.js';
import { asCustomer, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';
import { startStack, type Stack } from '../../support/node-stack.js';

/** Starts at the beginning of a minute and is moved by hand, because the budget is per clock minute. */
let clock: number;
let stack: Stack;

const start = async (callsPerMinute: number) => {
  clock = Math.ceil(Date.now() / 60_000) * 60_000;
  stack = await startStack({
    settings: { CHARGEBEE_CALLS_PER_MINUTE: String(callsPerMinute) },
    proxy: { now: () => clock },
  });
};
const customer = async (proxy = stack) => {
  const who = await newCustomer('ordinary', { secret: stack.identitySecret, expires: '1 hour' });
  return { ...who, ...asCustomer(proxy, who) };
};
const countCalls = async (operation: string) =>
  (await sandboxOf(stack).records()).calls.filter((call) => call.operation === operation).length;

beforeEach(() => start(10));
afterEach(() => stack.close());

describe('the call budget', () => {
  it('stops offers before it is used up, shows nothing instead, and starts over with the next minute', async () => {
    const asked = await Promise.all(Array.from({ length: 12 }, async () => (await customer()).ask()));

    expect(asked.filter(({ body }) => body.why === 'budget')).toHaveLength(4);
    expect(await countCalls('personalized_offers')).toBe(8);
    clock += 60_000;
    expect((await (await customer()).ask()).body.why).not.toBe('budget');
  });

  it('never holds back an acceptance', async () => {
    const who = await customer();
    const { offerId, optionId } = offered(await who.ask({ feature: 'advanced-analytics' }));
    await Promise.all(Array.from({ length: 12 }, async () => (await customer()).ask()));

    expect((await who.accept(offerId, optionId)).body).toMatchObject({ status: 'redirect' });
  });

  it('lets events wait first, and sends them when there is room', async () => {
    const who = await customer();
    const { offerId } = offered(await who.ask({ feature: 'advanced-analytics' }));
    await Promise.all(Array.from({ length: 4 }, async () => (await customer()).ask()));

    expect((await who.report(offerId, 'viewed')).status).toBe(202);
    expect((await (await customer()).ask()).body.why).toBe('no_match');
    expect(await countCalls('offer_events')).toBe(0);
    clock += 60_000;

    await expect.poll(() => countCalls('offer_events')).toBe(1);
  });

  it('is shared by instances that share a store', async () => {
    const config = readConfig(stack.environment);
    const second = await openOfferProxy(config, { now: () => clock, log: { info() {}, warn() {}, error() {} } });
    const server = await listen(second.app, config);
    const beside = { ...stack, proxyUrl: `${server.url}/upgrade-offer` };

    await Promise.all(
      Array.from({ length: 12 }, async (_, index) => (await customer(index % 2 === 0 ? stack : beside)).ask()),
    );

    expect(await countCalls('personalized_offers')).toBe(8);
    await server.close();
    await second.close();
  });

  it("allows no call after a 429 until Chargebee's Retry-After has passed", async () => {
    await sandboxOf(stack).misbehave({ operation: 'personalized_offers', kind: 'busy', retryAfter: 30, times: 1 });
    expect((await (await customer()).ask()).body).toEqual({ offer: null, why: 'budget' });
    const before = (await sandboxOf(stack).records()).calls.length;

    clock += 29_000;
    expect((await (await customer()).ask()).body.why).toBe('budget');
    expect((await sandboxOf(stack).records()).calls).toHaveLength(before);
    clock += 2_000;
    expect((await (await customer()).ask()).body.why).toBe('no_match');
  });
});

describe('a budget whose shares are not whole numbers', () => {
  it('works like any other: PostgreSQL once refused half a call', async () => {
    await stack.close();
    await start(7);

    expect(await (await customer()).ask({ feature: 'advanced-analytics' })).toMatchObject({ status: 200 });
  });
});

describe('10,000 page loads by 100 customers in a minute', () => {
  it('cost at most 100 offer calls, whether there is an offer or not', async () => {
    await stack.close();
    await start(1_000);
    // Asked without a socket: what is counted are the calls to Chargebee.
    const log = { info() {}, warn() {}, error() {} };
    const { standalone, close } = await openOfferProxy(readConfig(stack.environment), { now: () => clock, log });
    const customers = await Promise.all(Array.from({ length: 100 }, () => customer()));
    const load = async (index: number) => {
      const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${customers[index]?.token}` };
      // Half of the customers get an offer, the other half none.
      const body = JSON.stringify(index % 2 === 0 ? { context: { storage_used_percent: 90 } } : {});
      const request = new Request(`${stack.proxyUrl}/offers`, { method: 'POST', headers, body });
      const { offer } = await (await standalone.fetch(request)).json();
      return offer !== null;
    };

    const offered: boolean[] = [];
    // Ten at a time: with more, a busy machine takes longer than an offer may take.
    for (let first = 0; first < 10_000; first += 10) {
      offered.push(...(await Promise.all(Array.from({ length: 10 }, (_, index) => load((first + index) % 100)))));
    }

    expect(offered.filter(Boolean)).toHaveLength(5_000);
    expect(await countCalls('personalized_offers')).toBe(100);
    await close();
  });
});
