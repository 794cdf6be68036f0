import { afterEach, describe, expect, it } from 'vitest';
import { refusal, startChargebee } from '../support/chargebee-http.js';

const { url, customer, accept, event, fulfillment, records } = await startChargebee();

function order(fault: Record<string, unknown>, type = 'application/json') {
  const body = JSON.stringify({ operation: '*', kind: 'unavailable', ...fault });
  return fetch(`${url}/sandbox/faults`, { method: 'POST', headers: { 'Content-Type': type }, body });
}

const repair = () => fetch(`${url}/sandbox/faults`, { method: 'DELETE' });

afterEach(repair);

describe('Chargebee, ordered to', () => {
  it('be down, is down until it is repaired', async () => {
    await order({ kind: 'unavailable' });
    expect(await customer().asks()).toMatchObject(refusal(503, 'internal_temporary_error'));
    expect(await customer().asks()).toMatchObject(refusal(503, 'internal_temporary_error'));
    await repair();
    expect(await customer().asks()).toMatchObject({ status: 200 });
  });

  it('be down twice, is back at the third call', async () => {
    await order({ times: 2 });
    const statuses = [];
    for (let call = 0; call < 3; call += 1) statuses.push((await customer().asks()).status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  it('be busy, says for how long only if told', async () => {
    await order({ kind: 'busy', retryAfter: 7, times: 1 });
    const answer = await customer().asks();
    expect(answer).toMatchObject(refusal(429, 'api_request_limit_exceeded'));
    expect(answer.headers.get('retry-after')).toBe('7');

    await order({ kind: 'busy', times: 1 });
    expect((await customer().asks()).headers.has('retry-after')).toBe(false);
  });

  it('answer with the HTML page of an edge server, does', async () => {
    await order({ kind: 'html' });
    const { status, headers, body } = await customer().asks();
    expect(status).toBe(502);
    expect(headers.get('content-type')).toContain('text/html');
    expect(body).toContain('<!doctype html>');
  });

  it('drop the connection, does not answer, and is well again for the next call', async () => {
    await order({ kind: 'drop', times: 1 });
    await expect(customer().asks()).rejects.toThrow('fetch failed');
    expect(records().calls.at(-1)).toMatchObject({ operation: 'personalized_offers', status: 0 });
    expect(await customer().asks()).toMatchObject({ status: 200 });
  });

  it('be slow, answers late, but right', async () => {
    await order({ kind: 'slow', delayMs: 150 });
    const asked = performance.now();
    expect(await customer('checkout').offer()).toBeDefined();
    expect(performance.now() - asked).toBeGreaterThan(145);
  });
});

describe('a fault', () => {
  it('of one operation leaves the others alone', async () => {
    const offer = await customer('email').offer();
    await order({ operation: 'offer_events' });
    expect(await event(offer, 'viewed')).toMatchObject({ status: 503 });
    expect(await accept(offer)).toMatchObject({ status: 202 });
    expect(records().events.filter((each) => each.personalized_offer_id === offer?.id)).toEqual([]);
  });

  it('of offer_fulfillments is one of reading them too, unless the operation is named more closely', async () => {
    const { body } = await accept(await customer('email').offer());
    await order({ operation: 'offer_fulfillments' });
    expect((await fulfillment(body.offer_fulfillment.id)).status).toBe(503);
    await repair();
    await order({ operation: 'offer_fulfillments_update' });
    expect((await fulfillment(body.offer_fulfillment.id)).status).toBe(200);
  });

  it.each(['unavailable', 'html', 'busy'] as const)(
    'after the work loses the answer, not the work (%s)',
    async (kind) => {
      const ada = customer('email');
      const offer = await ada.offer();
      await order({ operation: 'offer_fulfillments', kind, after: true, times: 1 });

      expect((await accept(offer)).status).toBeGreaterThanOrEqual(429);

      expect(records().fulfillments.filter((each) => each.personalized_offer_id === offer?.id)).toHaveLength(1);
      expect((await accept(offer)).status).toBe(409);
    },
  );

  it('after the work can be a dropped connection', async () => {
    const offer = await customer('email').offer();
    await order({ operation: 'offer_fulfillments', kind: 'drop', after: true, times: 1 });
    await expect(accept(offer)).rejects.toThrow('fetch failed');
    expect((await accept(offer)).status).toBe(409);
  });

  it.each([{ kind: 'tired' }, { operation: 'invoices' }, { times: 0 }, { sometimes: 2 }])(
    'that the sandbox does not know is refused: %j',
    async (fault) => {
      expect((await order(fault)).status).toBe(400);
      expect((await customer().asks()).status).toBe(200);
    },
  );

  it('cannot be ordered by a foreign page, which could send text only', async () => {
    expect((await order({}, 'text/plain')).status).toBe(400);
    expect((await customer().asks()).status).toBe(200);
  });
});
