import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { asCustomer } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';
import { startStack, type Stack } from '../../support/node-stack.js';

describe('checking access', () => {
  let stack: Stack;
  const customer = async (scenario?: string) => {
    const who = await newCustomer(scenario, { secret: stack.identitySecret });
    return { ...who, ...asCustomer(stack, who) };
  };

  beforeAll(async () => {
    stack = await startStack();
  });
  afterEach(() => sandboxOf(stack).behave());
  afterAll(() => stack.close());

  it('unlocks the feature for an entitled customer without a call to Growth', async () => {
    const entitled = await customer('entitled');

    const { body } = await entitled.ask({ feature: 'advanced-analytics' });

    expect(body).toEqual({ access: 'granted', offer: null, why: 'entitled' });
    const { calls } = await sandboxOf(stack).records();
    const asked = calls.filter((call) => JSON.stringify(call).includes(entitled.subscriptionId));
    expect(asked.map((call) => call.operation)).toEqual(['subscription_entitlements']);
  });

  it('finds a feature on the last page of a long list', async () => {
    const { body } = await (await customer('many-entitlements')).access('advanced-analytics');

    expect(body).toMatchObject({ featureId: 'advanced-analytics', access: 'granted' });
  });

  it('compares a quantity with what is used', async () => {
    const { access } = await customer();

    expect((await access('storage-gb', 99)).body).toEqual({ featureId: 'storage-gb', access: 'granted', value: '100' });
    expect((await access('storage-gb', 100)).body).toMatchObject({ access: 'denied' });
  });

  it.each(['', 'many', '-1', '1e999'])('refuses %o as an amount used', async (used) => {
    const { status, body } = await (await customer()).call('GET', `/entitlements/storage-gb?used=${used}`);

    expect([status, body.code]).toEqual([400, 'invalid_request']);
  });

  it('asks Chargebee once for many checks at the same moment, and not again for a granted feature', async () => {
    const { access, customerId } = await customer('entitled');

    await Promise.all(Array.from({ length: 20 }, () => access('advanced-analytics')));
    await access('advanced-analytics');

    const { calls } = await sandboxOf(stack).records();
    const suffix = customerId.replace('cus_', 'sub_');
    expect(calls.filter((call) => call.path.includes(suffix))).toHaveLength(1);
  });

  it('neither unlocks nor sells while Chargebee cannot be reached', async () => {
    await sandboxOf(stack).misbehave({ operation: 'subscription_entitlements', kind: 'html' });
    const { ask, customerId } = await customer();

    const { status, body } = await ask({ feature: 'advanced-analytics' });

    expect([status, body]).toEqual([200, { access: 'unknown', offer: null, why: 'access_unknown' }]);
    expect((await sandboxOf(stack).records({ customerId })).offers).toEqual([]);
  });
});

describe('an entitlement that was read before Chargebee went away', () => {
  it('stays granted, while a "no" becomes unknown', async () => {
    let aheadMs = 0;
    const stack = await startStack({ proxy: { now: () => Date.now() + aheadMs } });
    const signed = { secret: stack.identitySecret, expires: '1 hour' };
    const entitled = asCustomer(stack, await newCustomer('entitled', signed));
    const ordinary = asCustomer(stack, await newCustomer('ordinary', signed));
    await Promise.all([entitled.access('advanced-analytics'), ordinary.access('advanced-analytics')]);

    await sandboxOf(stack).misbehave({ operation: '*', kind: 'unavailable' });
    aheadMs = 10 * 60_000;

    expect((await entitled.access('advanced-analytics')).body).toMatchObject({ access: 'granted' });
    expect((await ordinary.access('advanced-analytics')).body).toMatchObject({ access: 'unknown' });
    await stack.close();
  });
});
