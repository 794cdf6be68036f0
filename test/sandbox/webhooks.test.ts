/** Billing webhooks, over real HTTP to a receiver, and once to the proxy itself. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { basic, refusal, startChargebee } from '../support/chargebee-http.js';
import { newCustomer } from '../support/customer.js';
import { startStack } from '../support/node-stack.js';
import { asCustomer } from '../support/proxy-client.js';
import { sandboxOf } from '../support/sandbox-client.js';
import { sdkFor } from './sdk.js';
import { webhookReceiver } from './webhook-receiver.js';

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;

const { url, control, get, sandbox, customer, accept, report, later, records } = await startChargebee();
const sdk = sdkFor(url);

async function listening(settings: object = {}) {
  const receiver = await webhookReceiver();
  const wanted = { url: receiver.url, username: 'chargebee', password: 'secret', duplicated: false, reordered: false };
  expect((await control('POST', 'webhooks', { ...wanted, ...settings })).status).toBe(204);
  onTestFinished(async () => void (await control('POST', 'webhooks', { url: null })));
  return receiver;
}

/** A customer whose subscription has just changed. */
async function upgraded() {
  const ada = customer('email');
  const { body } = await accept(await ada.offer());
  await report(body.offer_fulfillment.id, { status: 'completed' });
  return ada.ids;
}

const happens = (subscription_id: string, event_type = 'subscription_entitlements_updated') =>
  control<{ event: { id: string } }>('POST', 'webhooks/events', { event_type, subscription_id });

/** Sends everything that is due. The first tick may only wait for a delivery in progress. */
async function settled() {
  await sandbox.tick();
  await sandbox.tick();
}

it('an override that has ended is announced as removed, 12 hours later', async () => {
  const receiver = await listening();
  const subscriptionId = `sub_entitled-until-tomorrow_${crypto.randomUUID().slice(0, 8)}`;
  await get(`subscriptions/${subscriptionId}/subscription_entitlements`);
  later(36 * HOUR_MS - 1);
  await settled();
  expect(receiver.received).toEqual([]);
  later(1);
  await settled();
  expect(receiver.received).toMatchObject([
    {
      event: {
        event_type: 'entitlement_overrides_auto_removed',
        content: { impacted_subscription: { subscription_ids: [subscriptionId] } },
      },
    },
  ]);
});

it('can be sent with a content that Chargebee does not document, for a receiver that must tolerate it', async () => {
  const receiver = await listening();
  const { body } = await control<{ event: { id: string } }>('POST', 'webhooks/events', {
    event_type: 'subscription_entitlements_updated',
    subscription_id: 'sub_1',
    content: { subscription_entitlements_updated_detail: null },
  });
  await settled();
  expect(receiver.received).toMatchObject([
    { event: { id: body.event.id, content: { subscription_entitlements_updated_detail: null } } },
  ]);
  expect((await get(`events/${body.event.id}`)).status).toBe(200);
});

it.each([
  ['customer_entitlements_updated', { impacted_customer: { download: { valid_till: expect.any(Number) } } }],
  ['alert_status_changed', { alert_status: { subscription_id: 'sub_1', alarm_status: 'in_alarm' } }],
])("%s has the content of Chargebee's SDK", async (event_type, content) => {
  expect((await happens('sub_1', event_type)).body).toMatchObject({ event: { event_type, content } });
});

it('a usage alert that is raised and cleared is announced with its id', async () => {
  const receiver = await listening();
  const change = { alert_id: 'seats', subscription_id: 'sub_1' };
  await control('POST', 'webhooks/alerts', { ...change, alarm_status: 'in_alarm' });
  await control('POST', 'webhooks/alerts', { ...change, alarm_status: 'within_limit' });
  await settled();

  expect(receiver.received.map(({ event }) => event)).toMatchObject([
    { content: { alert_status: { ...change, alarm_status: 'in_alarm', alarm_triggered_at: expect.any(Number) } } },
    { content: { alert_status: { ...change, alarm_status: 'within_limit' } } },
  ]);
  expect((await control('POST', 'webhooks/alerts', { ...change, alarm_status: 'on_fire' })).status).toBe(400);
});

describe('a fulfillment that changes entitlements', () => {
  it('is sent to the endpoint as Chargebee events, with the credentials', async () => {
    const { received } = await listening();
    const { customer_id, subscription_id } = await upgraded();

    await expect.poll(() => received).toHaveLength(2);

    expect(received[0]).toEqual({
      authorization: basic('chargebee', 'secret'),
      event: {
        id: expect.stringMatching(/^ev_[0-9a-f]{32}$/),
        occurred_at: Math.floor(sandbox.clock.now() / 1000),
        source: 'system',
        object: 'event',
        api_version: 'v2',
        event_type: 'subscription_changed',
        webhook_status: 'scheduled',
        content: {
          subscription: expect.objectContaining({
            id: subscription_id,
            customer_id,
            resource_version: sandbox.clock.now(),
          }),
          customer: expect.objectContaining({ id: customer_id }),
        },
      },
    });
    expect(received[1]?.event).toMatchObject({
      event_type: 'subscription_entitlements_updated',
      content: { subscription_entitlements_updated_detail: { subscription_id, has_next: false } },
    });
    // The sandbox writes an attempt down when it has the receiver's answer, which is after the receiver has the request.
    await expect
      .poll(() => records(customer_id).webhooks)
      .toMatchObject([{ status: 200, attempts: 1 }, { status: 200 }]);
  });

  it('is sent when its delay is over, and not before', async () => {
    const { types } = await listening();
    await accept(await customer().offer({ storage_used_percent: 90 }));
    await settled();
    expect(types()).toEqual([]);
    later(1500);
    await expect.poll(() => types()).toHaveLength(2);
  });

  it('is not sent when it failed', async () => {
    const { types } = await listening();
    await accept(await customer('billing-fails').offer());
    later(1500);
    await settled();
    expect(types()).toEqual([]);
  });

  it('is not sent when it completed before there was an endpoint', async () => {
    await upgraded();
    const { types } = await listening();
    await settled();
    expect(types()).toEqual([]);
  });
});

describe('an event', () => {
  it('is retried on the documented schedule with the same id, until it is answered 2xx', async () => {
    const { received, answerWith } = await listening();
    answerWith(503);
    await happens('sub_7');
    await settled();
    expect(received).toHaveLength(1);

    for (const [attempt, pause] of [2, 6, 30].entries()) {
      later(pause * MINUTE_MS - 1);
      await settled();
      expect(received).toHaveLength(attempt + 1);
      later(1);
      await settled();
      expect(received).toHaveLength(attempt + 2);
    }
    answerWith(204);
    later(HOUR_MS);
    await settled();
    expect(received).toHaveLength(5);
    later(100 * HOUR_MS);
    await settled();

    expect(received).toHaveLength(5);
    expect(new Set(received.map(({ event }) => event.id)).size).toBe(1);
  });

  it('is given up after the seventh retry', async () => {
    const { received, answerWith } = await listening();
    answerWith(302);
    const { body } = await happens('sub_7');
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await settled();
      expect(received).toHaveLength(attempt);
      later(48 * HOUR_MS);
    }
    await settled();
    expect(received).toHaveLength(8);
    expect((await sdk.event.retrieve(body.event.id)).event.webhook_status).toBe('failed');
  });

  it('is sent twice with one id when duplicates are on', async () => {
    const { received } = await listening({ duplicated: true });
    await happens('sub_7');
    await expect.poll(() => received).toHaveLength(2);
    expect(received[0]?.event.id).toBe(received[1]?.event.id);
  });

  it('is sent before an earlier one when reordering is on', async () => {
    const { received } = await listening({ reordered: true });
    await happens('sub_first');
    await happens('sub_second');
    await settled();
    expect(received).toEqual([]);
    later(500);
    await expect.poll(() => received).toHaveLength(2);
    expect(JSON.stringify(received[0])).toContain('sub_second');
    expect(JSON.stringify(received[1])).toContain('sub_first');
  });

  it('can be sent again on demand, and retrieved', async () => {
    const { received } = await listening();
    const { body } = await happens('sub_7', 'entitlement_overrides_updated');
    await expect.poll(() => received).toHaveLength(1);

    await control('POST', `webhooks/events/${body.event.id}/repeat`);
    await expect.poll(() => received).toHaveLength(2);

    const retrieved = async () => (await sdk.event.retrieve(body.event.id)).event;
    await expect.poll(retrieved).toMatchObject({ id: body.event.id, webhook_status: 'succeeded' });
    const event = await retrieved();
    expect(event.content.impacted_subscription).toEqual({ count: 1, subscription_ids: ['sub_7'] });
  });

  it.each([{ event_type: 'offer_accepted', subscription_id: 'sub_7' }, { event_type: 'feature_updated' }])(
    'is refused when Chargebee does not know it: %j',
    async (order) => {
      expect(await control('POST', 'webhooks/events', order)).toMatchObject(refusal(400, 'param_wrong_value'));
    },
  );
});

describe('the endpoint', () => {
  it('is never shown with its password', async () => {
    await listening();
    const { body } = await control('GET', 'webhooks');
    expect(body).toMatchObject({ username: 'chargebee' });
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it.each(['nowhere', 'ftp://x.example', 7])('is refused when it is %j', async (wanted) => {
    expect(await control('POST', 'webhooks', { url: wanted })).toMatchObject(refusal(400, 'param_wrong_value', 'url'));
  });
});

it('unlocks in the proxy what was bought elsewhere, without waiting for its cache to expire', async () => {
  const settings = { BILLING_WEBHOOK_USERNAME: 'chargebee', BILLING_WEBHOOK_PASSWORD: 'webhook-password' };
  const stack = await startStack({ settings });
  onTestFinished(stack.close);
  const chargebee = sandboxOf(stack);
  await chargebee.sendWebhooks({
    url: `${stack.proxyUrl}/webhooks/billing`,
    username: 'chargebee',
    password: 'webhook-password',
  });
  const who = await newCustomer('email', { secret: stack.identitySecret });
  const as = asCustomer(stack, who);
  const access = async () => (await as.access('advanced-analytics')).body.access;
  expect(await access()).toBe('denied');

  const { customerId: customer_id, subscriptionId: subscription_id } = who;
  const direct = sdkFor(stack.sandboxUrl);
  const { personalized_offers } = await direct.personalizedOffer.personalizedOffers({ customer_id, subscription_id });
  const [offer] = personalized_offers;
  const { offer_fulfillment } = await direct.offerFulfillment.offerFulfillments({
    personalized_offer_id: offer?.id ?? '',
    option_id: offer?.options[0]?.id ?? '',
  });
  const { id } = offer_fulfillment;
  await direct.offerFulfillment.offerFulfillmentsUpdate(id, { id, status: 'completed' });

  await expect.poll(access).toBe('granted');
  // The first of the two webhooks already unlocks it.
  const statuses = async () => (await chargebee.records(who)).webhooks.map(({ status }) => status);
  await expect.poll(statuses).toEqual([204, 204]);
});
