import { expect, it, onTestFinished } from 'vitest';
import { REQUESTS_PER_CUSTOMER_AND_MINUTE, REQUESTS_PER_USER_AND_MINUTE } from '../../../proxy/constants.js';
import { newCustomer, signToken } from '../../support/customer.js';
import { startStack } from '../../support/node-stack.js';
import { asCustomer } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

it('refuses the 241st request of one user in a minute, on any route, and still serves the others', async () => {
  const stack = await startStack();
  onTestFinished(() => stack.close());
  const busy = await newCustomer('ordinary', { secret: stack.identitySecret, claims: { external_user_id: 'ada' } });
  const { ask, access, report } = asCustomer(stack, busy);
  const other = asCustomer(stack, await newCustomer('ordinary', { secret: stack.identitySecret }));
  expect(REQUESTS_PER_USER_AND_MINUTE).toBe(240);

  const answers = await Promise.all(Array.from({ length: 120 }, () => [ask(), access('storage-gb')]).flat());
  const callsBefore = (await sandboxOf(stack).records(busy)).calls.length;
  const refused = await ask();

  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests', status: 429 } });
  const retryAfter = Number(refused.headers.get('retry-after'));
  expect(retryAfter).toBeGreaterThan(0);
  expect(retryAfter).toBeLessThanOrEqual(60);
  expect((await report('an-offer', 'viewed')).status).toBe(429);
  expect((await sandboxOf(stack).records(busy)).calls).toHaveLength(callsBefore);
  expect((await other.ask()).status).toBe(200);
});

it('counts people: a looping tab once locked out all colleagues', async () => {
  const stack = await startStack();
  onTestFinished(() => stack.close());
  const company = await newCustomer('entitled', { secret: stack.identitySecret });
  const user = async (external_user_id?: string) => {
    const { customerId, subscriptionId } = company;
    const claims = { sub: customerId, subscription_id: subscriptionId, ...(external_user_id && { external_user_id }) };
    return asCustomer(stack, { token: await signToken(claims, stack.identitySecret) });
  };
  const [ada, grace, somebody] = await Promise.all([user('ada'), user('grace'), user()]);
  await Promise.all(Array.from({ length: 241 }, () => ada.access('advanced-analytics')));

  expect((await ada.access('advanced-analytics')).status).toBe(429);
  expect((await grace.access('advanced-analytics')).body.access).toBe('granted');
  const unnamed = await Promise.all(Array.from({ length: 400 }, () => somebody.access('advanced-analytics')));
  expect(unnamed.filter(({ status }) => status !== 200)).toEqual([]);
  expect(REQUESTS_PER_CUSTOMER_AND_MINUTE).toBe(4_800);
});
