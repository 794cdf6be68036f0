/** An offer that Chargebee still lists after it was accepted. */
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { MINUTE_MS } from '../../../proxy/constants.js';
import { newCustomer } from '../../support/customer.js';
import { holdAnswers } from '../../support/held-answers.js';
import { startProxy, startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let aheadMs: number;
let stack: Stack;
let listed: { count: number; answer: string | undefined };

const now = () => Date.now() + aheadMs;

/** Chargebee lists the first offer of each test for ever, each time under a new id, as long as it lives. */
const listsForEver: typeof fetch = async (url, init) => {
  if (!String(url).endsWith('/personalized_offers')) return fetch(url, init);
  listed.count += 1;
  listed.answer ??= await (await fetch(url, init)).text();
  const answer = JSON.parse(listed.answer);
  if (listed.count > 1) answer.personalized_offers[0].id += `_${listed.count}`;
  return Response.json(answer);
};

beforeEach(async () => {
  aheadMs = 0;
  listed = { count: 0, answer: undefined };
  stack = await startStack({ sandbox: { now, offerLifetimeMs: 60 * MINUTE_MS }, proxy: { now, fetch: listsForEver } });
});
afterEach(() => stack.close());

const accepted = async () => {
  const who = await newCustomer('ordinary', { secret: stack.identitySecret, expires: '1 day' });
  const as = asCustomer(stack, who);
  const { offerId, optionId } = offered(await as.ask({ context: { storage_used_percent: 90 } }));
  const id = fulfillmentIdOf(await as.accept(offerId, optionId));
  return { ...who, ...as, id, load: async () => (await as.ask({ context: { storage_used_percent: 90 } })).body };
};

describe('an accepted offer that Chargebee still lists', () => {
  it('is not shown while it is carried out and just after, and costs no call per page load', async () => {
    const { load, outcome, id } = await accepted();

    for (let loads = 0; loads < 5; loads += 1) expect(await load()).toEqual({ offer: null, why: 'no_match' });
    expect(listed.count).toBe(2);
    aheadMs = 5_000;
    expect((await outcome(id)).body.status).toBe('completed');
    expect(await load()).toEqual({ offer: null, why: 'no_match' });
  });

  it('is shown once Chargebee had time to process it, because then Chargebee sells it again', async () => {
    const { load, outcome, id } = await accepted();
    aheadMs = 5_000;
    expect((await outcome(id)).body.status).toBe('completed');
    aheadMs = 10 * MINUTE_MS;

    expect((await load()).offer).not.toBeNull();
  });

  it('is shown again if the acceptance has failed there, although nobody has asked how it stands', async () => {
    const who = await newCustomer('ordinary', { secret: stack.identitySecret, expires: '1 day' });
    const as = asCustomer(stack, who);
    const { offerId, optionId } = offered(await as.ask({ feature: 'advanced-analytics' }));
    const id = fulfillmentIdOf(await as.accept(offerId, optionId));
    expect((await as.ask({ feature: 'advanced-analytics' })).body.offer).toBeNull();
    await fetch(`${stack.sandboxUrl}/api/v2/offer_fulfillments/${id}`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa('test_sandbox:')}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ status: 'failed', failure_reason: 'of the test' }),
    });
    aheadMs = 2 * MINUTE_MS;

    expect((await as.ask({ feature: 'advanced-analytics' })).body.offer).not.toBeNull();
  });

  it('is not shown by a question that was under way while it was accepted', async () => {
    const held = holdAnswers(/^POST .*\/personalized_offers$/);
    const slow = await startProxy(stack.environment, { fetch: held.fetch });
    onTestFinished(() => slow.stop());
    const who = await newCustomer('ordinary', { secret: stack.identitySecret });
    const [as, slowly] = [asCustomer(stack, who), asCustomer(slow, who)];
    const { offerId, optionId } = offered(await as.ask({ feature: 'advanced-analytics' }));
    const german = { feature: 'advanced-analytics', page: { locale: 'de' } };

    const asked = slowly.ask(german);
    await held.arrived;
    await as.accept(offerId, optionId);
    held.release();

    expect((await asked).body.offer).toBeNull();
    expect((await slowly.ask(german)).body.offer).toBeNull();
  });
});

describe('the way on after an acceptance', () => {
  /** Chargebee's answer to an acceptance, with another `redirect_url`. */
  const redirectsTo =
    (redirectUrl: string | null, optionUrl?: null): typeof fetch =>
    async (url, init) => {
      const answer = await fetch(url, init);
      if (String(url).endsWith('/offer_fulfillments')) {
        const body = await answer.json();
        body.offer_fulfillment.redirect_url = redirectUrl;
        return Response.json(body);
      }
      if (optionUrl !== null || !String(url).endsWith('/personalized_offers')) return answer;
      const body = await answer.json();
      for (const option of body.personalized_offers[0].options) option.redirect_url = null;
      return Response.json(body);
    };
  const acceptedAt = async (upstream: typeof fetch) => {
    const errors: string[] = [];
    const log = { info() {}, warn() {}, error: (_: object, text: string) => void errors.push(text) };
    const own = await startProxy(stack.environment, { fetch: upstream, log });
    onTestFinished(() => own.stop());
    const who = await newCustomer('ordinary', { secret: stack.identitySecret });
    const as = asCustomer(own, who);
    const { offerId, optionId } = offered(await as.ask({ feature: 'advanced-analytics' }));
    return { ...who, ...as, errors, body: (await as.accept(offerId, optionId)).body };
  };

  it.each([['javascript:alert(1)'], ['http://elsewhere.example/'], ['no url'], [null]])(
    "is the option's URL if the fulfillment's is of no use: %s once kept the customer waiting for 7 days",
    async (url) => {
      const { body } = await acceptedAt(redirectsTo(url));
      expect(body).toMatchObject({ status: 'redirect', url: expect.stringMatching(/^http:\/\/localhost:/) });
    },
  );

  it('is told not to exist if neither has one, and the operator gets a line', async () => {
    const { body, errors, customerId } = await acceptedAt(redirectsTo(null, null));

    expect(body).toMatchObject({ status: 'failed', code: 'unsupported', fulfillmentId: expect.any(String) });
    expect(errors).toEqual([expect.stringContaining('leads nowhere')]);
    const [fulfillment] = (await sandboxOf(stack).records({ customerId })).fulfillments;
    expect(fulfillment).toMatchObject({ status: 'in_progress' });
    expect((await asServer(stack).complete(fulfillment?.id ?? '')).status).toBe(200);
  });

  it('is no checkout whose page has expired', async () => {
    const own = await startProxy(stack.environment, { now });
    onTestFinished(() => own.stop());
    const who = await newCustomer('checkout', { secret: stack.identitySecret, expires: '1 day' });
    const as = asCustomer(own, who);
    const { offerId, optionId } = offered(await as.ask({ feature: 'advanced-analytics' }));
    expect((await as.accept(offerId, optionId)).body.status).toBe('checkout');
    await sandboxOf(stack).misbehave({ operation: 'offer_fulfillments_get', kind: 'unavailable' });
    aheadMs = 181 * MINUTE_MS;

    expect((await as.accept(offerId, optionId)).body).toMatchObject({ status: 'pending' });
  });
});
