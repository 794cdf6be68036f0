/** The built sandbox as a host's own end-to-end tests use it: imported, started, set up, inspected, closed. */
import { expect, it, onTestFinished } from 'vitest';
import type * as Library from '../../demo/sandbox/sandbox.js';
import { sdkFor } from './sdk.js';
import { watchForOffSpec } from '../support/off-spec.js';
import { webhookReceiver } from './webhook-receiver.js';

const { startSandbox }: typeof Library = await import(new URL('../../dist/sandbox/index.js', import.meta.url).href);

const SEATS = { feature_id: 'seats', feature_name: 'Seats', feature_type: 'quantity' } as const;

const PLAYS: Library.SandboxOptions['plays'] = {
  fields: { 'custom.seats_used': 'number' },
  plays: [
    {
      name: 'More seats',
      priority: 1,
      audience: [{ field: 'custom.seats_used', operator: 'greater_than_or_equal', value: 5 }],
      offer: {
        id: 'seats',
        content: { title: 'Five more seats', description: 'For the whole team.' },
        options: [{ id: 'add', label: 'Add five seats', processing_type: 'billing_update' }],
      },
      grants: [{ feature: SEATS, add: 5 }],
    },
  ],
  entitlements: [{ feature: SEATS, value: 5 }],
};

async function started(options: Parameters<typeof startSandbox>[0] = {}) {
  const { onOffSpec, assertNone } = watchForOffSpec();
  const sandbox = await startSandbox({ onOffSpec, ...options });
  onTestFinished(async () => {
    await sandbox.close();
    assertNone();
  });
  return sandbox;
}

it('sells what the host has set up, on a clock that the test advances', async () => {
  const receiver = await webhookReceiver();
  const sandbox = await started({ plays: PLAYS, webhooks: { url: receiver.url } });
  const chargebee = sdkFor(sandbox.url);
  const ids = { customer_id: 'cus_1', subscription_id: 'sub_1' };
  const ask = () => chargebee.personalizedOffer.personalizedOffers({ ...ids, custom: { seats_used: 5 } });

  const { personalized_offers } = await ask();
  expect(personalized_offers).toMatchObject([{ offer_id: 'seats', options: [{ label: 'Add five seats' }] }]);
  await chargebee.offerFulfillment.offerFulfillments({
    personalized_offer_id: personalized_offers[0]?.id ?? '',
    option_id: 'add',
  });
  sandbox.clock.advance(2_000);

  expect(sandbox.records('cus_1').grants).toMatchObject([{ feature_id: 'seats', value: '10' }]);
  await expect.poll(receiver.types).toEqual(['subscription_changed', 'subscription_entitlements_updated']);
  expect((await ask()).personalized_offers).toEqual([]);
});

it('fails, limits calls and changes settings when the test says so', async () => {
  const sandbox = await started({ rateLimit: { callsPerMinute: 1 }, fulfillmentDelayMs: 0 });
  const chargebee = sdkFor(sandbox.url);
  const ask = () => chargebee.personalizedOffer.personalizedOffers({ customer_id: 'cus_1' });
  await ask();
  await expect(ask()).rejects.toMatchObject({ http_status_code: 429 });
  sandbox.rateLimit.lift();

  sandbox.faults.add({ operation: 'personalized_offers', kind: 'unavailable', times: 1 });
  expect(sandbox.faults.inForce()).toHaveLength(1);
  await expect(ask()).rejects.toMatchObject({ http_status_code: 503 });
  expect(sandbox.faults.inForce()).toEqual([]);

  const { offer_fulfillment } = await chargebee.offerFulfillment.offerFulfillments(await offerOf('cus_internal_error'));
  expect(offer_fulfillment).toMatchObject({ status: 'failed', error: { code: 'internal_error' } });
  sandbox.settings.change({ fulfillmentDelayMs: 60_000 });
  const slower = await chargebee.offerFulfillment.offerFulfillments(await offerOf('cus_internal_error_2'));
  expect(slower.offer_fulfillment).toMatchObject({ status: 'in_progress' });

  async function offerOf(customer_id: string) {
    const { personalized_offers } = await chargebee.personalizedOffer.personalizedOffers({ customer_id });
    const [offer] = personalized_offers;
    return { personalized_offer_id: offer?.id ?? '', option_id: offer?.options[0]?.id ?? '' };
  }
});

it('leads redirects to a page of its own, and starts over with reset()', async () => {
  const sandbox = await started({ fulfillmentDelayMs: 0 });
  const chargebee = sdkFor(sandbox.url);
  const ask = () =>
    chargebee.personalizedOffer.personalizedOffers({ customer_id: 'cus_1', custom: { has_advanced_analytics: false } });
  const { personalized_offers } = await ask();
  const [offer] = personalized_offers;
  const leadsTo = offer?.options[0]?.redirect_url ?? '';
  expect((await fetch(leadsTo)).status).toBe(200);
  expect(new URL(leadsTo).origin).toBe(sandbox.url);
  await chargebee.offerFulfillment.offerFulfillments({
    personalized_offer_id: offer?.id ?? '',
    option_id: offer?.options[0]?.id ?? '',
  });
  sandbox.clock.advance(1_000);

  sandbox.reset();

  expect(sandbox.clock.aheadMs()).toBe(0);
  expect(sandbox.records().fulfillments).toEqual([]);
  expect((await ask()).personalized_offers).toMatchObject([{ offer_id: 'advancedAnalytics' }]);
});

it('shares nothing with another sandbox', async () => {
  const [one, other] = [await started({ site: 'one' }), await started({ site: 'other', apiKey: 'other_key' })];
  await sdkFor(one.url).personalizedOffer.personalizedOffers({ customer_id: 'cus_1' });
  expect([one.site, one.apiKey, other.site, other.apiKey]).toEqual(['one', 'test_sandbox', 'other', 'other_key']);
  expect(other.records().calls).toEqual([]);
  await expect(sdkFor(other.url).personalizedOffer.personalizedOffers({ customer_id: 'c' })).rejects.toMatchObject({
    http_status_code: 401,
  });
});

it('refuses plays with a mistake, and a port in use, each with a sentence', async () => {
  await expect(startSandbox({ plays: { ...PLAYS, fields: {} } })).rejects.toThrow(
    'Failed to read the plays: plays[0].audience[0].field: custom.seats_used is not mapped',
  );
  const sandbox = await started();
  const port = Number(new URL(sandbox.url).port);
  await expect(startSandbox({ port })).rejects.toThrow(`Port ${port} is already in use.`);
});

it('does not answer once it is closed', async () => {
  const { url, close } = await startSandbox();
  await close();
  await expect(fetch(`${url}/sandbox`)).rejects.toThrow('fetch failed');
});
