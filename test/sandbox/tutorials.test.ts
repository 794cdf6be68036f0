/**
 * The curl commands of Chargebee's tutorials on entitlement-gated offers, on usage-based upsells and on checking
 * entitlements, and of its page on offer events, one after the other, with no more changed than host, key and ids.
 */
import { expect, it } from 'vitest';
import { START, startChargebee } from '../support/chargebee-http.js';

const { post, get, later } = await startChargebee({ upgradeUrl: 'https://app.example.com/upgrade/analytics' });

it('answers the commands of the tutorial on entitlement-gated offers', async () => {
  const fetched = await post<{ personalized_offers: [{ id: string; options: [{ id: string }] }] }>(
    'personalized_offers',
    { customer_id: 'CUSTOMER_ID', subscription_id: 'SUBSCRIPTION_ID', custom: { has_advanced_analytics: false } },
  );
  expect(fetched).toMatchObject({
    status: 200,
    body: {
      personalized_offers: [
        {
          id: expect.stringMatching(/^advancedAnalytics_[0-9a-f]{8}$/),
          offer_id: 'advancedAnalytics',
          content: {
            title: '<div class="slate-p">Unlock Advanced Analytics</div>',
            description: '<div class="slate-p">Get advanced dashboards, deeper insights, and custom reports.</div>',
          },
          options: [
            {
              id: '6cd5280e',
              label: 'Unlock now',
              processing_type: 'url_redirect',
              redirect_url: 'https://app.example.com/upgrade/analytics',
            },
          ],
        },
      ],
      expires_at: START / 1000 + 3600,
    },
  });
  const [{ id: personalized_offer_id }] = fetched.body.personalized_offers;

  expect(await post('offer_events', { type: 'viewed', personalized_offer_id })).toMatchObject({
    status: 204,
    body: '',
  });

  const accepted = await post<{ offer_fulfillment: { id: string } }>('offer_fulfillments', {
    personalized_offer_id,
    option_id: '6cd5280e',
  });
  const offer_fulfillment = {
    id: expect.stringMatching(/^[0-9a-f]{8}$/),
    personalized_offer_id,
    option_id: '6cd5280e',
    processing_type: 'url_redirect',
    redirect_url: 'https://app.example.com/upgrade/analytics',
    created_at: START / 1000,
  };
  expect(accepted.status).toBe(202);
  expect(accepted.body).toEqual({ offer_fulfillment: { ...offer_fulfillment, status: 'in_progress' } });

  later(60_000);
  const updated = await post(`offer_fulfillments/${accepted.body.offer_fulfillment.id}`, { status: 'completed' });
  expect(updated.status).toBe(200);
  expect(updated.body).toEqual({
    offer_fulfillment: { ...offer_fulfillment, status: 'completed', completed_at: START / 1000 + 60 },
  });
});

it('answers the commands of the tutorial on usage-based upsells', async () => {
  const fetched = await post<{ personalized_offers: [{ id: string }] }>('personalized_offers', {
    subscription_id: 'sub_123',
    customer_id: 'cus_9AbCDe',
    custom: { storage_used_percent: 82 },
  });
  expect(fetched.body.personalized_offers).toMatchObject([
    {
      content: { title: '<div class="slate-p">Running out of storage?</div>' },
      options: [{ label: 'Add 100 GB storage', processing_type: 'billing_update' }],
    },
  ]);
  const [{ id: personalized_offer_id }] = fetched.body.personalized_offers;
  await post('offer_events', { type: 'viewed', personalized_offer_id });
  const accepted = await post<{ offer_fulfillment: { id: string } }>('offer_fulfillments', {
    personalized_offer_id,
    option_id: 'b94e07d2',
  });

  later(2000);
  const read = await get(`offer_fulfillments/${accepted.body.offer_fulfillment.id}`);

  expect(read).toMatchObject({ status: 200, body: { offer_fulfillment: { status: 'completed' } } });
});

it('answers the command of the tutorial on checking entitlements', async () => {
  expect(await get('subscriptions/sub_123/subscription_entitlements')).toMatchObject({
    status: 200,
    body: {
      list: [
        {
          subscription_entitlement: {
            subscription_id: 'sub_123',
            feature_id: 'storage-gb',
            feature_name: 'Storage',
            feature_type: 'quantity',
            value: '200',
            is_overridden: false,
            is_enabled: true,
          },
        },
      ],
    },
  });
});

it('takes no event but viewed and dismissed, as the page on offer events says', async () => {
  const { body } = await post<{ personalized_offers: [{ id: string }] }>('personalized_offers', {
    customer_id: 'cus_events',
    custom: { storage_used_percent: 90 },
  });
  const [{ id: personalized_offer_id }] = body.personalized_offers;

  expect(await post('offer_events', { personalized_offer_id, type: 'dismissed' })).toMatchObject({ status: 204 });
  expect(await post('offer_events', { personalized_offer_id, type: 'accepted' })).toMatchObject({ status: 400 });
});
