/** ENTITLEMENTS_OF=customer, for sites on which Chargebee has enabled customer entitlements. */
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../../proxy/config.js';
import { examine } from '../../../proxy/run/doctor.js';
import { newCustomer, signToken } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let stack: Stack;

beforeEach(async () => {
  stack = await startStack({
    settings: {
      ENTITLEMENTS_OF: 'customer',
      SUBSCRIPTION_STATUS: 'check',
      BILLING_WEBHOOK_USERNAME: 'chargebee',
      BILLING_WEBHOOK_PASSWORD: 'webhook-password',
    },
    sandbox: { customerEntitlements: true },
  });
});
afterEach(() => stack.close());

const webhook = (event_type: string, content: object) =>
  fetch(`${stack.proxyUrl}/webhooks/billing`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa('chargebee:webhook-password')}` },
    body: JSON.stringify({ id: `ev_${crypto.randomUUID()}`, event_type, content }),
  });

/** A customer with two subscriptions. */
async function twoSubscriptions() {
  const { customerId } = await newCustomer('ordinary', { secret: stack.identitySecret });
  const [first, second] = await Promise.all(
    ['a', 'b'].map(async (letter) => {
      const subscriptionId = `sub_${crypto.randomUUID()}_${letter}`;
      const token = await signToken({ sub: customerId, subscription_id: subscriptionId }, stack.identitySecret);
      return { subscriptionId, ...asCustomer(stack, { token }) };
    }),
  );
  if (!first || !second) throw new Error('Expected two subscriptions.');
  return { customerId, first, second };
}

it.each([
  ['names its customer', (id: string, customer_id: string) => ({ subscription: { id, customer_id } })],
  [
    'does not',
    (subscription_id: string) => ({ subscription_entitlements_updated_detail: { subscription_id, has_next: false } }),
  ],
])(
  'what one subscription has bought opens the feature for the other, at once after a webhook that %s',
  async (_, content) => {
    const { customerId, first, second } = await twoSubscriptions();
    const access = async () => (await second.access('advanced-analytics')).body.access;
    expect(await access()).toBe('denied');
    const { offerId, optionId } = offered(await first.ask({ feature: 'advanced-analytics' }));
    await asServer(stack).complete(fulfillmentIdOf(await first.accept(offerId, optionId)));

    await webhook('subscription_entitlements_updated', content(first.subscriptionId, customerId));

    await expect.poll(access).toBe('granted');
  },
);

it.each([
  ['entitled', 'granted'],
  ['non-renewing', 'granted'],
  ['cancelled', 'denied'],
  ['paused', 'denied'],
])('a subscription that is %s is %s by one call: its status costs none', async (scenario, access) => {
  const who = await newCustomer(scenario, { secret: stack.identitySecret });

  expect((await asCustomer(stack, who).access('advanced-analytics')).body.access).toBe(access);

  const { calls } = await sandboxOf(stack).records(who);
  expect(calls.map(({ operation }) => operation)).toEqual(['customer_entitlements']);
});

it('the doctor says whether the site has them', async () => {
  const without = await startStack();
  onTestFinished(() => without.close());
  const check = async ({ environment }: Stack) =>
    (await examine(readConfig({ ...environment, ENTITLEMENTS_OF: 'customer' }))).find(
      (each) => each.check === 'Customer entitlements',
    );

  expect(await check(stack)).toMatchObject({ result: 'ok' });
  expect(await check(without)).toMatchObject({ result: 'wrong', says: expect.stringContaining('ENTITLEMENTS_OF') });
});
