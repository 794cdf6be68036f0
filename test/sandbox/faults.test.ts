import { afterEach, describe, expect, it } from 'vitest';
import { basic, KEY, refusal, startChargebee } from '../support/chargebee-http.js';
import { sdkFor } from './sdk.js';

const { url, customer, accept, event, fulfillment, records } = await startChargebee();
const sdk = sdkFor(url);

function addFault(fault: Record<string, unknown>, type = 'application/json') {
  const body = JSON.stringify({ operation: '*', kind: 'unavailable', ...fault });
  return fetch(`${url}/sandbox/faults`, { method: 'POST', headers: { 'Content-Type': type }, body });
}

const raw = async (customer_id: string, signal: AbortSignal | null = null) => {
  const headers = { 'Content-Type': 'application/json', Authorization: basic(KEY) };
  const body = JSON.stringify({ customer_id });
  const response = await fetch(`${url}/api/v2/personalized_offers`, { method: 'POST', headers, body, signal });
  return { status: response.status, text: await response.text() };
};

const clearFaults = () => fetch(`${url}/sandbox/faults`, { method: 'DELETE' });

afterEach(clearFaults);

describe('with a fault, Chargebee', () => {
  it('is unavailable until the fault is removed', async () => {
    await addFault({ kind: 'unavailable' });
    expect(await customer().asks()).toMatchObject(refusal(503, 'internal_temporary_error'));
    expect(await customer().asks()).toMatchObject(refusal(503, 'internal_temporary_error'));
    await clearFaults();
    expect(await customer().asks()).toMatchObject({ status: 200 });
  });

  it('is unavailable twice, and back at the third call', async () => {
    await addFault({ times: 2 });
    const statuses = [];
    for (let call = 0; call < 3; call += 1) statuses.push((await customer().asks()).status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  it('is busy, with Retry-After only when it was set', async () => {
    await addFault({ kind: 'busy', retryAfter: 7, times: 1 });
    const answer = await customer().asks();
    expect(answer).toMatchObject(refusal(429, 'api_request_limit_exceeded'));
    expect(answer.headers.get('retry-after')).toBe('7');

    await addFault({ kind: 'busy', times: 1 });
    expect((await customer().asks()).headers.has('retry-after')).toBe(false);
  });

  it('answers with the HTML page of an edge server', async () => {
    await addFault({ kind: 'html' });
    const { status, headers, body } = await customer().asks();
    expect(status).toBe(502);
    expect(headers.get('content-type')).toContain('text/html');
    expect(body).toContain('<!doctype html>');
  });

  it('drops the connection, and answers the next call', async () => {
    await addFault({ kind: 'drop', times: 1 });
    await expect(customer().asks()).rejects.toThrow('fetch failed');
    expect(records().calls.at(-1)).toMatchObject({ operation: 'personalized_offers', status: 0 });
    expect(await customer().asks()).toMatchObject({ status: 200 });
  });

  it('answers 500', async () => {
    await addFault({ kind: 'error', times: 1 });
    expect(await customer().asks()).toMatchObject(refusal(500, 'internal_error'));
  });

  it('answers with an empty body', async () => {
    await addFault({ kind: 'empty', times: 1 });
    expect(await raw(customer().ids.customer_id)).toMatchObject({ status: 200, text: '' });
  });

  it('announces a whole answer and sends half of it, after doing the work', async () => {
    const offer = await customer('email').offer();
    await addFault({ operation: 'offer_fulfillments', kind: 'half', times: 1 });
    await expect(accept(offer)).rejects.toThrow('terminated');
    expect((await accept(offer)).status).toBe(409);
  });

  it('answers late but correctly', async () => {
    await addFault({ kind: 'slow', delayMs: 150 });
    let isTimeOver = false;
    setTimeout(() => (isTimeOver = true), 150);
    expect(await customer('checkout').offer()).toBeDefined();
    expect(isTimeOver).toBe(true);
  });
});

describe('refused by a fault with', () => {
  it.each([
    ['basic_authentication_failed', 401],
    ['api_authorization_failed', 403],
    ['request_blocked', 403],
    ['site_not_found', 404],
    ['unable_to_process_request', 422],
    ['api_request_limit_exceeded', 429],
    ['third_party_api_request_limit_exceeded', 429],
    ['lock_timeout', 429],
    ['internal_temporary_error', 503],
    ['site_not_ready', 503],
    ['site_read_only_mode', 503],
    ['db_connection_failure', 503],
  ])('%s, a call is answered %i', async (code, status) => {
    await addFault({ kind: 'refused', code, times: 1 });
    expect(await customer().asks()).toMatchObject(refusal(status, code));
    expect((await customer().asks()).status).toBe(200);
  });

  it('a message of its own and Retry-After, a call has both', async () => {
    await addFault({ kind: 'refused', code: 'lock_timeout', message: 'ada@example.com is locked', retryAfter: 2 });
    const answer = await customer().asks();
    expect(answer.body).toMatchObject({ message: 'ada@example.com is locked' });
    expect(answer.headers.get('retry-after')).toBe('2');
  });

  it('an HTTP date as Retry-After, a call has it as it is', async () => {
    await addFault({ kind: 'busy', retryAfter: 'Thu, 01 Jan 2026 00:00:30 GMT' });
    expect((await customer().asks()).headers.get('retry-after')).toBe('Thu, 01 Jan 2026 00:00:30 GMT');
  });
});

it.each([
  ['fault-lock-timeout', 429, 'lock_timeout'],
  ['fault-third-party-limit', 429, 'third_party_api_request_limit_exceeded'],
  ['fault-blocked', 403, 'request_blocked'],
  ['fault-403', 403, 'api_authorization_failed'],
  ['fault-site-not-found', 404, 'site_not_found'],
  ['fault-422', 422, 'unable_to_process_request'],
  ['fault-site-not-ready', 503, 'site_not_ready'],
  ['fault-site-read-only', 503, 'site_read_only_mode'],
  ['fault-db-connection', 503, 'db_connection_failure'],
  ['fault-basic-auth', 401, 'basic_authentication_failed'],
])('the customer %s is answered %i %s at every call', async (scenario, status, code) => {
  expect(await customer(scenario).asks()).toMatchObject(refusal(status, code));
});

it.each([
  ['fault-404-page', 404, expect.stringContaining('<!doctype html>')],
  ['fault-null', 200, null],
  ['fault-text', 200, 'OK'],
])('the customer %s is answered %i without an object', async (scenario, status, body) => {
  expect(await customer(scenario).asks()).toMatchObject({ status, body });
});

describe.each([
  ['fault-500', 500],
  ['fault-502', 500],
  ['fault-503', 503],
  ['fault-429', 429],
  ['fault-empty', 500],
])('the SDK, for a customer of scenario %s', (scenario, http_status_code) => {
  it('gets the fault at every call, and other customers do not', async () => {
    const { ids } = customer(scenario);
    for (let call = 0; call < 2; call += 1) {
      await expect(sdk.personalizedOffer.personalizedOffers(ids)).rejects.toMatchObject({ http_status_code });
    }
    const list = sdk.subscriptionEntitlement.subscriptionEntitlementsForSubscription(ids.subscription_id, {});
    await expect(list).rejects.toMatchObject({ http_status_code });
    expect(await customer().asks()).toMatchObject({ status: 200 });
  });
});

describe('a customer', () => {
  it.each([
    ['fault-drop', 'fetch failed'],
    ['fault-half', 'terminated'],
  ])('of scenario %s gets no complete answer', async (scenario, message) => {
    await expect(customer(scenario).asks()).rejects.toThrow(message);
  });

  it('of scenario fault-429 gets Retry-After', async () => {
    expect((await customer('fault-429').asks()).headers.get('retry-after')).toBe('30');
  });

  it('of scenario fault-slow waits five seconds, longer than a client should', async () => {
    const { customer_id } = customer('fault-slow').ids;
    await expect(raw(customer_id, AbortSignal.timeout(300))).rejects.toThrow('timeout');
  });

  it('can have a fault of their own, for every operation', async () => {
    const [ada, ben] = [customer('email'), customer('email')];
    const offer = await ada.offer();
    await addFault({ kind: 'unavailable', customer_id: ada.ids.customer_id });
    expect((await ada.asks()).status).toBe(503);
    expect((await accept(offer)).status).toBe(503);
    expect((await ben.asks()).status).toBe(200);
  });
});

describe('a fault', () => {
  it('for one operation does not affect the others', async () => {
    const offer = await customer('email').offer();
    await addFault({ operation: 'offer_events' });
    expect(await event(offer, 'viewed')).toMatchObject({ status: 503 });
    expect(await accept(offer)).toMatchObject({ status: 202 });
    expect(records().events.filter((each) => each.personalized_offer_id === offer?.id)).toEqual([]);
  });

  it('for offer_fulfillments also affects reading them, unless a narrower operation is named', async () => {
    const { body } = await accept(await customer('email').offer());
    await addFault({ operation: 'offer_fulfillments' });
    expect((await fulfillment(body.offer_fulfillment.id)).status).toBe(503);
    await clearFaults();
    await addFault({ operation: 'offer_fulfillments_update' });
    expect((await fulfillment(body.offer_fulfillment.id)).status).toBe(200);
  });

  it.each(['unavailable', 'html', 'busy'] as const)('after the work loses only the answer (%s)', async (kind) => {
    const ada = customer('email');
    const offer = await ada.offer();
    await addFault({ operation: 'offer_fulfillments', kind, after: true, times: 1 });

    expect((await accept(offer)).status).toBeGreaterThanOrEqual(429);

    expect(records().fulfillments.filter((each) => each.personalized_offer_id === offer?.id)).toHaveLength(1);
    expect((await accept(offer)).status).toBe(409);
  });

  it('after the work can be a dropped connection', async () => {
    const offer = await customer('email').offer();
    await addFault({ operation: 'offer_fulfillments', kind: 'drop', after: true, times: 1 });
    await expect(accept(offer)).rejects.toThrow('fetch failed');
    expect((await accept(offer)).status).toBe(409);
  });

  it.each([
    { kind: 'tired' },
    { kind: 'refused' },
    { kind: 'refused', code: 'too_tired' },
    { kind: 'error', code: 'lock_timeout' },
    { operation: 'invoices' },
    { times: 0 },
    { sometimes: 2 },
  ])('is refused when the sandbox does not know it: %j', async (fault) => {
    expect((await addFault(fault)).status).toBe(400);
    expect((await customer().asks()).status).toBe(200);
  });

  it('cannot be added by a page on another site, which could only send text', async () => {
    expect((await addFault({}, 'text/plain')).status).toBe(400);
    expect((await customer().asks()).status).toBe(200);
  });
});
