import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../../proxy/config.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, SHARED_WORK_FIRST_LOOK_MS } from '../../../proxy/constants.js';
import { createLeases } from '../../../proxy/store/leases.js';
import { createRetention } from '../../../proxy/store/retention.js';
import { createWiring, type Wiring } from '../../../proxy/wiring.js';
import { openStore } from '../../../proxy/store/open.js';
import type { Store } from '../../../proxy/store/store.js';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';

let aheadMs: number;
let stack: Stack;
let store: Store;
let wiring: Wiring;

const now = () => Date.now() + aheadMs;
const customer = async () => {
  const who = await newCustomer('ordinary', { secret: stack.identitySecret, expires: '60 days' });
  return { ...who, ...asCustomer(stack, who) };
};
const rows = async (
  table: 'issuedOffers' | 'offerViews' | 'unoffered' | 'entitlements' | 'outbox' | 'fulfillments' | 'traces',
) => (await store.selectFrom(table).selectAll().execute()).length;

beforeEach(async () => {
  aheadMs = 0;
  stack = await startStack({ sandbox: { now }, proxy: { now } });
  store = await openStore(stack.environment['DATABASE_URL'] ?? '');
  const log = { info() {}, warn() {}, error() {} };
  wiring = createWiring({ config: readConfig(stack.environment), store, fetch, now, log });
});
afterEach(async () => {
  await store.destroy();
  await stack.close();
});

describe('a row that nothing can need any more', () => {
  it('is removed from the store, and not earlier: offers, "no offer", entitlements', async () => {
    const who = await customer();
    offered(await who.ask({ feature: 'advanced-analytics' }));
    await who.ask();
    await wiring.retention.removeOld();
    expect([await rows('issuedOffers'), await rows('unoffered'), await rows('entitlements')]).toEqual([1, 1, 1]);

    aheadMs = 2 * 60_000;
    await wiring.retention.removeOld();
    expect([await rows('issuedOffers'), await rows('unoffered'), await rows('entitlements')]).toEqual([1, 0, 1]);

    aheadMs = 60 * DAY_MS;
    await wiring.retention.removeOld();
    expect([await rows('issuedOffers'), await rows('unoffered'), await rows('entitlements')]).toEqual([0, 0, 0]);
  });

  it('is a trace of what a subscription was told, after a month; there is one, however often it asks', async () => {
    const who = await customer();
    await who.ask();
    await who.ask({ feature: 'advanced-analytics' });
    await who.ask({ feature: 'advanced-analytics' });
    await expect
      .poll(async () => (await store.selectFrom('traces').select('feature').execute())[0]?.feature)
      .toBe('advanced-analytics');
    expect(await rows('traces')).toBe(1);

    aheadMs = 29 * DAY_MS;
    await wiring.retention.removeOld();
    expect(await rows('traces')).toBe(1);
    aheadMs = 31 * DAY_MS;
    await wiring.retention.removeOld();
    expect(await rows('traces')).toBe(0);
  });

  it('is removed with the time of the longest rule, if it is a view; with a rule for life, not before its customer', async () => {
    const wired = (OFFER_CAPS: string) => {
      const config = readConfig({ ...stack.environment, OFFER_CAPS });
      return createWiring({ config, store, fetch, now, log: { info() {}, warn() {}, error() {} } });
    };
    const who = await customer();
    const { offerId } = offered(await who.ask({ feature: 'advanced-analytics' }));
    await wired('campaign=3/7d').offers.recordEvent(who, offerId, 'viewed', {});
    aheadMs = 7 * DAY_MS - MINUTE_MS;
    await wired('all=1/d,campaign=3/7d').retention.removeOld();
    expect(await rows('offerViews')).toBe(1);

    aheadMs = 300 * DAY_MS;
    await wired('campaign=9/life,all=1/d').retention.removeOld();
    expect(await rows('offerViews')).toBe(1);
    await wired('all=1/d,campaign=3/7d').retention.removeOld();
    expect(await rows('offerViews')).toBe(0);
  });

  it('is not an acceptance: a customer who asks again is told how it stands while Chargebee keeps it open', async () => {
    const who = await customer();
    const { offerId, optionId } = offered(await who.ask({ feature: 'advanced-analytics' }));
    const fulfillmentId = fulfillmentIdOf(await who.accept(offerId, optionId));

    aheadMs = 6.5 * DAY_MS;
    await wiring.retention.removeOld();
    expect((await who.accept(offerId, optionId)).body).toMatchObject({ fulfillmentId });

    aheadMs = 60 * DAY_MS;
    await wiring.retention.removeOld();
    expect(await rows('fulfillments')).toBe(1);
  });

  it('is a dead letter after a month', async () => {
    const entry = { queue: 'offer', kind: 'viewed' as const, reason: null, createdAt: 0, nextAttemptAt: 0 };
    await store
      .insertInto('outbox')
      .values({ ...entry, diedAt: now() })
      .execute();

    aheadMs = 29 * DAY_MS;
    await wiring.retention.removeOld();
    expect(await rows('outbox')).toBe(1);
    aheadMs = 31 * DAY_MS;
    await wiring.retention.removeOld();
    expect(await rows('outbox')).toBe(0);
  });

  it('is removed soon after the start and once an hour, even if another subject fails', async () => {
    const who = await customer();
    await who.ask();
    aheadMs = 2 * MINUTE_MS;
    const errors: string[] = [];
    const log = { info() {}, warn() {}, error: (_: object, text: string) => void errors.push(text) };
    const broken = { removeOld: () => Promise.reject(new Error('The disk is full.')) };
    let rounds = 0;
    const counted = { removeOld: async () => void (rounds += 1) };
    const leases = createLeases({ store, now });
    const retention = createRetention({ subjects: [broken, counted], leases, log });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    wiring.retention.start();
    // No further: the driver of PostgreSQL gives up a query by the same timers.
    await vi.advanceTimersByTimeAsync(SHARED_WORK_FIRST_LOOK_MS);
    vi.useRealTimers();
    await expect.poll(() => rows('unoffered')).toBe(0);
    await wiring.retention.stop();

    await retention.removeOldIfDue();
    expect(rounds).toBe(0);
    aheadMs += HOUR_MS + MINUTE_MS;
    await retention.removeOldIfDue();

    expect(rounds).toBe(1);
    expect(errors).toEqual([expect.stringContaining('Failed to remove old rows')]);
  });
});
