import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../../proxy/config.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, SHARED_WORK_FIRST_LOOK_MS } from '../../../proxy/constants.js';
import { createWiring } from '../../../proxy/wiring.js';
import { openStore } from '../../../proxy/store/open.js';
import type { Store } from '../../../proxy/store/store.js';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let aheadMs: number;
let stack: Stack;
let stores: Store[];

const now = () => Date.now() + aheadMs;
/** Another instance on the same store. */
const instance = async (settings = {}, call: typeof fetch = fetch) => {
  const config = readConfig({ ...stack.environment, ...settings });
  const store = await openStore(config.databaseUrl);
  stores.push(store);
  const warned: object[] = [];
  const log = { info() {}, error() {}, warn: (facts: object) => void warned.push(facts) };
  return { ...createWiring({ config, store, fetch: call, now, log }), warned };
};
const accepted = async (scenario?: string) => {
  const who = await newCustomer(scenario, { secret: stack.identitySecret, expires: '30 days' });
  const as = asCustomer(stack, who);
  const { offerId, optionId } = offered(await as.ask({ feature: 'advanced-analytics' }));
  return { ...who, fulfillmentId: fulfillmentIdOf(await as.accept(offerId, optionId)) };
};
/** An acceptance that Chargebee has and whose answer was lost. */
const lost = async () => {
  const who = await newCustomer('ordinary', { secret: stack.identitySecret, expires: '30 days' });
  const as = asCustomer(stack, who);
  const { offerId, optionId } = offered(await as.ask({ feature: 'advanced-analytics' }));
  await sandboxOf(stack).misbehave({ operation: 'offer_fulfillments', kind: 'drop', after: true, times: 1 });
  expect((await as.accept(offerId, optionId)).status).toBe(503);
  return { ...who, ...as, offerId, optionId };
};
const atChargebee = async (who: { customerId: string }) => (await sandboxOf(stack).records(who)).fulfillments;

beforeEach(async () => {
  aheadMs = 0;
  stores = [];
  stack = await startStack({ sandbox: { now }, proxy: { now } });
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.destroy()));
  await stack.close();
});

describe('looking after open fulfillments', () => {
  it('waits for a young one, and warns before Chargebee gives up on it', async () => {
    const { fulfillmentId } = await accepted();
    const { reconcile, warned } = await instance();
    expect(await reconcile.sweep({ isDryRun: false })).toMatchObject([{ fulfillmentId, action: 'wait' }]);
    expect(warned).toEqual([]);

    aheadMs = 5.5 * DAY_MS;

    expect(await reconcile.sweep({ isDryRun: false })).toMatchObject([{ fulfillmentId, action: 'warn' }]);
    expect(warned).toMatchObject([{ fulfillmentId }]);
  });

  it('finds out what ended at Chargebee while nobody asked', async () => {
    await accepted('billing-fails');
    const who = await accepted();
    aheadMs = 8 * DAY_MS;
    const { reconcile, fulfillments } = await instance();

    const reconciled = await reconcile.sweep({ isDryRun: false });

    expect(reconciled.map(({ status, action }) => [status, action])).toEqual([
      ['failed', 'none'],
      ['failed', 'none'],
    ]);
    const customer = { customerId: who.customerId, subscriptionId: who.subscriptionId };
    const ended = await fulfillments.ofCustomer(customer, who.fulfillmentId);
    expect(await fulfillments.outcome(ended)).toMatchObject({ status: 'failed', code: 'expired' });
  });

  it('reports as failed, if the operator wants it, what only the app could have completed', async () => {
    const redirect = await accepted();
    const checkout = await accepted('new-processing-type');
    aheadMs = 6.5 * DAY_MS;
    const { reconcile } = await instance({ RECONCILE_FAIL_AFTER_DAYS: '6' });

    const reconciled = await reconcile.sweep({ isDryRun: false });

    expect(reconciled.map(({ fulfillmentId, action }) => [fulfillmentId, action])).toEqual([
      [redirect.fulfillmentId, 'fail'],
      [checkout.fulfillmentId, 'warn'],
    ]);
    expect(await atChargebee(redirect)).toMatchObject([
      { status: 'failed', error: { message: 'Not completed in time by the app.' } },
    ]);
    expect(await atChargebee(checkout)).toMatchObject([{ status: 'in_progress' }]);
  });

  it('changes nothing in a dry run, and says what it would do', async () => {
    const who = await accepted();
    aheadMs = 6.5 * DAY_MS;
    const { reconcile, warned } = await instance({ RECONCILE_FAIL_AFTER_DAYS: '6' });

    expect(await reconcile.sweep({ isDryRun: true })).toMatchObject([{ action: 'fail', ageMs: expect.any(Number) }]);

    expect(await atChargebee(who)).toMatchObject([{ status: 'in_progress' }]);
    expect(warned).toEqual([]);
  });

  it.each([
    ['refuses it', () => Response.json({ message: 'No', api_error_code: 'of_the_test' }, { status: 403 })],
    ['answers null', () => Response.json(null)],
  ])('looks after the others too if Chargebee %s: one bad one stopped every sweep', async (_, answer) => {
    const bad = await accepted();
    const good = await accepted();
    aheadMs = 6.5 * DAY_MS;
    const { reconcile } = await instance({ RECONCILE_FAIL_AFTER_DAYS: '6' }, async (url, init) =>
      String(url).includes(bad.fulfillmentId) ? answer() : fetch(url, init),
    );

    expect(await reconcile.sweep({ isDryRun: false })).toMatchObject([
      { fulfillmentId: bad.fulfillmentId, action: 'warn', problem: expect.any(String) },
      { fulfillmentId: good.fulfillmentId, action: 'fail' },
    ]);
    expect(await atChargebee(good)).toMatchObject([{ status: 'failed' }]);
  });

  it('keeps to its part of the call budget, lists the rest as last known, and begins with that the next time', async () => {
    for (let number = 0; number < 7; number += 1) await accepted();
    const reads = async () =>
      (await sandboxOf(stack).records()).calls.filter(({ operation }) => operation === 'offer_fulfillments_get');
    const { reconcile } = await instance({ CHARGEBEE_CALLS_PER_MINUTE: '10' });
    // Late in a minute, because the budget is counted by the minute, and a sweep gets its part in the course of it.
    aheadMs = 5.75 * MINUTE_MS - (Date.now() % MINUTE_MS);

    const first = await reconcile.sweep({ isDryRun: false });
    expect(await reads()).toHaveLength(5);
    expect(first).toHaveLength(7);
    expect(first.filter(({ problem }) => problem?.includes('call budget'))).toHaveLength(2);
    aheadMs += MINUTE_MS;
    await reconcile.sweep({ isDryRun: false });

    expect(new Set((await reads()).map(({ path }) => path)).size).toBe(7);
  });

  it('does not contradict the app: its report was once given up, and then Chargebee was told the opposite', async () => {
    const who = await accepted();
    await sandboxOf(stack).misbehave({ operation: 'offer_fulfillments_update', kind: 'unavailable' });
    expect((await asServer(stack).complete(who.fulfillmentId)).status).toBe(202);
    aheadMs = 6.5 * DAY_MS;
    const { reconcile } = await instance({ RECONCILE_FAIL_AFTER_DAYS: '6' });

    expect(await reconcile.sweep({ isDryRun: false })).toMatchObject([{ action: 'warn' }]);

    expect(await atChargebee(who)).toMatchObject([{ status: 'in_progress' }]);
    await sandboxOf(stack).behave();
    await expect.poll(() => atChargebee(who), { timeout: 10_000 }).toMatchObject([{ status: 'completed' }]);
  });

  it('is done once in an hour, however many instances start', async () => {
    const sweep = async () => (await (await instance()).reconcile.sweepIfDue()) !== undefined;
    expect([await sweep(), await sweep()]).toEqual([true, false]);
    aheadMs = HOUR_MS - MINUTE_MS;
    expect(await sweep()).toBe(false);
    aheadMs = HOUR_MS + MINUTE_MS;
    expect(await sweep()).toBe(true);
  });

  it('does not wait for the hour that a wrong clock wrote down', async () => {
    const { reconcile } = await instance();
    aheadMs = 30 * DAY_MS;
    expect(await reconcile.sweepIfDue()).toBeDefined();
    aheadMs = 0;
    expect(await reconcile.sweepIfDue()).toBeDefined();
  });

  it('begins soon after the start: a process that was restarted each hour never did it', async () => {
    const { offerId } = await lost();
    const { reconcile, warned } = await instance();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    reconcile.start();
    // No further: the driver of PostgreSQL gives up a query by the same timers.
    await vi.advanceTimersByTimeAsync(SHARED_WORK_FIRST_LOOK_MS);
    vi.useRealTimers();

    await expect.poll(() => warned).toMatchObject([{ offerId, action: 'look_up' }]);
    await reconcile.stop();
  });

  it('is done by one instance at a time', async () => {
    await accepted();
    const [first, second] = [await instance(), await instance()];

    const swept = await Promise.all([first.reconcile.sweepIfDue(), second.reconcile.sweepIfDue()]);

    expect(swept.filter((each) => each !== undefined)).toHaveLength(1);
  });
});

describe('settling an acceptance whose answer was lost', () => {
  it('names it with the id that the operator found at Chargebee, and the customer and the app go on', async () => {
    const who = await lost();
    const [found] = await atChargebee(who);
    const id = found?.id ?? '';
    const { reconcile, settle } = await instance();
    expect(await reconcile.sweep({ isDryRun: true })).toMatchObject([{ offerId: who.offerId, action: 'look_up' }]);

    expect(await settle(who.offerId, id)).toMatchObject({ id, status: 'in_progress' });

    expect((await who.accept(who.offerId, who.optionId)).body).toMatchObject({ status: 'redirect', fulfillmentId: id });
    expect((await asServer(stack).complete(id)).status).toBe(200);
    expect(await reconcile.sweep({ isDryRun: true })).toEqual([]);
  });

  it('works for one that is known to be accepted too: it was warned of each hour for ever', async () => {
    const who = await lost();
    expect((await who.accept(who.offerId, who.optionId)).body).toMatchObject({ status: 'already_accepted' });
    const { reconcile, settle } = await instance();
    expect(await reconcile.sweep({ isDryRun: true })).toMatchObject([{ status: 'unnamed', action: 'look_up' }]);

    await settle(who.offerId, (await atChargebee(who))[0]?.id ?? '');

    expect(await reconcile.sweep({ isDryRun: true })).toMatchObject([{ status: 'in_progress', action: 'wait' }]);
  });

  it('forgets it if Chargebee has none, so that the customer can accept it', async () => {
    const who = await lost();
    const { reconcile, settle } = await instance();

    expect(await settle(who.offerId, 'none')).toBeUndefined();

    expect(await reconcile.sweep({ isDryRun: true })).toEqual([]);
  });

  it.each([
    ['an offer that the proxy does not know', 'unknown', 'none', /^Failed to settle the offer unknown: .* Run /],
    ['an id that Chargebee does not know', undefined, 'unknown', /404 .* Check the id/],
    ['what cannot be an id', undefined, '..', /is no id of a fulfillment/],
  ])('refuses %s, and says what to do', async (_, offerId, id, text) => {
    const who = await lost();
    const { settle } = await instance();

    await expect(settle(offerId ?? who.offerId, id)).rejects.toThrow(text);
  });

  it("refuses another offer's fulfillment, and one that has an id", async () => {
    const who = await lost();
    const other = await accepted();
    const another = await lost();
    const { settle } = await instance();

    await expect(settle(who.offerId, other.fulfillmentId)).rejects.toThrow(/is the fulfillment of the offer/);
    await expect(settle(who.offerId, (await atChargebee(another))[0]?.id ?? '')).rejects.toThrow(
      `belongs to the offer ${another.offerId}`,
    );
    await expect(settle((await atChargebee(other))[0]?.personalized_offer_id ?? '', 'none')).rejects.toThrow(
      /There is nothing to do/,
    );
  });
});
