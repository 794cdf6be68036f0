import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';
import { startStack, type Stack } from '../../support/node-stack.js';

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
  it('finds the open fulfillments of a subscription', async () => {
    const { subscriptionId, customerId, fulfillmentId } = await accepted();

    const { body } = await asServer(stack).list({ status: 'in_progress', subscriptionId });

    expect(body).toEqual({
      fulfillments: [
        expect.objectContaining({
          id: fulfillmentId,
          customerId,
          subscriptionId,
          processingType: 'url_redirect',
          status: 'in_progress',
        }),
      ],
    });
  });

  it('pages through many', async () => {
    const crowded = await startStack();
    const server = asServer(crowded);
    const acceptsOne = async () => {
      const as = asCustomer(crowded, await newCustomer('ordinary', { secret: crowded.identitySecret }));
      const { offerId, optionId } = offered(await as.ask({ feature: 'advanced-analytics' }));
      await as.accept(offerId, optionId);
    };
    for (let some = 0; some < 10; some += 1) await Promise.all(Array.from({ length: 10 }, acceptsOne));
    await acceptsOne();

    const first = (await server.list()).body;
    const second = (await server.list({ after: first.next ?? '' })).body;

    expect([first.fulfillments.length, second.fulfillments.length, second.next]).toEqual([100, 1, undefined]);
    await crowded.close();
  });

  it('completes what it provisioned: Chargebee hears it and the feature is unlocked at once', async () => {
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

  it('may offer the same again to a customer whose card was declined', async () => {
    const who = await accepted();
    expect((await who.ask({ feature: 'advanced-analytics' })).body.offer).toBeNull();

    await asServer(stack).fail(who.fulfillmentId, 'card declined');

    expect((await who.ask({ feature: 'advanced-analytics' })).body.offer).not.toBeNull();
  });

  it('may say the same twice, but not the opposite', async () => {
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

  it('is heard even while Chargebee is down', async () => {
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
  ])('is not whoever brings %s', async (_, key) => {
    const { fulfillmentId, token, customerId } = await accepted();
    const stranger = asServer({ ...stack, serverKey: key === 'customer' ? token : (key ?? '') });

    expect(await stranger.list()).toMatchObject({ status: 401, body: { code: 'wrong_server_key' } });
    expect((await stranger.complete(fulfillmentId)).status).toBe(401);
    expect((await stranger.fail(fulfillmentId, 'no')).status).toBe(401);
    expect(await atChargebee({ customerId })).toMatchObject([{ status: 'in_progress' }]);
  });
});
