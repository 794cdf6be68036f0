import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../../proxy/config.js';
import { DAY_MS } from '../../../proxy/constants.js';
import { listen } from '../../../proxy/run/listen.js';
import { openOfferProxy } from '../../../proxy/run/server.js';
import { newCustomer, signToken } from '../../support/customer.js';
import { heldCalls } from '../../support/held-calls.js';
import { asCustomer, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';
import { startProxy, startStack, type Stack } from '../../support/node-stack.js';

/** Starts at the beginning of a minute and is moved by hand, because the budget is per clock minute. */
let clock: number;
let stack: Stack;

const start = async (callsPerMinute: number, fetchUpstream: typeof fetch = fetch) => {
  clock = Math.ceil(Date.now() / 60_000) * 60_000;
  stack = await startStack({
    settings: { CHARGEBEE_CALLS_PER_MINUTE: String(callsPerMinute) },
    proxy: { now: () => clock, fetch: fetchUpstream },
  });
};
const customer = async (proxy = stack, claims = {}) => {
  const who = await newCustomer('ordinary', { secret: stack.identitySecret, expires: '1 hour', claims });
  const { customerId, subscriptionId } = who;
  const colleague = async (external_user_id: string) => {
    const theirs = { sub: customerId, subscription_id: subscriptionId, external_user_id };
    return asCustomer(proxy, { token: await signToken(theirs, stack.identitySecret, '1 hour') });
  };
  return { ...who, ...asCustomer(proxy, who), colleague };
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

    // The report may put itself off by the time of the minute after this one.
    await expect
      .poll(() => {
        clock += 60_000;
        return countCalls('offer_events');
      })
      .toBe(1);
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

describe('a backlog of events', () => {
  it('waits for the customers of each minute: it once took its share at the turn of the minute, and they saw no offer', async () => {
    await stack.close();
    await start(20);
    const viewers = await Promise.all(
      Array.from({ length: 16 }, async () => {
        const who = await customer();
        return { ...who, ...offered(await who.ask({ context: { storage_used_percent: 90 } })) };
      }),
    );
    for (const { report, offerId } of viewers) await report(offerId, 'viewed');
    expect(await countCalls('offer_events')).toBe(0);
    clock += 60_000;
    await expect.poll(() => countCalls('offer_events')).toBe(4);

    const asked = await Promise.all(Array.from({ length: 18 }, async () => (await customer()).ask()));

    expect(asked.filter(({ body }) => body.why === 'budget')).toHaveLength(18 - (16 - 4));
    expect(await countCalls('offer_events')).toBe(4);
    clock += 60_000;
    await expect.poll(() => countCalls('offer_events')).toBe(4 + 4);
    clock += 20_000;
    await expect.poll(() => countCalls('offer_events')).toBe(4 + 8);
    clock += 40_000;
    await expect.poll(() => countCalls('offer_events')).toBe(16);
  });
});

describe('instances whose clocks are apart', () => {
  it('keep to one budget: each once set the count of the other back', async () => {
    await stack.close();
    await start(16);
    clock += 40_000;
    const ahead = await startProxy(stack.environment, { now: () => clock + 25_000 });
    onTestFinished(ahead.stop);

    for (let index = 0; index < 30; index += 1) {
      await (await customer(index % 2 === 0 ? { ...stack, proxyUrl: ahead.proxyUrl } : stack)).ask();
    }

    expect(await countCalls('personalized_offers')).toBe(13);
  });

  it('do not wait for a minute that a clock of next month has begun', async () => {
    const ahead = await startProxy(stack.environment, { now: () => clock + 30 * DAY_MS });
    const { token } = await newCustomer('ordinary', { secret: stack.identitySecret, expires: '60 days' });
    const { ask } = asCustomer(ahead, { token });
    for (let used = 0; used < 10; used += 1) await ask({ context: { storage_used_percent: used } });
    await ahead.stop();

    expect((await (await customer()).ask()).body.why).toBe('no_match');
  });
});

describe('one customer', () => {
  it('cannot use up what the others need: a loop over texts and numbers once cost all of them their offers', async () => {
    await stack.close();
    await start(100);
    const loop = await customer(stack, { external_user_id: 'ada' });
    const { offerId, optionId } = offered(await loop.ask({ feature: 'advanced-analytics' }));

    for (let index = 0; index < 110; index += 1) {
      await loop.ask({ context: { storage_used_percent: index / 10 }, page: { locale: `made-up-${index}` } });
    }
    const colleague = await loop.colleague('grace');
    const others = await Promise.all(Array.from({ length: 6 }, async () => (await customer()).ask()));

    const { calls } = await sandboxOf(stack).records(loop);
    expect(calls.filter(({ operation }) => operation === 'personalized_offers')).toHaveLength(30);
    expect((await loop.ask({ context: { storage_used_percent: 50 } })).body.why).toBe('budget');
    expect((await colleague.ask()).body.why).toBe('no_match');
    expect(others.map(({ body }) => body.why)).toEqual(Array.from({ length: 6 }, () => 'no_match'));
    expect((await loop.accept(offerId, optionId)).body).toMatchObject({ status: 'redirect' });
    clock += 60_000;
    expect((await loop.ask({ context: { storage_used_percent: 50 } })).body.why).toBe('no_match');
  });

  it('causes as many by two instances, and a tenth more if one of them had not heard of the others', async () => {
    await stack.close();
    await start(100);
    const beside = await startProxy(stack.environment, { now: () => clock });
    onTestFinished(beside.stop);
    const countOf = async (who: { customerId: string }) => (await sandboxOf(stack).records(who)).calls.length;
    const asking = async (proxies: readonly Pick<Stack, 'proxyUrl'>[]) => {
      const who = await customer(stack, { external_user_id: 'ada' });
      for (const [index, proxy] of proxies.entries()) {
        await asCustomer(proxy, who).ask({ context: { storage_used_percent: index / 10 } });
      }
      return countOf(who);
    };

    expect(await asking(Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? stack : beside)))).toBe(30);
    clock += 60_000;
    expect(await asking([...Array.from({ length: 32 }, () => stack), ...Array.from({ length: 8 }, () => beside)])).toBe(
      33,
    );
  });

  it('with many users can cause 40 of 100 calls', async () => {
    await stack.close();
    await start(100);
    const company = await customer(stack, { external_user_id: 'user-0' });

    for (let index = 1; index <= 60; index += 1) await (await company.colleague(`user-${index}`)).ask();

    expect((await sandboxOf(stack).records(company)).calls).toHaveLength(40);
    expect((await (await customer()).ask()).body.why).toBe('no_match');
  });
});

describe("Chargebee's Retry-After", () => {
  const fiveMinutes = 5 * 60_000;
  it.each([
    ['a year', '31536000', fiveMinutes],
    ['a date in 2099', 'Sun, 01 Mar 2099 00:00:00 GMT', fiveMinutes],
    ['400 digits', '9'.repeat(400), fiveMinutes],
    ['nothing', '0', 1_000],
    ['less than nothing', '-5', 1_000],
    ['a date long ago', 'Sun, 06 Nov 1994 08:49:37 GMT', 1_000],
    ['a fraction', '1.5', 1_500],
    ['words', 'soon', 30_000],
  ])('of %s stops the proxy, and for no longer than it may', async (_, retryAfter, waitMs) => {
    await stack.close();
    let isBusy = true;
    await start(100, async (...call) =>
      isBusy
        ? Response.json(
            { api_error_code: 'api_request_limit_exceeded' },
            { status: 429, headers: { 'Retry-After': retryAfter } },
          )
        : fetch(...call),
    );
    expect((await (await customer()).ask()).body.why).toBe('budget');
    isBusy = false;

    clock += waitMs - 1;
    expect((await (await customer()).ask()).body.why).toBe('budget');
    expect((await sandboxOf(stack).records()).calls).toEqual([]);
    clock += 1;

    expect((await (await customer()).ask()).body.why).toBe('no_match');
  });

  it('is followed by one call, and by the others once that was answered', async () => {
    await stack.close();
    const offers = heldCalls('personalized_offers');
    await start(100, offers.fetch);
    await sandboxOf(stack).misbehave({ operation: 'personalized_offers', kind: 'busy', retryAfter: 30, times: 1 });
    await (await customer()).ask();
    clock += 30_000;
    offers.hold();

    const probe = (await customer()).ask();
    await expect.poll(offers.count).toBe(1);
    const beside = await (await customer()).ask();
    offers.letGo();

    expect(beside.body.why).toBe('budget');
    expect((await probe).body.why).toBe('no_match');
    expect((await (await customer()).ask()).body.why).toBe('no_match');
  });
});

describe('a 429 that is not about the site', () => {
  /** Chargebee's answer to calls that name this customer. */
  let refusal: { customerId: string; code: string; times: number };
  const refusing: typeof fetch = async (url, init) => {
    const isRefused = String(init?.body).includes(refusal.customerId) && refusal.times > 0;
    if (!isRefused) return fetch(url, init);
    refusal.times -= 1;
    return Response.json({ api_error_code: refusal.code }, { status: 429, headers: { 'Retry-After': '60' } });
  };

  it.each(['lock_timeout', 'third_party_api_request_limit_exceeded'])(
    'holds back that call alone: %s once paused the whole site',
    async (code) => {
      await stack.close();
      await start(100, refusing);
      const who = await customer();
      refusal = { customerId: who.customerId, code, times: 9 };

      expect((await who.ask()).body.why).toBe('upstream_unavailable');

      expect((await (await customer()).ask()).body.why).toBe('no_match');
    },
  );

  it('is asked again a moment later if the resource was locked', async () => {
    await stack.close();
    await start(100, refusing);
    const who = await customer();
    refusal = { customerId: who.customerId, code: 'lock_timeout', times: 2 };

    expect((await who.ask()).body.why).toBe('no_match');
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
