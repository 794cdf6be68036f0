import { expect, it, onTestFinished } from 'vitest';
import { REQUESTS_PER_CUSTOMER_AND_MINUTE } from '../../../proxy/constants.js';
import { newCustomer } from '../../support/customer.js';
import { startStack } from '../../support/node-stack.js';
import { asCustomer } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

it('refuses the 241st request of one customer in a minute, on any route, and still serves the others', async () => {
  const stack = await startStack();
  onTestFinished(() => stack.close());
  const busy = await newCustomer('ordinary', { secret: stack.identitySecret });
  const { ask, access, report } = asCustomer(stack, busy);
  const other = asCustomer(stack, await newCustomer('ordinary', { secret: stack.identitySecret }));
  expect(REQUESTS_PER_CUSTOMER_AND_MINUTE).toBe(240);

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
