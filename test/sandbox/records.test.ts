import { describe, expect, it } from 'vitest';
import { START, startChargebee } from '../support/chargebee-http.js';

const lines: string[] = [];
const { url, customer, event, accept, report, get, post, later, records } = await startChargebee({
  log: (line) => lines.push(line),
});
const page = async (query = '') => (await fetch(`${url}/sandbox${query}`)).text();

/** One customer from the first view to the unlocked feature. */
async function upgraded() {
  const ada = customer();
  const offer = await ada.offer({ has_advanced_analytics: false });
  await event(offer, 'viewed');
  const { body } = await accept(offer);
  later(60_000);
  await report(body.offer_fulfillment.id, { status: 'completed' });
  await ada.entitlement('advanced-analytics');
  return { ...ada.ids, offer, fulfillmentId: body.offer_fulfillment.id };
}

describe('the records', () => {
  it('list what happened to one customer, in order, with milliseconds', async () => {
    const { customer_id, subscription_id, offer, fulfillmentId } = await upgraded();
    await customer().asks({ storage_used_percent: 90 });

    const response = await fetch(`${url}/sandbox/records?customer_id=${customer_id}`);

    const subject = { customer_id, subscription_id };
    expect(await response.json()).toMatchObject({
      offers: [{ at: START, ...subject, personalized_offer_id: offer?.id, offer_id: 'advancedAnalytics' }],
      events: [{ at: START, ...subject, type: 'viewed', personalized_offer_id: offer?.id }],
      fulfillments: [{ at: START, ended: START + 60_000, ...subject, id: fulfillmentId, status: 'completed' }],
      grants: [{ at: START + 60_000, ...subject, feature_id: 'advanced-analytics', value: 'true' }],
      entitlementReads: [{ at: START + 60_000, ...subject, returned: 2 }],
      calls: [
        {
          ...subject,
          operation: 'personalized_offers',
          status: 200,
          body: { custom: { has_advanced_analytics: false } },
        },
        { ...subject, operation: 'offer_events', status: 204 },
        { ...subject, operation: 'offer_fulfillments', status: 202, answer: { offer_fulfillment: {} } },
        { ...subject, operation: 'offer_fulfillments_update', status: 200, body: { status: 'completed' } },
        { ...subject, operation: 'subscription_entitlements', method: 'GET', status: 200 },
      ],
    });
  });

  it('list refused calls only among the calls', async () => {
    const before = records();
    await post('offer_events', { personalized_offer_id: 'nobody', type: 'viewed' });
    const after = records();
    expect(after.calls.at(-1)).toMatchObject({ status: 404, answer: { api_error_code: 'resource_not_found' } });
    expect({ ...after, calls: [] }).toEqual({ ...before, calls: [] });
  });

  it('never contain the key', async () => {
    await upgraded();
    expect(JSON.stringify(records())).not.toMatch(/test_sandbox|Basic /);
  });

  it('are one line each in the log', async () => {
    await get('offer_fulfillments/nobody');
    expect(lines.at(-1)).toBe('GET /api/v2/offer_fulfillments/nobody 404');
  });
});

describe('the page', () => {
  it('opens with its log, and folds what the sandbox assumes and leaves out: nine lines of it once came first', async () => {
    const text = await page();
    expect(text.indexOf('id="log"')).toBeLessThan(text.indexOf('id="scenarios"'));
    const [, fold = ''] = /<details[^>]* id="assumptions">([^]*?)<\/details>/.exec(text) ?? [];
    expect(fold).toContain('the sandbox assumes');
    expect(fold).toContain('It leaves out');
  });

  it('lists what happened, newest first, and can show one customer', async () => {
    const { customer_id } = await upgraded();
    const other = customer();
    await other.asks();

    const text = await page(`?customer_id=${customer_id}`);

    const words = [...text.matchAll(/<strong class="(?:plain|good|bad|quiet)">(.*?)<\/strong>/g)].map(
      ([, word]) => word,
    );
    expect(words).toEqual(['Granted', 'Completed', 'Entitlements read', 'Accepted', 'Viewed', 'Offered']);
    expect(text).not.toContain(other.ids.customer_id);
    expect(await page()).toContain(other.ids.customer_id);
  });

  it('shows refusals and requests that got no offer', async () => {
    const ada = customer('nothing');
    await ada.asks({ storage_used_percent: 12 });
    await post('personalized_offers', { ...ada.ids, email: '<b>nobody</b>' });
    const text = await page(`?customer_id=${ada.ids.customer_id}`);
    expect(text).toContain('No offer');
    expect(text).toContain('Refused 400');
  });

  it('shows what customers send as text, never as markup', async () => {
    await post('personalized_offers', { customer_id: '<img src=x>', custom: { '<script>': 1 } });
    const text = await page();
    expect(text).toContain('&lt;img src=x&gt;');
    expect(text).not.toContain('<img');
  });

  it('loads nothing from other sites, and names every scenario', async () => {
    const text = await page();
    expect(text).not.toMatch(/(src|href)="?(https?:)?\/\//);
    for (const name of ['checkout-in-app', 'many-entitlements', 'billing-fails']) expect(text).toContain(name);
  });
});

it('knows whom a call is about when the ids are e-mail addresses', async () => {
  const ids = { customer_id: 'ada+1@example.com', subscription_id: 'sub/ada@example.com' };
  await post('personalized_offers', ids);
  await get(`subscriptions/${encodeURIComponent(ids.subscription_id)}/subscription_entitlements`);
  expect(records(ids.customer_id).calls).toMatchObject([ids, ids]);
});
