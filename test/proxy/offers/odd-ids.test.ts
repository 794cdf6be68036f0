/** Chargebee documents of its ids that they have up to 50 characters, and not which. */
import { expect, it, onTestFinished } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { startStack } from '../../support/node-stack.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

const ODD = 'a.b/c:';

/** A Chargebee whose ids of offers, options and fulfillments all begin oddly. */
const oddIds: typeof fetch = async (url, init) => {
  const plain = (text: string) => text.replaceAll(ODD, '').replaceAll(encodeURIComponent(ODD), '');
  const body = typeof init?.body === 'string' ? plain(init.body) : null;
  const answer = await fetch(plain(String(url)), { ...init, body });
  if (answer.status === 204 || String(url).includes('/features')) return answer;
  const odd = (key: string, value: unknown) =>
    (key === 'id' || key === 'personalized_offer_id') && typeof value === 'string' ? ODD + value : value;
  return new Response(JSON.stringify(await answer.json(), odd), { status: answer.status });
};

it('an offer with a dot in an id is shown, accepted and completed: it was once lost', async () => {
  const stack = await startStack({ proxy: { fetch: oddIds } });
  onTestFinished(() => stack.close());
  const who = await newCustomer('ordinary', { secret: stack.identitySecret });
  const { ask, call, outcome } = asCustomer(stack, who);

  const { offerId, optionId } = offered(await ask({ feature: 'advanced-analytics' }));
  const at = `/offers/${encodeURIComponent(offerId)}`;
  const viewed = await call('POST', `${at}/events`, { type: 'viewed' });
  const accepted = await call<Awaited<ReturnType<typeof outcome>>['body']>('POST', `${at}/fulfillments`, { optionId });
  const id = fulfillmentIdOf(accepted);

  expect([offerId.startsWith(ODD), optionId.startsWith(ODD), id.startsWith(ODD)]).toEqual([true, true, true]);
  expect([viewed.status, accepted.status, accepted.body.status]).toEqual([202, 200, 'redirect']);
  expect((await outcome(encodeURIComponent(id))).body).toMatchObject({ status: 'redirect', fulfillmentId: id });
  expect((await asServer(stack).complete(encodeURIComponent(id))).body.status).toBe('completed');
  const { events, fulfillments } = await sandboxOf(stack).records(who);
  expect(fulfillments).toMatchObject([{ status: 'completed' }]);
  expect(events).toContainEqual(expect.objectContaining({ type: 'viewed' }));
});
