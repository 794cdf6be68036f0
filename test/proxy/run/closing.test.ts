/** A proxy in an app's own server is closed while something is under way: its store was once closed under it. */
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openOfferProxy, readConfig, type OfferProxy } from '../../../proxy/run/server.js';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

type Customer = Awaited<ReturnType<typeof newCustomer>>;

const authorized = ({ token }: Customer) => ({ headers: { Authorization: `Bearer ${token}` } });

const WAYS: Readonly<Record<string, (proxy: OfferProxy, customer: Customer) => Promise<unknown>>> = {
  async 'an answer over HTTP'({ app }, customer) {
    return (await app.request('/upgrade-offer/entitlements/advanced-analytics', authorized(customer))).json();
  },
  async 'an answer to the app itself'({ entitlement }, { customerId, subscriptionId }) {
    return entitlement({ customerId, subscriptionId }, 'advanced-analytics');
  },
  async 'a guarded route of the app'({ requireEntitlement }, customer) {
    const app = new Hono().get('/', requireEntitlement('advanced-analytics'), (c) => c.json({ access: 'granted' }));
    return (await app.request('/', authorized(customer))).json();
  },
};

it.each(Object.entries(WAYS))('%s is finished, and the store is closed after it', async (_, ask) => {
  const errors: object[] = [];
  const log = {
    info() {},
    warn: (facts: object) => void errors.push(facts),
    error: (facts: object) => void errors.push(facts),
  };
  const proxy = await openOfferProxy(readConfig(stack.environment), { log });
  const customer = await newCustomer('entitled', { secret: stack.identitySecret });
  await sandboxOf(stack).misbehave({ operation: 'subscription_entitlements', kind: 'slow', delayMs: 500, times: 1 });
  const order: string[] = [];
  const answered = ask(proxy, customer).finally(() => order.push('answered'));
  // The fault is used up once the call has reached Chargebee.
  await expect.poll(async () => (await fetch(`${stack.sandboxUrl}/sandbox/faults`)).json()).toEqual([]);

  await proxy.close();
  order.push('closed');

  expect(await answered).toMatchObject({ access: 'granted' });
  expect([order, errors]).toEqual([['answered', 'closed'], []]);
});
