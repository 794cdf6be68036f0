import { describe, expect, it } from 'vitest';
import { basic, KEY, refusal, startChargebee } from '../support/chargebee-http.js';

const { call, get, post, customer, accept, report, records } = await startChargebee();
const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('without the key', () => {
  it.each([
    ['another key', { Authorization: basic('live_other') }],
    ['no credentials', { Authorization: '' }],
    ['the key as a bearer token', { Authorization: `Bearer ${KEY}` }],
  ])('answers nothing (%s)', async (_, headers) => {
    const before = records().offers.length;
    const body = JSON.stringify({ customer_id: 'cus_1', custom: { storage_used_percent: 90 } });

    const answer = await call('POST', 'personalized_offers', { headers: { ...JSON_TYPE, ...headers }, body });

    expect(answer).toMatchObject(refusal(401, 'api_authentication_failed'));
    expect(answer.body).toEqual({ api_error_code: expect.any(String), type: 'untyped', message: expect.any(String) });
    expect(records().offers).toHaveLength(before);
  });
});

describe('a body', () => {
  it.each([
    ['neither JSON nor form-encoded', 'text/plain', 'customer_id=cus_1'],
    ['broken', 'application/json', '{"customer_id":'],
    ['a list', 'application/json;charset=UTF-8', '[1]'],
    ['a number', 'application/json', '4'],
  ])('that is %s is refused', async (_, type, body) => {
    const answer = await call('POST', 'personalized_offers', { headers: { 'Content-Type': type }, body });
    expect(answer).toMatchObject(refusal(400, 'invalid_request'));
  });
});

describe('a wrong parameter is refused and named:', () => {
  it.each([
    ['personalized_offers', {}, 'customer_id'],
    ['personalized_offers', { customer_id: '' }, 'customer_id'],
    ['personalized_offers', { customer_id: 7 }, 'customer_id'],
    ['personalized_offers', { customer_id: 'c'.repeat(51) }, 'customer_id'],
    ['personalized_offers', { customer_id: 'c', subscription_id: null }, 'subscription_id'],
    ['personalized_offers', { customer_id: 'c', email: 'nobody' }, 'email'],
    ['personalized_offers', { customer_id: 'c', roles: 'admin' }, 'roles'],
    ['personalized_offers', { customer_id: 'c', roles: ['a', 'r'.repeat(51)] }, 'roles[1]'],
    ['personalized_offers', { customer_id: 'c', custom: 'x' }, 'custom'],
    [
      'personalized_offers',
      { customer_id: 'c', request_context: { url: `https://${'a'.repeat(250)}` } },
      'request_context[url]',
    ],
    ['personalized_offers', { customer_id: '😀'.repeat(51) }, 'customer_id'],
    ['offer_events', { type: 'viewed' }, 'personalized_offer_id'],
    ['offer_events', { personalized_offer_id: 'x', type: 'accepted' }, 'type'],
    ['offer_fulfillments', { personalized_offer_id: 'x' }, 'option_id'],
    ['offer_fulfillments/x', {}, 'status'],
    ['offer_fulfillments/x', { status: 'in_progress' }, 'status'],
    ['offer_fulfillments/x', { status: 'failed' }, 'failure_reason'],
    ['offer_fulfillments/x', { status: 'failed', failure_reason: '' }, 'failure_reason'],
    ['offer_fulfillments/x', { status: 'failed', failure_reason: 'f'.repeat(101) }, 'failure_reason'],
    ['offer_fulfillments/x', { status: 'completed', failure_reason: 'f'.repeat(101) }, 'failure_reason'],
    ['offer_fulfillments/x', { status: 'completed', id: 'i'.repeat(51) }, 'id'],
    ['estimates/update_subscription_for_items', {}, 'subscription'],
    ['estimates/update_subscription_for_items', { subscription: {} }, 'subscription[id]'],
    [
      'estimates/update_subscription_for_items',
      { subscription: { id: 's' }, subscription_items: [{ item_price_id: 'p', quantity: 1.5 }] },
      'subscription_items[quantity][0]',
    ],
    [`offer_fulfillments/${'x'.repeat(51)}`, { status: 'completed' }, 'id'],
  ])('%s %j', async (path, body, param) => {
    const answer = await post(path, body);
    expect(answer).toMatchObject(refusal(400, 'param_wrong_value', param));
    expect(answer.body).toMatchObject({ type: 'invalid_request', message: expect.stringContaining(`${param} : `) });
  });
});

it.each([
  ['chargebee-business-entity-id', 51],
  ['chargebee-idempotency-key', 101],
])('a header %s of %i characters is refused', async (header, length) => {
  const headers = { ...JSON_TYPE, [header]: 'h'.repeat(length) };
  const answer = await call('POST', 'personalized_offers', { headers, body: JSON.stringify({ customer_id: 'c' }) });
  expect(answer).toMatchObject(refusal(400, 'param_wrong_value', header));
});

it.each([
  ['subscriptions/x/subscription_entitlements?offset=' + 'o'.repeat(1001), 'offset'],
  [`subscriptions/${'s'.repeat(51)}/subscription_entitlements`, 'id'],
  [`hosted_pages/${'h'.repeat(71)}`, 'id'],
])('GET %s is refused for its length', async (path, param) => {
  expect(await get(path)).toMatchObject(refusal(400, 'param_wrong_value', param));
});

it('counts characters, so that fifty emoji are fifty', async () => {
  const body = { customer_id: '😀'.repeat(50), external_user_id: '😀'.repeat(50), roles: ['😀'.repeat(50)] };
  expect((await post('personalized_offers', body)).status).toBe(200);
});

describe('a form-encoded body, as the OpenAPI document has it,', () => {
  const send = (path: string, form: string) => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    return call<{ personalized_offers: { offer_id: string }[] }>('POST', path, { headers, body: form });
  };

  it('asks for offers with nested and free parameters', async () => {
    const custom = encodeURIComponent(JSON.stringify({ storage_used_percent: 90 }));
    const form = `customer_id=cus_form_1&roles[0]=admin&roles[1]=owner&request_context[locale]=en&custom=${custom}`;
    const answer = await send('personalized_offers', form);
    expect(answer.body.personalized_offers).toMatchObject([{ offer_id: 'moreStorage' }]);
    expect(records('cus_form_1').calls.at(-1)?.body).toEqual({
      customer_id: 'cus_form_1',
      roles: ['admin', 'owner'],
      request_context: { locale: 'en' },
      custom: { storage_used_percent: 90 },
    });
  });

  it('keeps the limits of JSON', async () => {
    const answer = await send('personalized_offers', `customer_id=c&request_context[url]=${'u'.repeat(251)}`);
    expect(answer).toMatchObject(refusal(400, 'param_wrong_value', 'request_context[url]'));
    expect(await send('offer_events', 'type=viewed')).toMatchObject(
      refusal(400, 'param_wrong_value', 'personalized_offer_id'),
    );
  });
});

it('an estimate in two currencies is refused', async () => {
  const subscription_items = ['pro-USD-Monthly', 'storage-100gb-EUR-Monthly'].map((id) => ({ item_price_id: id }));
  const answer = await post('estimates/update_subscription_for_items', {
    subscription: { id: 's' },
    subscription_items,
  });
  expect(answer).toMatchObject(refusal(400, 'invalid_request', 'subscription_items[item_price_id][1]'));
});

it('takes every parameter at its full length', async () => {
  const answer = await post('personalized_offers', {
    customer_id: 'c'.repeat(50),
    subscription_id: 's'.repeat(50),
    first_name: 'f'.repeat(150),
    last_name: 'l'.repeat(150),
    email: `${'e'.repeat(58)}@example.com`,
    roles: ['r'.repeat(50)],
    external_user_id: 'u'.repeat(50),
    request_context: {
      user_agent: 'a'.repeat(255),
      locale: 'l'.repeat(50),
      timezone: 't'.repeat(64),
      url: 'u'.repeat(250),
    },
    tomorrow: 'a parameter that Chargebee does not know',
  });
  expect(answer.status).toBe(200);
});

describe('an unknown id is not found:', () => {
  it.each([
    ['offer_events', { personalized_offer_id: 'nobody', type: 'viewed' }, 'personalized_offer_id'],
    ['offer_fulfillments', { personalized_offer_id: 'nobody', option_id: 'x' }, 'personalized_offer_id'],
    ['offer_fulfillments/nobody', { status: 'completed' }, 'offer_fulfillment_id'],
    ['estimates/update_subscription_for_items', { subscription: { id: 'sub_unknown_1' } }, 'subscription_id'],
    [
      'estimates/update_subscription_for_items',
      {
        subscription: { id: 's' },
        subscription_items: [{ item_price_id: 'pro-USD-Monthly' }, { item_price_id: 'nothing' }],
      },
      'subscription_items[item_price_id][1]',
    ],
  ])('%s %j', async (path, body, param) => {
    expect(await post(path, body)).toMatchObject(refusal(404, 'resource_not_found', param));
  });

  it('the option of another offer', async () => {
    const offer = await customer('checkout').offer();
    const answer = await accept(offer, {
      id: 'b94e07d2',
      label: '',
      processing_type: 'billing_update',
      processing_layout: 'full_page',
    });
    expect(answer).toMatchObject(refusal(404, 'resource_not_found', 'option_id'));
  });

  it.each(['offer_fulfillments/nobody', 'hosted_pages/nobody', 'invoices', 'customers/cus_1'])(
    'GET %s',
    async (path) => {
      expect(await get(path)).toMatchObject(refusal(404, 'resource_not_found'));
    },
  );
});

it.each([
  ['GET', 'offer_events'],
  ['GET', 'personalized_offers'],
  ['GET', 'estimates/update_subscription_for_items'],
  ['GET', 'offer_fulfillments'],
  ['DELETE', 'offer_fulfillments/x'],
  ['POST', 'subscriptions/sub_1/subscription_entitlements'],
])('%s %s is not a method of Chargebee', async (method, path) => {
  expect(await call(method, path)).toMatchObject(refusal(405, 'http_method_not_supported'));
});

it('a failed report does not change the fulfillment', async () => {
  const { body } = await accept(await customer('email').offer());
  const { id } = body.offer_fulfillment;
  await report(id, { status: 'failed' });
  expect((await get<typeof body>(`offer_fulfillments/${id}`)).body.offer_fulfillment.status).toBe('in_progress');
});
