import { describe, expect, it } from 'vitest';
import { refusal, startChargebee } from '../support/chargebee-http.js';
import { sdkFor } from './sdk.js';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const DUPLICATE = 'Fulfillment is already in progress/completed. Retrieve the fulfillment to know the latest status.';

const { url, customer, accept, fulfillment, report, post, later, records } = await startChargebee({
  fulfillmentDelayMs: 1000,
});

const sdk = sdkFor(url);

async function accepted(scenario: string, custom: Record<string, unknown> = {}) {
  const who = customer(scenario);
  const { body } = await accept(await who.offer(custom));
  const { id } = body.offer_fulfillment;
  return {
    ...who,
    id,
    created: body.offer_fulfillment,
    now: async () => (await fulfillment(id)).body.offer_fulfillment,
  };
}

describe('a second acceptance', () => {
  it('of the same personalized offer is refused, and leaves one fulfillment', async () => {
    const ada = customer();
    const offer = await ada.offer({ has_advanced_analytics: false });
    const answers = await Promise.all([accept(offer), accept(offer)]);

    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toEqual({
      message: DUPLICATE,
      type: 'invalid_request',
      api_error_code: 'invalid_state_for_request',
    });
    expect(records().fulfillments.filter((each) => each.customer_id === ada.ids.customer_id)).toHaveLength(1);
  });

  it('of the same base offer by a colleague on the same subscription is refused', async () => {
    const { ids, offer } = customer();
    const custom = { storage_used_percent: 90 };
    const mine = await offer(custom);
    const colleague = await post<{ personalized_offers: [NonNullable<typeof mine>] }>('personalized_offers', {
      ...ids,
      external_user_id: 'u_2',
      custom,
    });
    await accept(mine);

    const second = await accept(colleague.body.personalized_offers[0]);

    expect(second).toMatchObject(refusal(409, 'invalid_state_for_request'));
  });

  it('of an offer whose fulfillment failed is refused too, but a new offer can be accepted', async () => {
    const ada = customer('email');
    const offer = await ada.offer();
    const { body } = await accept(offer);
    await report(body.offer_fulfillment.id, { status: 'failed', failure_reason: 'no budget' });

    expect((await accept(offer)).status).toBe(409);
    expect((await accept(await ada.offer())).status).toBe(202);
  });
});

it('an expired offer cannot be accepted', async () => {
  const offer = await customer().offer({ storage_used_percent: 90 });
  later(HOUR_MS);
  expect(await accept(offer)).toMatchObject(refusal(400, 'param_wrong_value', 'personalized_offer_id'));
});

it('a billing_update may lead somewhere afterwards, which only its fulfillment tells', async () => {
  const who = customer('billing-update-page');
  const offer = await who.offer();
  expect(offer?.options[0]).not.toHaveProperty('redirect_url');
  expect((await accept(offer)).body.offer_fulfillment).toMatchObject({
    processing_type: 'billing_update',
    redirect_url: expect.stringContaining('http'),
  });
});

describe('a fulfillment that Chargebee finishes', () => {
  it('completes by itself shortly after, and grants what it sells', async () => {
    const ada = await accepted('ordinary', { storage_used_percent: 90 });
    later(999);
    expect(await ada.now()).toMatchObject({ status: 'in_progress' });
    expect(await ada.entitlement('storage-gb')).toBe('100');

    later(1);
    expect(await ada.now()).toMatchObject({ status: 'completed', completed_at: expect.any(Number) });
    expect(await ada.entitlement('storage-gb')).toBe('200');
  });

  it('fails when the scenario says so, and grants nothing', async () => {
    const ada = await accepted('billing-fails');
    later(1000);
    expect(await ada.now()).toMatchObject({ status: 'failed', error: { code: 'billing_update_failed' } });
    expect(await ada.entitlement('storage-gb')).toBe('100');
  });

  it('never completes when the scenario says so, but fails after seven days', async () => {
    const { now } = await accepted('never-finishes');
    later(7 * DAY_MS - 1);
    expect(await now()).toMatchObject({ status: 'in_progress' });
    later(1);
    expect(await now()).toMatchObject({ status: 'failed', error: { code: 'fulfillment_expired' } });
  });

  it.each([
    'billing_update_failed',
    'checkout_abandoned',
    'external_fulfillment_failed',
    'internal_error',
    'fulfillment_expired',
  ])('fails with the code that the id of the customer names: %s', async (code) => {
    const { id, entitlement } = await accepted(code);
    later(1000);
    const { offer_fulfillment } = await sdk.offerFulfillment.offerFulfillmentsGet(id);
    expect(offer_fulfillment).toMatchObject({ status: 'failed', failed_at: expect.any(Number), error: { code } });
    expect(await entitlement('advanced-analytics')).toBeUndefined();
    expect(await entitlement('storage-gb')).toBe('100');
  });

  it.each([
    ['ordinary', { storage_used_percent: 90 }],
    ['checkout', {}],
  ])('cannot be reported on by the app (%s)', async (scenario, custom) => {
    const { id, now } = await accepted(scenario, custom);
    expect(await report(id, { status: 'completed' })).toMatchObject(refusal(409, 'invalid_state_for_request'));
    expect(await now()).toMatchObject({ status: 'in_progress' });
  });
});

describe('a fulfillment that the app finishes', () => {
  it.each([
    ['email', {}],
    ['webhook', {}],
    ['ordinary', { has_advanced_analytics: false }],
  ])('completes when the app says so, once and for all (%s)', async (scenario, custom) => {
    const { id, now, entitlement } = await accepted(scenario, custom);
    later(HOUR_MS);
    expect(await now()).toMatchObject({ status: 'in_progress' });
    expect(await entitlement('advanced-analytics')).toBeUndefined();

    expect(await report(id, { id, status: 'completed' })).toMatchObject({ status: 200 });

    expect(await entitlement('advanced-analytics')).toBe('true');
    expect(await report(id, { status: 'failed', failure_reason: 'too late' })).toMatchObject({ status: 409 });
    expect(await now()).toMatchObject({ status: 'completed' });
  });

  it('fails with the reason that the app reports', async () => {
    const { id, now, entitlement } = await accepted('webhook');
    await report(id, { status: 'failed', failure_reason: 'card declined' });
    expect(await now()).toMatchObject({
      status: 'failed',
      failed_at: expect.any(Number),
      error: { code: 'external_fulfillment_failed', message: 'card declined' },
    });
    expect(await entitlement('advanced-analytics')).toBeUndefined();
  });

  it('fails by itself after seven days, and then the app is too late', async () => {
    const { id, now } = await accepted('email');
    later(7 * DAY_MS - 1);
    expect(await now()).toMatchObject({ status: 'in_progress' });
    later(1);
    expect(await now()).toMatchObject({ status: 'failed', error: { code: 'fulfillment_expired' } });
    expect(await report(id, { status: 'completed' })).toMatchObject({ status: 409 });
  });

  it('can already be completed in the answer to the acceptance', async () => {
    const { created, entitlement } = await accepted('redirect-completed');
    expect(created).toMatchObject({ processing_type: 'url_redirect', status: 'completed' });
    expect(await entitlement('advanced-analytics')).toBe('true');
  });
});
