import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

const MINUTE = 60_000;

let stack: Stack;
let aheadMs: number;
/** Chargebee's answer to `GET /subscriptions/:id`. */
let answer: () => Response;
let statusCalls: number;

const subscription = (status: string, resource_version = 1) =>
  Response.json({ subscription: { status, resource_version } });
const upstream: typeof fetch = async (url, init) => {
  if (!/\/subscriptions\/[^/]+$/.test(new URL(String(url)).pathname)) return fetch(url, init);
  statusCalls += 1;
  return answer();
};
const start = (settings = {}) =>
  startStack({
    settings: {
      SUBSCRIPTION_STATUS: 'check',
      BILLING_WEBHOOK_USERNAME: 'chargebee',
      BILLING_WEBHOOK_PASSWORD: 'webhook-password',
      ...settings,
    },
    proxy: { now: () => Date.now() + aheadMs, fetch: upstream },
  });
const entitled = async () => {
  const who = await newCustomer('entitled', { secret: stack.identitySecret, expires: '1 day' });
  return { ...who, access: async () => (await asCustomer(stack, who).access('advanced-analytics')).body.access };
};
const webhook = (event_type: string, content: object) =>
  fetch(`${stack.proxyUrl}/webhooks/billing`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa('chargebee:webhook-password')}` },
    body: JSON.stringify({ id: `ev_${crypto.randomUUID()}`, event_type, content }),
  });

beforeEach(async () => {
  aheadMs = 0;
  statusCalls = 0;
  answer = () => subscription('active');
  stack = await start();
});
afterEach(() => stack.close());

describe('a feature that Chargebee still lists', () => {
  it.each([
    ['active', 'granted'],
    ['in_trial', 'granted'],
    ['non_renewing', 'granted'],
    ['cancelled', 'denied'],
    ['paused', 'denied'],
  ])('is, for a subscription that is %s, %s', async (status, access) => {
    answer = () => subscription(status);

    expect(await (await entitled()).access()).toBe(access);
  });

  it('is locked by the webhook of the cancellation at once, even while Chargebee is away', async () => {
    const customer = await entitled();
    expect(await customer.access()).toBe('granted');
    await sandboxOf(stack).misbehave({ operation: '*', kind: 'unavailable' });

    const cancelled = { id: customer.subscriptionId, status: 'cancelled', resource_version: 2 };
    await webhook('subscription_cancelled', { subscription: cancelled });

    expect(await customer.access()).not.toBe('granted');
  });

  it('is locked by a webhook that is newer than the answer, and opened again by a newer answer', async () => {
    const customer = await entitled();
    const paused = { id: customer.subscriptionId, status: 'paused', resource_version: 2 };
    await webhook('subscription_paused', { subscription: paused });
    expect(await customer.access()).toBe('denied');

    answer = () => subscription('active', 3);
    aheadMs = MINUTE;
    expect(await customer.access()).toBe('granted');
  });

  it('stays open when Chargebee does not say the status: the list decides', async () => {
    answer = () => new Response('{}', { status: 403 });

    expect(await (await entitled()).access()).toBe('granted');
  });

  it('costs one call for the status of a list, however many features are checked', async () => {
    const customer = await entitled();

    await Promise.all(Array.from({ length: 10 }, () => customer.access()));
    await customer.access();

    expect(statusCalls).toBe(1);
  });
});

describe('SUBSCRIPTION_STATUS=ignore', () => {
  it('goes by the list alone and costs no call', async () => {
    await stack.close();
    stack = await start({ SUBSCRIPTION_STATUS: 'ignore' });
    answer = () => subscription('cancelled');

    expect(await (await entitled()).access()).toBe('granted');

    expect(statusCalls).toBe(0);
  });
});
