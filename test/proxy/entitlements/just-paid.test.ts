import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

const FEATURE = 'advanced-analytics';

let clock: number;
let stack: Stack;

/** Chargebee fails the next two reads of entitlements. */
const stumble = () =>
  sandboxOf(stack).misbehave({ operation: 'subscription_entitlements', kind: 'unavailable', times: 2 });
const buyer = async () => {
  const who = await newCustomer('ordinary', { secret: stack.identitySecret, expires: '1 hour' });
  const as = asCustomer(stack, who);
  const { offerId, optionId } = offered(await as.ask({ feature: FEATURE }));
  const id = fulfillmentIdOf(await as.accept(offerId, optionId));
  const checks = async (count: number) => {
    const answers: unknown[] = [];
    for (let check = 0; check < count; check += 1) answers.push((await as.access(FEATURE)).body.access);
    return answers;
  };
  return { id, checks };
};

beforeEach(async () => {
  clock = Math.floor(Date.now() / 60_000) * 60_000;
  stack = await startStack({ proxy: { now: () => clock } });
});
afterEach(() => stack.close());

describe('a customer who has just paid', () => {
  it('has the feature once Chargebee answers again: one failed read once kept it locked for ten seconds', async () => {
    const { id, checks } = await buyer();
    expect((await asServer(stack).complete(id)).status).toBe(200);
    await stumble();

    expect(await checks(3)).toEqual(['unknown', 'unknown', 'granted']);
  });

  it('is asked for again at once while the purchase is carried out, too', async () => {
    const { checks } = await buyer();
    await stumble();

    expect(await checks(3)).toEqual(['unknown', 'unknown', 'denied']);
  });

  it('is a customer like any other two minutes later: a failure costs one call, not one per page', async () => {
    const { id, checks } = await buyer();
    await asServer(stack).complete(id);
    clock += 121_000;
    await stumble();

    expect(await checks(3)).toEqual(['unknown', 'unknown', 'unknown']);
  });
});
