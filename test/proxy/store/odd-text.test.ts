import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({
    settings: { BILLING_WEBHOOK_USERNAME: 'chargebee', BILLING_WEBHOOK_PASSWORD: 'a long password' },
  });
});
afterAll(() => stack.close());

const sendWebhook = async (event: object) => {
  const response = await fetch(`${stack.proxyUrl}/webhooks/billing`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa('chargebee:a long password')}` },
    body: JSON.stringify(event),
  });
  return response.status;
};

// The same on SQLite, which ends a text at NUL, and on PostgreSQL, which refuses it.
describe('every store takes', () => {
  it.each(['\0', 'cus\0tomer', '\uD800', '\uFFFF', '👍'])(
    'the customer id %j in the filter of a list',
    async (customerId) => {
      expect(await asServer(stack).list({ customerId })).toMatchObject({ status: 200, body: { fulfillments: [] } });
    },
  );

  it('a reason with NUL and half a surrogate pair', async () => {
    const who = await newCustomer('ordinary', { secret: stack.identitySecret });
    const as = asCustomer(stack, who);
    const { offerId, optionId } = offered(await as.ask({ feature: 'advanced-analytics' }));
    const id = fulfillmentIdOf(await as.accept(offerId, optionId));

    expect((await asServer(stack).fail(id, 'card\0declined \uD83D')).status).toBe(200);
    expect((await sandboxOf(stack).records(who)).fulfillments).toMatchObject([{ status: 'failed' }]);
  });

  it.each([1.5, 1e30, -1e30])('the resource_version %d of a webhook', async (version) => {
    const content = { subscription: { id: `sub_${version}`, resource_version: version } };
    expect(await sendWebhook({ id: `ev_${version}`, event_type: 'subscription_changed', content })).toBe(204);
  });

  it('a webhook whose ids hold NUL, and knows it when it comes again', async () => {
    const event = { id: 'ev\0', event_type: 'subscription_changed', content: { subscription: { id: 'sub\0' } } };
    expect([await sendWebhook(event), await sendWebhook(event)]).toEqual([204, 204]);
  });
});
