/** Growth's field of a feature is the same for several ids: `Advanced-Analytics` and `advanced-analytics` are one there. */
import { expect, it, onTestFinished } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { holdAnswers } from '../../support/held-answers.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

const UNKNOWN = { access: 'denied', offer: null, why: 'unknown_feature' };

const opened = async (options?: Parameters<typeof startStack>[0]) => {
  const stack = await startStack(options);
  onTestFinished(() => stack.close());
  return stack;
};
const customer = async (stack: Stack, scenario?: string) => {
  const who = await newCustomer(scenario, { secret: stack.identitySecret });
  return { ...who, ...asCustomer(stack, who) };
};
const operations = async (stack: Stack) => (await sandboxOf(stack).records()).calls.map(({ operation }) => operation);

it('a feature is not sold again to those who have it because the page writes its id differently', async () => {
  const stack = await opened();
  const { ask } = await customer(stack, 'entitled');

  expect((await ask({ feature: 'advanced-analytics' })).body.why).toBe('entitled');
  for (const feature of ['Advanced-Analytics', 'advanced analytics', 'advanced_analytics']) {
    expect((await ask({ feature })).body).toEqual(UNKNOWN);
  }
  expect(await operations(stack)).not.toContain('personalized_offers');
});

it('offers cost one list of features, however many customers ask', async () => {
  const stack = await opened();

  for (let each = 0; each < 3; each += 1) offered(await (await customer(stack)).ask({ feature: 'advanced-analytics' }));

  expect((await operations(stack)).filter((operation) => operation === 'features')).toHaveLength(1);
});

it('a feature that stands as "false" in the list of the subscription is not looked up', async () => {
  const stack = await opened();
  const { ask } = await customer(stack, 'not-entitled');

  offered(await ask({ feature: 'advanced-analytics' }));

  expect(await operations(stack)).not.toContain('features');
});

it('a list of features that cannot be read takes no offer away', async () => {
  const stack = await opened();
  await sandboxOf(stack).misbehave({ operation: 'features', kind: 'unavailable' });

  offered(await (await customer(stack)).ask({ feature: 'advanced-analytics' }));
});

it('a list of features that does not come holds no offer back, and counts once it is there', async () => {
  const held = holdAnswers(/^GET .*\/features\b/);
  const stack = await opened({ proxy: { fetch: held.fetch } });
  const { ask } = await customer(stack);
  const feature = 'Advanced-Analytics';

  offered(await ask({ feature }));
  await held.arrived;
  held.release();

  await expect.poll(async () => (await ask({ feature })).body).toEqual(UNKNOWN);
});
