import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../proxy/store/open.js';
import { newCustomer } from '../../support/customer.js';
import { holdAnswers } from '../../support/held-answers.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let stack: Stack;

/** A customer who has just accepted the offer of a scenario. */
const accepted = async (scenario?: string) => {
  const who = await newCustomer(scenario, { secret: stack.identitySecret });
  const as = asCustomer(stack, who);
  const { offerId, optionId } = offered(await as.ask({ feature: 'advanced-analytics' }));
  return { ...who, ...as, fulfillmentId: fulfillmentIdOf(await as.accept(offerId, optionId)) };
};
const atChargebee = async (of: { customerId: string }) => (await sandboxOf(stack).records(of)).fulfillments;

beforeAll(async () => {
  stack = await startStack();
});
afterEach(() => sandboxOf(stack).behave());
afterAll(() => stack.close());

describe("the app's backend", () => {
  it('finds the open fulfillments of a subscription, each with its campaign and what the click does', async () => {
    const { subscriptionId, customerId, fulfillmentId } = await accepted();

    const { body } = await asServer(stack).list({ status: 'in_progress', subscriptionId });

    expect(body).toEqual({
      fulfillments: [
        expect.objectContaining({
          id: fulfillmentId,
          customerId,
          subscriptionId,
          campaignId: 'advancedAnalytics',
          action: 'redirect',
          processingType: 'url_redirect',
          status: 'in_progress',
        }),
      ],
    });
  });

  it('pages through many', async () => {
    const { customerId, subscriptionId } = await accepted();
    const store = await openStore(stack.environment['DATABASE_URL'] ?? '');
    onTestFinished(() => store.destroy());
    const like = await store.selectFrom('fulfillments').selectAll().where('customerId', '=', customerId).execute();
    const copies = Array.from({ length: 100 }, (_, index) =>
      like.map((row) => ({ ...row, id: `ful_copy_${index}`, offerId: `offer_copy_${index}` })),
    );
    await store.insertInto('fulfillments').values(copies.flat()).execute();

    const first = (await asServer(stack).list({ subscriptionId })).body;
    const second = (await asServer(stack).list({ subscriptionId, after: first.next ?? '' })).body;

    expect([first.fulfillments.length, second.fulfillments.length, second.next]).toEqual([100, 1, undefined]);
    const ids = [...first.fulfillments, ...second.fulfillments].map(({ id }) => id);
    expect(new Set(ids).size).toBe(101);
  });

  it('completes what it provisioned: Chargebee gets the report and the feature is unlocked at once', async () => {
    const who = await accepted();
    expect((await who.access('advanced-analytics')).body.access).toBe('denied');

    const { status, body } = await asServer(stack).complete(who.fulfillmentId);

    expect([status, body]).toEqual([200, { fulfillmentId: who.fulfillmentId, status: 'completed' }]);
    expect(await atChargebee(who)).toMatchObject([{ id: who.fulfillmentId, status: 'completed' }]);
    expect((await who.ask({ feature: 'advanced-analytics' })).body).toEqual({
      access: 'granted',
      offer: null,
      why: 'entitled',
    });
    expect((await who.outcome(who.fulfillmentId)).body.status).toBe('completed');
  });

  it('reports a failure with its reason, which Chargebee keeps and the customer never sees', async () => {
    const who = await accepted();

    await asServer(stack).fail(who.fulfillmentId, 'card declined: insufficient funds');

    expect(await atChargebee(who)).toMatchObject([
      {
        status: 'failed',
        error: { code: 'external_fulfillment_failed', message: 'card declined: insufficient funds' },
      },
    ]);
    const { body } = await who.outcome(who.fulfillmentId);
    expect(body).toEqual({ status: 'failed', fulfillmentId: who.fulfillmentId, code: 'app_failed' });
  });

  it('fails a declined card, and the customer may get the same offer again', async () => {
    const who = await accepted();
    expect((await who.ask({ feature: 'advanced-analytics' })).body.offer).toBeNull();

    await asServer(stack).fail(who.fulfillmentId, 'card declined');

    expect((await who.ask({ feature: 'advanced-analytics' })).body.offer).not.toBeNull();
  });

  it('may report the same twice, but not the opposite', async () => {
    const { fulfillmentId } = await accepted();
    const server = asServer(stack);
    await server.complete(fulfillmentId);

    expect((await server.complete(fulfillmentId)).status).toBe(200);
    expect(await server.fail(fulfillmentId, 'too late')).toMatchObject({
      status: 409,
      body: { code: 'already_final' },
    });
  });

  it.each(['', ' '.repeat(3), 'x'.repeat(101)])('gives a reason of 1 to 100 characters: refuses %j', async (reason) => {
    const who = await accepted();

    expect((await asServer(stack).fail(who.fulfillmentId, reason)).status).toBe(400);
    expect(await atChargebee(who)).toMatchObject([{ status: 'in_progress' }]);
  });

  it('cannot report on what Chargebee finishes itself', async () => {
    const { fulfillmentId } = await accepted('checkout');

    expect(await asServer(stack).complete(fulfillmentId)).toMatchObject({
      status: 409,
      body: { code: 'not_reportable' },
    });
  });

  it('reads of an id that the proxy does not have where to find the right one, and nothing about a customer', async () => {
    const answers = await Promise.all([asServer(stack).complete('off_7'), asServer(stack).fail('off_7', 'no room')]);

    for (const { status, body } of answers) {
      expect([status, body]).toMatchObject([
        404,
        { code: 'not_found', detail: expect.stringContaining('GET /fulfillments') },
      ]);
    }
  });

  it('is acknowledged even while Chargebee is down', async () => {
    const who = await accepted();
    await sandboxOf(stack).misbehave({ operation: 'offer_fulfillments_update', kind: 'unavailable' });

    expect((await asServer(stack).complete(who.fulfillmentId)).status).toBe(202);
    expect(await atChargebee(who)).toMatchObject([{ status: 'in_progress' }]);
    await sandboxOf(stack).behave();

    await expect.poll(() => atChargebee(who)).toMatchObject([{ status: 'completed' }]);
  });

  it.each([
    ['nothing', undefined],
    ["a customer's token", 'customer'],
    ['a wrong key', 'wrong'],
  ])('is refused if it brings %s instead of the server key', async (_, key) => {
    const { fulfillmentId, token, customerId } = await accepted();
    const stranger = asServer({ ...stack, serverKey: key === 'customer' ? token : (key ?? '') });

    expect(await stranger.list()).toMatchObject({ status: 401, body: { code: 'wrong_server_key' } });
    expect((await stranger.complete(fulfillmentId)).status).toBe(401);
    expect((await stranger.fail(fulfillmentId, 'no')).status).toBe(401);
    expect(await atChargebee({ customerId })).toMatchObject([{ status: 'in_progress' }]);
  });
});

describe('a customer who asks how it stands while the app completes it', () => {
  it('is told that it is completed, and an outdated answer of Chargebee does not reopen it, as it once did', async () => {
    let aheadMs = 0;
    const held = holdAnswers(/^GET .*\/offer_fulfillments\//);
    const own = await startStack({ proxy: { fetch: held.fetch, now: () => Date.now() + aheadMs } });
    onTestFinished(() => own.close());
    const who = await newCustomer('ordinary', { secret: own.identitySecret });
    const { ask, accept, outcome } = asCustomer(own, who);
    const { offerId, optionId } = offered(await ask({ feature: 'advanced-analytics' }));
    const id = fulfillmentIdOf(await accept(offerId, optionId));
    aheadMs = 5_000;

    const polled = outcome(id);
    await held.arrived;
    expect((await asServer(own).complete(id)).status).toBe(200);
    held.release();

    expect((await polled).body).toEqual({ status: 'completed', fulfillmentId: id });
    expect((await asServer(own).list({ status: 'in_progress' })).body.fulfillments).toEqual([]);
  });
});

describe('a page that polls each second, whatever it is told', () => {
  it('costs a call each second at first, then every 3 and every 15 seconds: it once cost 55 a minute for 7 days', async () => {
    let clock = Date.now();
    const own = await startStack({ proxy: { now: () => clock } });
    onTestFinished(() => own.close());
    const who = await newCustomer('ordinary', { secret: own.identitySecret });
    const { ask, accept, outcome } = asCustomer(own, who);
    const { offerId, optionId } = offered(await ask({ feature: 'advanced-analytics' }));
    const id = fulfillmentIdOf(await accept(offerId, optionId));
    const reads = async () =>
      (await sandboxOf(own).records(who)).calls.filter(({ operation }) => operation === 'offer_fulfillments_get')
        .length;
    const poll = async (seconds: number) => {
      const before = await reads();
      for (let second = 0; second < seconds; second += 1) {
        clock += 1_000;
        await outcome(id);
      }
      return (await reads()) - before;
    };

    expect([await poll(14), await poll(60), await poll(60), await poll(60)]).toEqual([14, 20, 16, 4]);
  });
});
