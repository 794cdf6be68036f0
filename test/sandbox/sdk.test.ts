/** The real SDK, unchanged and with its own validation on, works with the sandbox as it does with Chargebee. */
import Chargebee from 'chargebee';
import { describe, expect, it } from 'vitest';
import { startChargebee } from '../support/chargebee-http.js';
import { sdkFor } from './sdk.js';

const { url, customer, later } = await startChargebee();

const options = {
  site: 'acme-test',
  apiKey: 'test_sandbox',
  httpClient: {
    async makeApiRequest(request: Request) {
      const { pathname, search } = new URL(request.url);
      const body = request.method === 'GET' ? null : await request.text();
      return fetch(url + pathname + search, { method: request.method, headers: request.headers, body });
    },
  },
};

const overHttpClient = new Chargebee({ ...options, enableValidation: true });

const overSiteName = sdkFor(url);

/** The first option of an offer, as the parameters of an acceptance. */
function firstOf(offers: { id: string; options: { id: string }[] }[]) {
  const [offer] = offers;
  const [option] = offer?.options ?? [];
  if (!offer || !option) throw new Error('There is no offer to accept.');
  return { personalized_offer_id: offer.id, option_id: option.id };
}

/** Without its validation, which takes no list of items (3.33.0): it wants the object of lists that a form is made of. */
it('the SDK estimates what a change of the subscription costs', async () => {
  const { ids } = customer();
  const { estimate } = await new Chargebee(options).estimate.updateSubscriptionForItems({
    subscription: { id: ids.subscription_id },
    subscription_items: [
      { item_price_id: 'storage-100gb-USD-Monthly', quantity: 2 },
      { item_price_id: 'pro-USD-Monthly' },
    ],
  });
  expect(estimate).toMatchObject({
    subscription_estimate: { id: ids.subscription_id, currency_code: 'USD', status: 'active' },
    invoice_estimate: { currency_code: 'USD', amount_due: 7400 },
  });
  expect(estimate.next_invoice_estimate).toBeUndefined();
});

describe.each([
  ['through its httpClient option', overHttpClient],
  ['through its site option', overSiteName],
])('the SDK, pointed at the sandbox %s', (_, chargebee) => {
  it('sells the gated feature, which the app provisions', async () => {
    const { ids } = customer();
    const { personalized_offers, httpStatusCode } = await chargebee.personalizedOffer.personalizedOffers({
      ...ids,
      email: 'ada@example.com',
      roles: ['admin'],
      custom: { has_advanced_analytics: false },
      request_context: { locale: 'en-GB', timezone: 'Europe/London', url: 'https://app.example/analytics' },
    });
    expect(httpStatusCode).toBe(200);
    expect(personalized_offers[0]?.content.title).toBe('<div class="slate-p">Unlock Advanced Analytics</div>');

    const choice = firstOf(personalized_offers);
    const { personalized_offer_id } = choice;
    const viewed = await chargebee.offerEvent.offerEvents({ personalized_offer_id, type: 'viewed' });
    expect(viewed.httpStatusCode).toBe(204);

    const created = await chargebee.offerFulfillment.offerFulfillments(choice);
    expect(created).toMatchObject({ httpStatusCode: 202, offer_fulfillment: { status: 'in_progress' } });

    const { id } = created.offer_fulfillment;
    const updated = await chargebee.offerFulfillment.offerFulfillmentsUpdate(id, { id, status: 'completed' });
    expect(updated.offer_fulfillment.status).toBe('completed');

    const { list } = await chargebee.subscriptionEntitlement.subscriptionEntitlementsForSubscription(
      ids.subscription_id,
      { limit: 100 },
    );
    const analytics = list.find(({ subscription_entitlement: { feature_id } }) => feature_id === 'advanced-analytics');
    expect(analytics?.subscription_entitlement).toMatchObject({ feature_type: 'switch', value: 'true' });
  });

  it('sells storage, which Chargebee adds by itself', async () => {
    const { ids } = customer();
    const { personalized_offers } = await chargebee.personalizedOffer.personalizedOffers({
      ...ids,
      custom: { storage_used_percent: 82 },
    });
    const { offer_fulfillment } = await chargebee.offerFulfillment.offerFulfillments(firstOf(personalized_offers));
    later(1500);

    const read = await chargebee.offerFulfillment.offerFulfillmentsGet(offer_fulfillment.id);

    expect(read.offer_fulfillment).toMatchObject({ processing_type: 'billing_update', status: 'completed' });
  });

  it('sees a hosted page', async () => {
    const { personalized_offers } = await chargebee.personalizedOffer.personalizedOffers(customer('checkout').ids);
    const { hosted_page } = await chargebee.offerFulfillment.offerFulfillments(firstOf(personalized_offers));

    const read = await chargebee.hostedPage.retrieve(hosted_page?.id ?? '');

    expect(read.hosted_page).toMatchObject({ url: hosted_page?.url, state: 'created', layout: 'full_page' });
  });

  it('reads an error', async () => {
    await expect(chargebee.offerFulfillment.offerFulfillmentsGet('nobody')).rejects.toMatchObject({
      http_status_code: 404,
      type: 'invalid_request',
      api_error_code: 'resource_not_found',
    });
  });
});
