import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { heldCalls } from '../../support/held-calls.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

const FEATURE = 'advanced-analytics';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let aheadMs: number;
let reading: ReturnType<typeof heldCalls>;
let stack: Stack;

const customer = async (scenario: string) => {
  const who = await newCustomer(scenario, { secret: stack.identitySecret, expires: '60 days' });
  const as = asCustomer(stack, who);
  const access = async () => (await as.access(FEATURE)).body.access;
  const reads = async () => {
    const { calls } = await sandboxOf(stack).records();
    const path = `${who.subscriptionId}/subscription_entitlements`;
    return calls.filter((call) => call.path.includes(path)).length;
  };
  return { ...who, ...as, access, reads };
};
const webhook = (event_type: string, content: object = {}) =>
  fetch(`${stack.proxyUrl}/webhooks/billing`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Basic ${btoa('chargebee:webhook-password')}` },
    body: JSON.stringify({ id: `ev_${crypto.randomUUID()}`, event_type, content }),
  });
const outage = () => sandboxOf(stack).misbehave({ operation: '*', kind: 'unavailable' });

beforeEach(async () => {
  aheadMs = 0;
  reading = heldCalls('subscription_entitlements');
  stack = await startStack({
    settings: { BILLING_WEBHOOK_USERNAME: 'chargebee', BILLING_WEBHOOK_PASSWORD: 'webhook-password' },
    proxy: { now: () => Date.now() + aheadMs, fetch: reading.fetch },
  });
});
afterEach(() => stack.close());

describe('a customer who was let in stays in while Chargebee is away', () => {
  it.each([
    ['the subscription', 'subscription_changed', (id: string) => ({ subscription: { id, resource_version: 1 } })],
    ['another feature', 'feature_updated', () => ({ feature: { id: 'other' } })],
    ['the customer', 'customer_entitlements_updated', (id: string) => ({ impacted_customer: { customer_ids: [id] } })],
  ])('after a webhook about %s: it once erased the last known "yes"', async (_, type, content) => {
    const paying = await customer('entitled');
    expect(await paying.access()).toBe('granted');
    await outage();

    const id = type.startsWith('customer') ? paying.customerId : paying.subscriptionId;
    expect((await webhook(type, content(id))).status).toBe(204);

    expect(await paying.access()).toBe('granted');
  });

  it('for a day, and no longer', async () => {
    const paying = await customer('entitled');
    await paying.access();
    await outage();

    aheadMs = DAY - HOUR;
    expect(await paying.access()).toBe('granted');
    aheadMs = DAY + HOUR;
    expect(await paying.access()).toBe('unknown');
  });

  it('and without a call for each page: one failure is remembered for seconds', async () => {
    const paying = await customer('entitled');
    await paying.access();
    await outage();
    aheadMs = 2 * HOUR;

    for (let page = 0; page < 10; page += 1) expect(await paying.access()).toBe('granted');
    await expect.poll(paying.reads).toBe(2);

    await sandboxOf(stack).behave();
    aheadMs += MINUTE;
    expect(await paying.access()).toBe('granted');
    await expect.poll(paying.reads).toBe(3);
  });
});

describe('a customer whose list Chargebee does not answer', () => {
  it('does not wait for it with an old "yes" in the store: each request once took ten seconds', async () => {
    const paying = await customer('entitled');
    await paying.access();
    aheadMs = 2 * HOUR;
    reading.hold();

    expect([await paying.access(), await paying.access()]).toEqual(['granted', 'granted']);

    expect(reading.count()).toBe(1);
    reading.letGo();
    await expect.poll(paying.reads).toBe(2);
  });

  it('costs one call, not one per page, when nothing is known', async () => {
    await outage();
    const nobody = await customer('ordinary');

    for (let page = 0; page < 10; page += 1) expect(await nobody.access()).toBe('unknown');

    expect(await nobody.reads()).toBe(1);
  });
});

describe('a list that was read by a clock that was ahead', () => {
  it.each([4 * MINUTE, 30 * DAY])('is not fresh when the clock is right again (%i ms)', async (ms) => {
    aheadMs = ms;
    const buyer = await customer('ordinary');
    expect(await buyer.access()).toBe('denied');
    aheadMs = 0;

    await buyer.access();

    expect(await buyer.reads()).toBe(2);
  });

  it('does not keep the next one from being stored', async () => {
    aheadMs = 30 * DAY;
    const paying = await customer('entitled');
    await paying.access();
    await webhook('subscription_changed', { subscription: { id: paying.subscriptionId, resource_version: 1 } });
    aheadMs = 0;

    expect(await paying.access()).toBe('granted');
    await expect.poll(paying.reads).toBe(2);

    for (let page = 0; page < 3; page += 1) expect(await paying.access()).toBe('granted');

    expect(await paying.reads()).toBe(2);
  });
});
