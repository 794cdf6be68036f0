import { describe, expect, it, onTestFinished } from 'vitest';
import { refusal, START, startChargebee } from '../support/chargebee-http.js';
import { sdkFor } from './sdk.js';

interface Page {
  list: { subscription_entitlement: { feature_id: string } }[];
  next_offset?: string;
}

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

const { url, sandbox, get, post, customer, accept, later, records } = await startChargebee();
const sdk = sdkFor(url);
/** With a clock of its own. */
const other = await startChargebee();
const list = (subscriptionId: string, query = '') =>
  get<Page>(`subscriptions/${subscriptionId}/subscription_entitlements${query}`);

describe('the list of entitlements', () => {
  it('comes ten at a time, with a next_offset only while more follow', async () => {
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

  it.each(['', '10', '["x","231"]'])('refuses the offset "%s", which it never returned', async (offset) => {
    const answer = await list('sub_1', `?offset=${encodeURIComponent(offset)}`);
    expect(answer).toMatchObject(refusal(400, 'param_wrong_value', 'offset'));
  });
});

describe('an override', () => {
  const analytics = async (subscriptionId: string) => {
    const { list } = await sdk.subscriptionEntitlement.subscriptionEntitlementsForSubscription(subscriptionId, {});
    return list.find(({ subscription_entitlement: { feature_id } }) => feature_id === 'advanced-analytics')
      ?.subscription_entitlement;
  };

  it('wins over the items, and is marked as an override', async () => {
    expect(await analytics('sub_entitled-override')).toMatchObject({ value: 'true', is_overridden: true });
    expect(await analytics('sub_entitled-by-items')).toMatchObject({ value: 'true', is_overridden: false });
  });

  it('has an expiry when it is temporary, stays for 12 hours after it, and then the items count again', async () => {
    expect(await analytics('sub_entitled-until-tomorrow')).toMatchObject({
      value: 'true',
      is_overridden: true,
      expires_at: (START + DAY_MS) / 1000,
    });
    later(DAY_MS + 12 * HOUR_MS - 1);
    expect(await analytics('sub_entitled-until-tomorrow')).toMatchObject({ value: 'true', is_overridden: true });
    later(1);
    const after = await analytics('sub_entitled-until-tomorrow');
    expect(after).toMatchObject({ value: 'false', name: 'Not Available', is_overridden: false });
    expect(after).not.toHaveProperty('expires_at');
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
    ['entitled-by-items', 'advanced-analytics', 'true'],
    ['entitled-by-items', 'seats', '25'],
    ['entitled-by-items', 'api-calls', '10000'],
    ['entitled-by-items', 'support-level', 'chat'],
    ['entitled-override', 'advanced-analytics', 'true'],
  ])('of scenario %s has %s at %s', async (scenario, featureId, value) => {
    expect(await customer(scenario).entitlement(featureId)).toBe(value);
  });

  it('lists an entitlement that is switched off with is_enabled false', async () => {
    expect(JSON.stringify((await list('sub_entitled-disabled')).body)).toContain('"is_enabled":false');
  });

  it.each(['entitled', 'sub_entitled', 'sub_entitled_7', 'entitled-7'])(
    'belongs to a scenario by its id: %s',
    async (id) => {
      expect(JSON.stringify((await list(id)).body)).toContain('advanced-analytics');
    },
  );

  it.each(['entitledly', 'my_entitled', 'sub_disentitled_1'])('is an ordinary one with the id %s', async (id) => {
    expect(JSON.stringify((await list(id)).body)).not.toContain('advanced-analytics');
  });

  it('belongs to the customer who asked for offers with it', async () => {
    await post('personalized_offers', { customer_id: 'entitled_9', subscription_id: 'AzZlGRTYl9' });
    expect(JSON.stringify((await list('AzZlGRTYl9')).body)).toContain('advanced-analytics');
    expect(records().entitlementReads.at(-1)).toMatchObject({ customer_id: 'entitled_9', returned: 2 });
  });
});

describe('a completed fulfillment', () => {
  it('adds an item when the grant adds a level, and an override when it sets one', async () => {
    const seats = { feature_id: 'seats', feature_name: 'Seats', feature_type: 'quantity' } as const;
    const play = (name: string, grant: { set: string } | { add: string }) => ({
      name,
      priority: 1,
      audience: [{ field: 'custom.wants', operator: 'is' as const, value: name }],
      offer: {
        id: name,
        content: { title: name, description: '' },
        options: [{ id: 'o1', label: 'Add', processing_type: 'billing_update' as const }],
      },
      grants: [{ feature: seats, ...grant }],
    });
    sandbox.plays.replace({
      fields: { 'custom.wants': 'string' },
      plays: [play('ten-more', { add: '10' }), play('exactly-three', { set: '3' })],
      entitlements: [{ feature: seats, value: 5, quantity: 2 }],
    });
    const ada = customer();
    expect(await ada.entitlement('seats')).toBe('10');

    await accept(await ada.offer({ wants: 'ten-more' }));
    later(1500);
    expect(await ada.entitlement('seats')).toBe('20');

    await accept(await ada.offer({ wants: 'exactly-three' }));
    later(1500);
    expect(await ada.entitlement('seats')).toBe('3');
  });
});

describe('the form of an entitlement', () => {
  const only = async (scenario: string, featureId: string) => {
    const { list } = await sdk.subscriptionEntitlement.subscriptionEntitlementsForSubscription(`sub_${scenario}`, {});
    return list.find(({ subscription_entitlement: { feature_id } }) => feature_id === featureId)
      ?.subscription_entitlement;
  };

  it.each([
    ['entitled-quantity', 'seats', '25 seats'],
    ['entitled-range', 'api-calls', '5000 calls'],
    ['entitled-unlimited', 'storage-gb', 'unlimited GB'],
    ['entitled-custom', 'support-level', 'gold'],
  ])('of scenario %s names %s in the plural: %s', async (scenario, featureId, name) => {
    expect(await only(scenario, featureId)).toMatchObject({ name });
  });

  it('says that an override is scheduled, until it begins', async () => {
    const { get, later } = other;
    const list = async () =>
      JSON.stringify((await get('subscriptions/sub_entitled-scheduled/subscription_entitlements')).body);
    const from = (START + DAY_MS) / 1000;
    expect(await list()).toContain(`"effective_from":${from},"schedule_status":"scheduled"`);
    later(DAY_MS);
    expect(await list()).toContain(`"effective_from":${from},"schedule_status":"activated"`);
  });

  it('may lack the value, or the value and the type', async () => {
    const noValue = await only('entitled-no-value', 'advanced-analytics');
    expect(noValue).toMatchObject({ feature_type: 'switch', is_enabled: true });
    expect(noValue).not.toHaveProperty('value');
    const untyped = await only('entitled-untyped', 'advanced-analytics');
    expect(untyped).not.toHaveProperty('value');
    expect(untyped).not.toHaveProperty('feature_type');
  });
});

describe('the status of a subscription', () => {
  const status = async (id: string) =>
    (await get<{ subscription: { status: string } }>(`subscriptions/${id}`)).body.subscription.status;

  it.each([
    ['ordinary', 'active'],
    ['in-trial', 'in_trial'],
    ['non-renewing', 'non_renewing'],
    ['paused', 'paused'],
    ['cancelled', 'cancelled'],
  ])('of scenario %s is %s', async (scenario, expected) => {
    expect(await status(`sub_${scenario}_1`)).toBe(expected);
  });

  it.each(['paused', 'cancelled'])('does not change the list: %s', async (scenario) => {
    expect(await customer(scenario).entitlement('advanced-analytics')).toBe('true');
  });

  it('follows its events, and they name it', async () => {
    const subject = { customer_id: 'cus_7', subscription_id: 'sub_7' };
    const paused = sandbox.webhooks.announce('subscription_paused', subject);
    expect(paused.content).toMatchObject({ subscription: { id: 'sub_7', status: 'paused' } });
    expect(await status('sub_7')).toBe('paused');
    sandbox.webhooks.announce('subscription_resumed', subject);
    expect(await status('sub_7')).toBe('active');
  });

  it('is not found for a subscription that Chargebee does not have, and neither is its list', async () => {
    const unknown = refusal(404, 'resource_not_found', 'subscription_id');
    expect(await get('subscriptions/sub_unknown_1')).toMatchObject(unknown);
    expect(await list('sub_unknown_1')).toMatchObject(unknown);
  });
});

describe('the entitlements of a customer', () => {
  const listOf = (id: string, query = '') =>
    get<{ list: { customer_entitlement: object }[] }>(`customers/${id}/customer_entitlements${query}`);

  it('are refused unless the site has them', async () => {
    expect(await listOf('cus_entitled_1')).toMatchObject(refusal(400, 'configuration_incompatible'));
  });

  it('are those of active and non-renewing subscriptions', async () => {
    sandbox.settings.change({ customerEntitlements: true });
    onTestFinished(() => sandbox.settings.change({ customerEntitlements: false }));
    expect((await listOf('cus_entitled_1')).body.list.at(-1)).toEqual({
      customer_entitlement: {
        customer_id: 'cus_entitled_1',
        subscription_id: 'sub_entitled_1',
        feature_id: 'advanced-analytics',
        value: 'true',
        name: 'Available',
        is_enabled: true,
      },
    });
    const consolidated = await listOf('cus_non-renewing_1', '?consolidate_entitlements=true');
    expect(consolidated.body.list.at(-1)?.customer_entitlement).not.toHaveProperty('subscription_id');
    expect((await listOf('cus_cancelled_1')).body.list).toEqual([]);
  });
});

describe('the list of features', () => {
  const listed = async (query = '') =>
    (await get<{ list: { feature: { id: string; type?: string } }[]; next_offset?: string }>(`features${query}`)).body;

  it('has those of the stand-in and those that the plays name, a page at a time', async () => {
    const first = await listed('?limit=2');
    const rest = await listed(`?limit=100&offset=${encodeURIComponent(first.next_offset ?? '')}`);

    const ids = [...first.list, ...rest.list].map(({ feature }) => feature.id);
    expect(ids).toEqual(expect.arrayContaining(['advanced-analytics', 'storage-gb', 'seats', 'support-level']));
    expect(new Set(ids).size).toBe(ids.length);
    expect(first.list).toHaveLength(2);
    expect(rest.next_offset).toBeUndefined();
  });
});
