/** What a backend in the same process calls: the routes of the server key, and the rule of entitlements, as functions. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openOfferProxy, readConfig, RequestError, type OfferProxy } from '../../../proxy/run/server.js';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let stack: Stack;
let proxy: OfferProxy;

beforeAll(async () => {
  stack = await startStack();
  proxy = await openOfferProxy(readConfig({ ...stack.environment, LOG_LEVEL: 'silent' }));
});
afterAll(async () => {
  await proxy.close();
  await stack.close();
});

/** @returns a customer who has accepted an offer that the app carries out. */
async function accepted() {
  const customer = await newCustomer('ordinary', { secret: stack.identitySecret });
  const as = asCustomer(stack, customer);
  const { offerId, optionId } = offered(await as.ask({ feature: 'advanced-analytics' }));
  return { ...customer, id: fulfillmentIdOf(await as.accept(offerId, optionId)) };
}

it('lists what is open, completes it, and Chargebee knows', async () => {
  const { id, customerId, subscriptionId } = await accepted();

  const open = await proxy.fulfillments.list({ status: 'in_progress', subscriptionId });
  const completed = await proxy.fulfillments.complete(id);

  expect(open.fulfillments).toMatchObject([
    { id, customerId, campaignId: 'advancedAnalytics', action: 'redirect', processingType: 'url_redirect' },
  ]);
  expect(completed).toEqual({ fulfillmentId: id, status: 'completed', isDelivered: true });
  expect((await sandboxOf(stack).records({ customerId })).fulfillments).toMatchObject([{ status: 'completed' }]);
  expect((await proxy.fulfillments.list({ status: 'in_progress', subscriptionId })).fulfillments).toEqual([]);
  expect(await proxy.entitlement({ customerId, subscriptionId }, 'advanced-analytics')).toMatchObject({
    access: 'granted',
  });
});

it('reports a failure with its reason, and says when Chargebee is told only later', async () => {
  const { id, customerId } = await accepted();
  await sandboxOf(stack).misbehave({ operation: 'offer_fulfillments_update', kind: 'unavailable' });

  const failed = await proxy.fulfillments.fail(id, 'no seat is left');

  expect(failed).toEqual({ fulfillmentId: id, status: 'failed', reason: 'no seat is left', isDelivered: false });
  await sandboxOf(stack).behave();
  await expect
    .poll(async () => (await sandboxOf(stack).records({ customerId })).fulfillments)
    .toMatchObject([{ status: 'failed' }]);
});

it('answers about a quantity, what is used of it included', async () => {
  const customer = { customerId: 'cus_entitled-quantity_7', subscriptionId: 'sub_entitled-quantity_7' };

  expect(await proxy.entitlement(customer, 'seats', 24)).toMatchObject({ access: 'granted' });
  expect(await proxy.entitlement(customer, 'seats', 25)).toMatchObject({ access: 'denied' });
});

it('throws errors with the code that the routes answer', async () => {
  const { id, customerId, subscriptionId } = await accepted();
  await proxy.fulfillments.complete(id);
  const codeOf = async (call: Promise<unknown>) => {
    const error: unknown = await call.catch((thrown: unknown) => thrown);
    return error instanceof RequestError ? [error.code, error.message] : error;
  };

  expect(await codeOf(proxy.fulfillments.fail(id, 'too late'))).toEqual(['already_final', expect.any(String)]);
  expect(await codeOf(proxy.fulfillments.complete('nowhere'))).toEqual([
    'not_found',
    expect.stringContaining('The proxy has no fulfillment with this id.'),
  ]);
  expect(await codeOf(proxy.fulfillments.complete('..'))).toEqual(['not_found', expect.any(String)]);
  expect(await codeOf(proxy.fulfillments.fail(id, ''))).toEqual([
    'invalid_request',
    expect.stringMatching(/^reason: /),
  ]);
  expect(await codeOf(proxy.entitlement({ customerId, subscriptionId: '' }, 'seats'))).toEqual([
    'token_claim',
    expect.stringMatching(/^subscriptionId /),
  ]);
  expect(await codeOf(proxy.entitlement({ customerId, subscriptionId }, 'seats', -1))).toEqual([
    'invalid_request',
    expect.stringMatching(/^used: /),
  ]);
});
