/** A checkout from its offer to the end: how its page opens, and for how long it is offered. */
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import type { StackOptions } from '../../support/stack.js';
import { sandboxOf } from '../../support/sandbox-client.js';

const MINUTE_MS = 60_000;

let aheadMs: number;
let stack: Stack;

const now = () => Date.now() + aheadMs;

/** Chargebee takes a minute from the payment to the end of the fulfillment. */
async function start(sandbox: StackOptions['sandbox'] = {}): Promise<Stack> {
  return startStack({ sandbox: { now, fulfillmentDelayMs: MINUTE_MS, ...sandbox }, proxy: { now } });
}

async function atCheckout(on: Stack, scenario = 'checkout-in-app') {
  const who = await newCustomer(scenario, { secret: on.identitySecret, expires: '1 day' });
  const client = asCustomer(on, who);
  const { offer, offerId, optionId } = offered(await client.ask({ feature: 'advanced-analytics' }));
  const accepted = await client.accept(offerId, optionId);
  const { body } = accepted;
  if (body.status !== 'checkout') throw new Error(`Expected a checkout: ${JSON.stringify(body)}`);
  return {
    ...who,
    offer,
    checkout: body,
    choose: (choice: 'pay' | 'cancel') =>
      fetch(body.url, { method: 'POST', body: new URLSearchParams({ choice }), redirect: 'manual' }),
    again: async () => (await client.accept(offerId, optionId)).body,
    outcome: async () => (await client.outcome(fulfillmentIdOf(accepted))).body,
  };
}

beforeEach(async () => {
  aheadMs = 0;
  stack = await start();
});
afterEach(() => stack.close());

describe('the option says how its checkout opens', () => {
  it.each([
    ['over the page', 'checkout-in-app', 'in_app'],
    ['as a page of its own', 'checkout', 'full_page'],
  ])(
    '%s, also where the hosted page names no layout: it was then always a page of its own',
    async (_, scenario, layout) => {
      const silent = await start({ hostedPageLayout: false });
      onTestFinished(() => silent.close());

      const { offer, checkout, outcome } = await atCheckout(silent, scenario);

      expect(offer.options).toMatchObject([{ action: 'checkout', layout }]);
      expect(checkout).toMatchObject({ layout, hostedPage: { layout } });
      expect(await outcome()).toMatchObject({ status: 'checkout', layout });
    },
  );
});

describe('a hosted page', () => {
  it('that is paid is not offered again while Chargebee completes the upgrade', async () => {
    const { choose, again, outcome, checkout } = await atCheckout(stack);
    await choose('pay');
    aheadMs += 20_000;

    expect(await again()).toMatchObject({ status: 'pending', fulfillmentId: checkout.fulfillmentId });
    expect(await outcome()).toMatchObject({ status: 'pending' });

    aheadMs += MINUTE_MS;
    expect(await outcome()).toMatchObject({ status: 'completed' });
  });

  it('that is paid is looked at once more, not at each poll', async () => {
    const { choose, outcome } = await atCheckout(stack);
    await choose('pay');
    for (let polls = 0; polls < 3; polls += 1) {
      aheadMs += 5_000;
      expect(await outcome()).toMatchObject({ status: 'pending' });
    }

    const { calls } = await sandboxOf(stack).records();
    expect(calls.filter(({ operation }) => operation === 'hosted_pages')).toHaveLength(1);
  });

  it('that was left is offered again, as long as it can be paid', async () => {
    const { again } = await atCheckout(stack);
    aheadMs += 2 * 60 * MINUTE_MS;

    expect(await again()).toMatchObject({ status: 'checkout', acceptedBefore: 'you' });
  });

  it('that has expired is not offered again', async () => {
    const { outcome, again } = await atCheckout(stack);
    aheadMs += 3 * 60 * MINUTE_MS + 20_000;

    expect((await again()).status).not.toBe('checkout');
    expect(await outcome()).toMatchObject({ status: 'failed', code: 'checkout_abandoned' });
  });

  it('whose state Chargebee does not tell leaves the customer with what was known', async () => {
    const { again } = await atCheckout(stack);
    await sandboxOf(stack).misbehave({ operation: 'hosted_pages', kind: 'unavailable' });
    aheadMs += 20_000;

    expect(await again()).toMatchObject({ status: 'checkout' });
  });
});

describe('a change of the subscription that has a page for afterwards', () => {
  it('leads there while it is made and once it is done: the page was never told', async () => {
    const who = await newCustomer('billing-update-page', { secret: stack.identitySecret, expires: '1 day' });
    const client = asCustomer(stack, who);
    const { offerId, optionId } = offered(await client.ask());
    const accepted = await client.accept(offerId, optionId);
    const url = expect.stringMatching(/^http:\/\/localhost:/);

    expect(accepted.body).toMatchObject({ status: 'pending', url });
    aheadMs += 2 * MINUTE_MS;
    expect((await client.outcome(fulfillmentIdOf(accepted))).body).toMatchObject({ status: 'completed', url });
  });
});
