import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { newCustomer, signToken } from '../../support/customer.js';
import { holdAnswers, type Change } from '../../support/held-answers.js';
import { startProxy, startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let stack: Stack;
const customer = async (scenario?: string) => {
  const who = await newCustomer(scenario, { secret: stack.identitySecret });
  return { ...who, ...asCustomer(stack, who) };
};
const withOffer = async (scenario?: string) => {
  const who = await customer(scenario);
  return { ...who, ...offered(await who.ask({ feature: 'advanced-analytics' })) };
};
const createCalls = async (of: { customerId: string }) =>
  (await sandboxOf(stack).records(of)).calls.filter((call) => call.operation === 'offer_fulfillments');

beforeAll(async () => {
  stack = await startStack();
});
afterEach(() => sandboxOf(stack).behave());
afterAll(() => stack.close());

describe('accepting an offer', () => {
  it("sends the customer to the app's upgrade page", async () => {
    const { accept, offerId, optionId } = await withOffer();

    const { status, body } = await accept(offerId, optionId);

    expect([status, body]).toEqual([
      200,
      { status: 'redirect', fulfillmentId: expect.any(String), url: expect.stringMatching(/^http:\/\/localhost:/) },
    ]);
  });

  it.each([
    ['checkout', { status: 'checkout', layout: 'full_page', url: expect.any(String), hostedPage: expect.any(Object) }],
    ['checkout-in-app', { status: 'checkout', layout: 'in_app' }],
    ['email', { status: 'elsewhere', channel: 'email' }],
    ['webhook', { status: 'elsewhere', channel: 'webhook' }],
    ['redirect-completed', { status: 'completed' }],
    ['new-processing-type', { status: 'failed', code: 'unsupported' }],
  ])('has an outcome for the scenario %s', async (scenario, outcome) => {
    const { accept, offerId, optionId } = await withOffer(scenario);

    expect((await accept(offerId, optionId)).body).toMatchObject(outcome);
  });

  it('waits for Chargebee to change the subscription, then says that it is done', async () => {
    const who = await customer();
    const { offerId, optionId } = offered(await who.ask({ context: { storage_used_percent: 90 } }));

    const accepted = await who.accept(offerId, optionId);

    expect(accepted.body).toMatchObject({ status: 'pending', pollAfterMs: expect.any(Number) });
    const id = fulfillmentIdOf(accepted);
    await expect.poll(async () => (await who.outcome(id)).body).toEqual({ status: 'completed', fulfillmentId: id });
    expect((await who.access('storage-gb')).body.value).toBe('200');
  });

  it('says why when Chargebee cannot change the subscription', async () => {
    const { accept, outcome, offerId, optionId } = await withOffer('billing-fails');

    const id = fulfillmentIdOf(await accept(offerId, optionId));

    await expect
      .poll(async () => (await outcome(id)).body)
      .toEqual({ status: 'failed', fulfillmentId: id, code: 'billing_failed' });
  });

  it('does not know an option of another offer', async () => {
    const { accept, offerId, customerId } = await withOffer();

    expect((await accept(offerId, '00000000')).status).toBe(404);
    expect(await createCalls({ customerId })).toEqual([]);
  });
});

describe('accepting twice', () => {
  it('makes one fulfillment of many clicks, and tells the others that it was accepted', async () => {
    const who = await withOffer();

    const outcomes = await Promise.all(Array.from({ length: 10 }, () => who.accept(who.offerId, who.optionId)));

    expect(new Set(outcomes.map(fulfillmentIdOf)).size).toBe(1);
    const first = outcomes.filter(({ body }) => body.acceptedBefore === undefined);
    expect(first).toHaveLength(1);
    expect(outcomes.filter(({ body }) => body.acceptedBefore === 'you')).toHaveLength(9);
    expect(await createCalls(who)).toHaveLength(1);
  });

  it("tells a colleague on the same subscription where the first one's acceptance stands", async () => {
    const shared = { sub: `cus_${crypto.randomUUID()}`, subscription_id: `sub_${crypto.randomUUID()}` };
    const user = async (name: string) =>
      asCustomer(stack, { token: await signToken({ ...shared, external_user_id: name }, stack.identitySecret) });
    const [ada, ben] = await Promise.all([user('ada'), user('ben')]);
    const toAda = offered(await ada.ask({ feature: 'advanced-analytics' }));
    const toBen = offered(await ben.ask({ feature: 'advanced-analytics' }));
    expect(toBen.offerId).not.toBe(toAda.offerId);

    const first = await ada.accept(toAda.offerId, toAda.optionId);
    const second = await ben.accept(toBen.offerId, toBen.optionId);

    expect(second.body).toMatchObject({ acceptedBefore: 'colleague', fulfillmentId: fulfillmentIdOf(first) });
    const { fulfillments } = await sandboxOf(stack).records({ customerId: shared.sub });
    expect(fulfillments).toHaveLength(1);
  });

  it('makes one fulfillment when two colleagues accept at the same moment', async () => {
    const shared = { sub: `cus_${crypto.randomUUID()}`, subscription_id: `sub_${crypto.randomUUID()}` };
    const users = await Promise.all(
      ['ada', 'ben'].map(async (name) => {
        const token = await signToken({ ...shared, external_user_id: name }, stack.identitySecret);
        const user = asCustomer(stack, { token });
        return { ...user, ...offered(await user.ask({ feature: 'advanced-analytics' })) };
      }),
    );

    const outcomes = await Promise.all(users.map(({ accept, offerId, optionId }) => accept(offerId, optionId)));

    expect(new Set(outcomes.map(fulfillmentIdOf)).size).toBe(1);
    expect(outcomes.filter(({ body }) => body.acceptedBefore === 'colleague')).toHaveLength(1);
  });
});

describe('an answer of Chargebee that never arrives', () => {
  it('is asked for again, and the offer is called accepted if Chargebee has it under an id that nobody knows', async () => {
    const who = await withOffer();
    await sandboxOf(stack).misbehave({ operation: 'offer_fulfillments', kind: 'drop', after: true, times: 1 });

    const lost = await who.accept(who.offerId, who.optionId);
    const again = await who.accept(who.offerId, who.optionId);

    expect(lost).toMatchObject({ status: 503, body: { code: 'upstream_unavailable' } });
    expect(again.body).toEqual({ status: 'already_accepted', acceptedBefore: 'you' });
    expect((await sandboxOf(stack).records(who)).fulfillments).toHaveLength(1);
  });

  it('does not stop the customer from trying again if nothing was done', async () => {
    const who = await withOffer();
    await sandboxOf(stack).misbehave({ operation: 'offer_fulfillments', kind: 'busy', retryAfter: 1, times: 1 });

    const busy = await who.accept(who.offerId, who.optionId);

    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '1']);
    const again = await vi.waitUntil(
      async () => {
        const { status, body } = await who.accept(who.offerId, who.optionId);
        return status === 200 && body;
      },
      { timeout: 30_000 },
    );
    expect(again).toMatchObject({ status: 'redirect' });
    expect(again.acceptedBefore).toBeUndefined();
  });

  it.each([
    ['knows no such site', () => Response.json({ api_error_code: 'site_not_found' }, { status: 404 })],
    ['answers with a page', () => new Response('<html>Not found</html>', { status: 404 })],
    ['blocks the site for a time', () => Response.json({ api_error_code: 'request_blocked' }, { status: 403 })],
  ])('is told as an outage if Chargebee %s: the offer was once said to have expired', async (_, answer) => {
    let isWrong = false;
    const upstream: typeof fetch = async (...call) => (isWrong ? answer() : fetch(...call));
    const wrong = await startStack({ proxy: { fetch: upstream } });
    onTestFinished(() => wrong.close());
    const as = asCustomer(wrong, await newCustomer('ordinary', { secret: wrong.identitySecret }));
    const { offerId, optionId } = offered(await as.ask({ feature: 'advanced-analytics' }));
    isWrong = true;

    expect(await as.accept(offerId, optionId)).toMatchObject({ status: 503, body: { code: 'upstream_unavailable' } });

    isWrong = false;
    expect((await as.accept(offerId, optionId)).body).toMatchObject({ status: 'redirect' });
  });

  it('never shows the text of an error of Chargebee', async () => {
    const who = await withOffer();
    await sandboxOf(stack).misbehave({ operation: 'offer_fulfillments', kind: 'unavailable' });

    const { body } = await who.accept(who.offerId, who.optionId);

    const { calls } = await sandboxOf(stack).records();
    const upstream = calls.at(-1)?.answer as { message: string; api_error_code: string };
    expect(upstream.message).not.toBe('');
    expect(JSON.stringify(body)).not.toContain(upstream.message);
    expect(JSON.stringify(body)).not.toContain(upstream.api_error_code);
    expect(JSON.stringify(body)).not.toContain('test_sandbox');
  });
});

describe('an expired offer', () => {
  it('is not accepted', async () => {
    let aheadMs = 0;
    const short = await startStack({ proxy: { now: () => Date.now() + aheadMs } });
    const who = asCustomer(short, await newCustomer('ordinary', { secret: short.identitySecret, expires: '1 day' }));
    const { offer, offerId, optionId } = offered(await who.ask({ feature: 'advanced-analytics' }));
    aheadMs = offer.expiresAt - Date.now() + 1;

    expect(await who.accept(offerId, optionId)).toMatchObject({ status: 410, body: { code: 'offer_expired' } });
    expect((await sandboxOf(short).records()).fulfillments).toEqual([]);
    await short.close();
  });
});

describe('two instances that accept one offer, the second because its clock is ahead and the first looks dead', () => {
  const CREATE = /^POST .*\/offer_fulfillments$/;
  const logged: [object, string][] = [];

  /** Both have asked Chargebee for the same acceptance, and neither has an answer yet. */
  const bothAsking = async (changes: { first?: Change; second?: Change } = {}) => {
    logged.length = 0;
    const [firstHeld, secondHeld] = [holdAnswers(CREATE, changes.first), holdAnswers(CREATE, changes.second)];
    const both = await startStack({ proxy: { fetch: firstHeld.fetch } });
    const log = { info() {}, warn() {}, error: (facts: object, text: string) => void logged.push([facts, text]) };
    const ahead = await startProxy(both.environment, { fetch: secondHeld.fetch, log, now: () => Date.now() + 70_000 });
    onTestFinished(async () => {
      await ahead.stop();
      await both.close();
    });
    const who = await newCustomer('ordinary', { secret: both.identitySecret });
    const { offerId, optionId } = offered(await asCustomer(both, who).ask({ feature: 'advanced-analytics' }));
    const first = asCustomer(both, who).accept(offerId, optionId);
    await firstHeld.arrived;
    const second = asCustomer(ahead, who).accept(offerId, optionId);
    await secondHeld.arrived;
    const listed = async () => (await asServer(both).list({ subscriptionId: who.subscriptionId })).body.fulfillments;
    return {
      ...asServer(both),
      listed,
      first: { answers: () => (firstHeld.release(), first) },
      second: { answers: () => (secondHeld.release(), second) },
    };
  };
  const tooBusy = () =>
    Response.json({ message: 'Too many', api_error_code: 'api_request_limit_exceeded' }, { status: 429 });
  const lost = () => {
    throw new Error('socket hang up');
  };

  it('keep the id that one of them got: the duplicate error of the other once made it unreportable', async () => {
    const { first, second, listed, complete } = await bothAsking();

    const id = fulfillmentIdOf(await first.answers());
    expect((await second.answers()).body).toMatchObject({ status: 'redirect', fulfillmentId: id });

    expect(await listed()).toMatchObject([{ id, status: 'in_progress' }]);
    expect((await complete(id)).status).toBe(200);
  });

  it('learn the id late: the acceptance is named although it was called unnamed before', async () => {
    const { first, second, listed } = await bothAsking();

    expect((await second.answers()).body).toEqual({ status: 'already_accepted', acceptedBefore: 'you' });
    const id = fulfillmentIdOf(await first.answers());

    expect(await listed()).toMatchObject([{ id, status: 'in_progress' }]);
  });

  it('keep an acceptance that a late refusal once deleted', async () => {
    const { first, second, listed } = await bothAsking({ second: tooBusy });

    const id = fulfillmentIdOf(await first.answers());
    expect((await second.answers()).body).toMatchObject({ status: 'redirect', fulfillmentId: id });

    expect(await listed()).toMatchObject([{ id, status: 'in_progress' }]);
  });

  it('keep an acceptance whose answer comes after the other one was refused: it was once answered 500', async () => {
    const { first, second, listed } = await bothAsking({ second: tooBusy });

    expect((await second.answers()).body).toMatchObject({ code: 'upstream_busy' });
    const answer = await first.answers();

    expect(answer).toMatchObject({ status: 200, body: { status: 'redirect' } });
    expect(await listed()).toMatchObject([{ id: fulfillmentIdOf(answer), status: 'in_progress' }]);
  });

  it('tell a customer whose answer was lost what the other one knows: it was once answered 503', async () => {
    const { first, second } = await bothAsking({ second: lost });

    const id = fulfillmentIdOf(await first.answers());

    expect(await second.answers()).toMatchObject({ status: 200, body: { status: 'redirect', fulfillmentId: id } });
  });

  it('follow the first of two fulfillments that Chargebee made, and log the other', async () => {
    const another = () =>
      Response.json({ offer_fulfillment: { id: 'ful_other', processing_type: 'url_redirect', status: 'in_progress' } });
    const { first, second, listed } = await bothAsking({ second: another });

    const id = fulfillmentIdOf(await first.answers());
    expect((await second.answers()).body).toMatchObject({ fulfillmentId: id });

    expect(await listed()).toMatchObject([{ id }]);
    expect(logged).toMatchObject([
      [
        { fulfillmentId: id, otherFulfillmentId: 'ful_other' },
        expect.stringContaining('two fulfillments of one offer'),
      ],
    ]);
  });
});
