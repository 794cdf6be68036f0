import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { asCustomer } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';
import { startStack, type Stack } from '../../support/node-stack.js';

let stack: Stack;
let who: Awaited<ReturnType<typeof entitled>>;

/** A customer whose "yes" is cached: checking again costs no call until it is forgotten. */
const entitled = async () => {
  const customer = await newCustomer('entitled', { secret: stack.identitySecret });
  const as = asCustomer(stack, customer);
  await as.access('advanced-analytics');
  return { ...customer, ...as };
};
const reads = async () => {
  await who.access('advanced-analytics');
  const { calls } = await sandboxOf(stack).records();
  return calls.filter((call) => call.path.includes(who.subscriptionId)).length;
};
const send = (event: unknown, authorization = `Basic ${btoa('chargebee:webhook-password')}`) =>
  fetch(`${stack.proxyUrl}/webhooks/billing`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: authorization },
    body: JSON.stringify(event),
  });
const event = (event_type: string, content: object) => ({
  id: `ev_${crypto.randomUUID()}`,
  event_type,
  content,
  object: 'event',
});

beforeAll(async () => {
  const settings = { BILLING_WEBHOOK_USERNAME: 'chargebee', BILLING_WEBHOOK_PASSWORD: 'webhook-password' };
  stack = await startStack({ settings });
});
beforeEach(async () => {
  who = await entitled();
});
afterAll(() => stack.close());

describe('a webhook of Billing', () => {
  const subscription = () => ({ subscription: { id: who.subscriptionId } });
  const impacted = () => ({ impacted_subscription: { count: 1, subscription_ids: [who.subscriptionId] } });
  it.each([
    [
      'subscription_entitlements_created',
      () => ({ subscription_entitlements_created_detail: { subscription_id: who.subscriptionId } }),
    ],
    [
      'subscription_entitlements_updated',
      () => ({ subscription_entitlements_updated_detail: { subscription_id: who.subscriptionId } }),
    ],
    ['subscription_entitlements_updated', () => ({})],
    ['entitlement_overrides_updated', impacted],
    ['entitlement_overrides_removed', impacted],
    ['entitlement_overrides_auto_removed', impacted],
    ['item_entitlements_updated', impacted],
    ['item_entitlements_removed', impacted],
    ['item_price_entitlements_updated', impacted],
    ['item_price_entitlements_removed', impacted],
    [
      'item_entitlements_updated',
      () => ({
        impacted_subscription: { count: 99_999, subscription_ids: ['other'], download: { download_url: 'https://x' } },
      }),
    ],
    ['feature_created', impacted],
    ['feature_activated', impacted],
    ['feature_deleted', impacted],
    ['feature_archived', () => ({ feature: { id: 'advanced-analytics' } })],
    ['feature_reactivated', () => ({ feature: { id: 'advanced-analytics' } })],
    ['feature_updated', () => ({ feature: { id: 'advanced-analytics' } })],
    ['customer_entitlements_updated', () => ({ impacted_customer: { customer_ids: [who.customerId] } })],
    ['subscription_changed', subscription],
    ['subscription_activated', subscription],
    ['subscription_trial_extended', subscription],
    ['subscription_cancelled', subscription],
  ])('%s makes the proxy read entitlements again', async (type, content) => {
    expect(await reads()).toBe(1);

    expect((await send(event(type, content()))).status).toBe(204);

    await expect.poll(reads).toBe(2);
  });

  it.each([
    ['of a type that has nothing to do with it', () => event('invoice_generated', { invoice: { id: 'inv_1' } })],
    ['of a type nobody has heard of', () => event('moon_phase_changed', { moon: {} })],
    [
      "about another customer's subscription",
      () => event('subscription_changed', { subscription: { id: 'sub_other' } }),
    ],
  ])('%s changes nothing', async (_, make) => {
    expect((await send(make())).status).toBe(204);

    expect(await reads()).toBe(1);
  });

  it('counts once, however often it is sent', async () => {
    const sent = event('subscription_changed', subscription());
    await send(sent);
    await expect.poll(reads).toBe(2);

    await send(sent);

    expect(await reads()).toBe(2);
  });

  it('that is older than one that came before changes nothing', async () => {
    const at = (resource_version: number) =>
      event('subscription_changed', { subscription: { id: who.subscriptionId, resource_version } });
    await send(at(2_000));
    await expect.poll(reads).toBe(2);

    await send(at(1_000));
    expect(await reads()).toBe(2);
    await send(at(3_000));
    await expect.poll(reads).toBe(3);
  });

  it.each([
    ['without credentials', ''],
    ['with a wrong password', `Basic ${btoa('chargebee:guess')}`],
    ['with the server key', `Bearer the-key-that-the-backend-of-the-tests-has`],
  ])('is refused %s', async (_, authorization) => {
    const response = await send(event('subscription_changed', subscription()), authorization);

    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Basic']);
    expect(await reads()).toBe(1);
  });

  it('that is no event is refused', async () => {
    expect((await send({ hello: 'world' })).status).toBe(400);
  });
});

describe('a proxy without credentials for webhooks', () => {
  it('refuses them', async () => {
    const bare = await startStack();
    const response = await fetch(`${bare.proxyUrl}/webhooks/billing`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(':')}` },
      body: '{}',
    });

    expect(response.status).toBe(401);
    await bare.close();
  });
});

describe('a webhook of Billing with nulls and other odd values', () => {
  const unnamed = (content: unknown) => ({ id: `ev_${crypto.randomUUID()}`, event_type: 'feature_updated', content });

  it.each<[string, () => object]>([
    ['no content', () => unnamed(null)],
    ['no detail', () => unnamed({ subscription_entitlements_updated_detail: null })],
    ['a detail without an id', () => unnamed({ subscription_entitlements_updated_detail: { subscription_id: null } })],
    ['no list of subscriptions', () => unnamed({ impacted_subscription: { subscription_ids: null } })],
    ['ids that are text', () => unnamed({ impacted_subscription: { subscription_ids: who.subscriptionId } })],
    ['nothing impacted', () => unnamed({ impacted_subscription: null, impacted_customer: null })],
    ['no subscription', () => unnamed({ subscription: null })],
    ['a version in words', () => unnamed({ subscription: { id: who.subscriptionId, resource_version: 'new' } })],
    ['half a version', () => unnamed({ subscription: { id: who.subscriptionId, resource_version: 1.5 } })],
    ['a huge version', () => unnamed({ subscription: { id: who.subscriptionId, resource_version: 1e30 } })],
    [
      'a NUL in another id',
      () => unnamed({ impacted_subscription: { subscription_ids: ['a\0', who.subscriptionId] } }),
    ],
  ])('is taken, and what it may be about is read again: %s', async (_, make) => {
    expect((await send(make())).status).toBe(204);

    await expect.poll(reads).toBe(2);
  });

  it('that names 60,000 subscriptions is taken as "all": it once was 60,000 commits', async () => {
    const subscription_ids = Array.from({ length: 60_000 }, (_, index) => `sub_other_${index}`);

    expect(
      (await send(event('item_entitlements_updated', { impacted_subscription: { subscription_ids } }))).status,
    ).toBe(204);

    await expect.poll(reads).toBe(2);
  });
});

describe('the credentials of a webhook', () => {
  it('are read whatever the case of the scheme', async () => {
    const { status } = await send(event('invoice_generated', {}), `basic ${btoa('chargebee:webhook-password')}`);

    expect(status).toBe(204);
  });

  it('are checked before the body is read: strangers once filled the memory with it', async () => {
    // The body never ends, so an answer shows that nobody waited for it.
    const body = new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('{')) });
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' };
    const headers = { Authorization: `Basic ${btoa('chargebee:guess')}` };

    expect((await fetch(`${stack.proxyUrl}/webhooks/billing`, { ...init, headers })).status).toBe(401);
  });

  it('cannot be guessed: after 60 wrong ones nobody is looked at for the rest of the minute; a burst of right ones counts nothing', async () => {
    let clock = Date.now();
    const settings = { BILLING_WEBHOOK_USERNAME: 'chargebee', BILLING_WEBHOOK_PASSWORD: 'webhook-password' };
    const own = await startStack({ settings, proxy: { now: () => clock } });
    onTestFinished(() => own.close());
    const post = (password: string) =>
      fetch(`${own.proxyUrl}/webhooks/billing`, {
        method: 'POST',
        headers: { Authorization: `Basic ${btoa(`chargebee:${password}`)}` },
        body: JSON.stringify(event('invoice_generated', {})),
      });
    const burst = await Promise.all(Array.from({ length: 120 }, () => post('webhook-password')));
    expect(burst.filter(({ status }) => status !== 204)).toEqual([]);
    for (let guess = 0; guess < 60; guess += 1) expect((await post(`guess ${guess}`)).status).toBe(401);

    const refused = await post('webhook-password');

    expect(refused.status).toBe(429);
    clock += 1_000 * Number(refused.headers.get('retry-after'));
    expect((await post('webhook-password')).status).toBe(204);
  });
});
