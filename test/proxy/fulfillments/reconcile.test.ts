import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../proxy/config.js';
import { DAY_MS } from '../../../proxy/constants.js';
import { createWiring } from '../../../proxy/wiring.js';
import { openStore } from '../../../proxy/store/open.js';
import type { Store } from '../../../proxy/store/store.js';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let aheadMs: number;
let stack: Stack;
let stores: Store[];

const now = () => Date.now() + aheadMs;
/** Another instance on the same store. */
const instance = async (settings = {}) => {
  const config = readConfig({ ...stack.environment, ...settings });
  const store = await openStore(config.databaseUrl);
  stores.push(store);
  const warned: object[] = [];
  const log = { info() {}, error() {}, warn: (facts: object) => void warned.push(facts) };
  return { ...createWiring({ config, store, fetch, now, log }), warned };
};
const accepted = async (scenario?: string) => {
  const who = await newCustomer(scenario, { secret: stack.identitySecret });
  const as = asCustomer(stack, who);
  const { offerId, optionId } = offered(await as.ask({ feature: 'advanced-analytics' }));
  return { ...who, fulfillmentId: fulfillmentIdOf(await as.accept(offerId, optionId)) };
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
    expect(await fulfillments.outcome(customer, who.fulfillmentId)).toMatchObject({
      status: 'failed',
      code: 'expired',
    });
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

  it('is done by one instance at a time', async () => {
    await accepted();
    const [first, second] = [await instance(), await instance()];

    const swept = await Promise.all([first.reconcile.sweepAlone(), second.reconcile.sweepAlone()]);

    expect(swept.filter((each) => each !== undefined)).toHaveLength(1);
  });
});
