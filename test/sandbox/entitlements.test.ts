import { describe, expect, it } from 'vitest';
import { refusal, startChargebee } from '../support/chargebee-http.js';

interface Page {
  list: { subscription_entitlement: { feature_id: string } }[];
  next_offset?: string;
}

const { get, post, customer, records } = await startChargebee();
const list = (subscriptionId: string, query = '') =>
  get<Page>(`subscriptions/${subscriptionId}/subscription_entitlements${query}`);

describe('the list of entitlements', () => {
  it('comes ten at a time, and has a next_offset only while there are more', async () => {
    const seen: string[] = [];
    let query = '';
    for (let pages = 0; pages < 13; pages += 1) {
      const { body } = await list('sub_many-entitlements_1', query);
      seen.push(...body.list.map(({ subscription_entitlement: { feature_id } }) => feature_id));
      query = body.next_offset === undefined ? 'the end' : `?offset=${encodeURIComponent(body.next_offset)}`;
      expect(body.list).toHaveLength(pages < 12 ? 10 : 1);
    }
    expect(query).toBe('the end');
    expect(new Set(seen).size).toBe(121);
    expect(seen.at(-1)).toBe('advanced-analytics');
  });

  it('has at most a hundred, so that Advanced Analytics is on the second page', async () => {
    const first = (await list('sub_many-entitlements_2', '?limit=100')).body;
    expect(first.list).toHaveLength(100);
    expect(JSON.stringify(first)).not.toContain('advanced-analytics');
  });

  it.each(['0', '101', '-1', 'ten', '1.5', ''])('refuses the limit "%s"', async (limit) => {
    expect(await list('sub_1', `?limit=${limit}`)).toMatchObject(refusal(400, 'param_wrong_value', 'limit'));
  });

  it.each(['', '10', '["x","231"]'])('refuses the offset "%s", which it did not give', async (offset) => {
    const answer = await list('sub_1', `?offset=${encodeURIComponent(offset)}`);
    expect(answer).toMatchObject(refusal(400, 'param_wrong_value', 'offset'));
  });
});

describe('a subscription', () => {
  it.each([
    ['ordinary', 'advanced-analytics', undefined],
    ['ordinary', 'storage-gb', '100'],
    ['entitled', 'advanced-analytics', 'true'],
    ['entitled-available', 'advanced-analytics', 'available'],
    ['not-entitled', 'advanced-analytics', 'false'],
    ['entitled-quantity', 'seats', '25'],
    ['entitled-range', 'api-calls', '5000'],
    ['entitled-custom', 'support-level', 'gold'],
    ['entitled-unlimited', 'storage-gb', 'unlimited'],
  ])('of scenario %s has %s at %s', async (scenario, featureId, value) => {
    expect(await customer(scenario).entitlement(featureId)).toBe(value);
  });

  it('says so when its entitlement is switched off', async () => {
    expect(JSON.stringify((await list('sub_entitled-disabled')).body)).toContain('"is_enabled":false');
  });

  it.each(['entitled', 'sub_entitled', 'sub_entitled_7', 'entitled-7'])('is told by its id: %s', async (id) => {
    expect(JSON.stringify((await list(id)).body)).toContain('advanced-analytics');
  });

  it.each(['entitledly', 'my_entitled', 'sub_disentitled_1'])('is an ordinary one by the id %s', async (id) => {
    expect(JSON.stringify((await list(id)).body)).not.toContain('advanced-analytics');
  });

  it('follows the customer who asked for offers with it', async () => {
    await post('personalized_offers', { customer_id: 'entitled_9', subscription_id: 'AzZlGRTYl9' });
    expect(JSON.stringify((await list('AzZlGRTYl9')).body)).toContain('advanced-analytics');
    expect(records().entitlementReads.at(-1)).toMatchObject({ customer_id: 'entitled_9', returned: 2 });
  });
});
