import { expect, it } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { startStack } from '../../support/node-stack.js';
import { asCustomer } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

const MINUTE = 60_000;

it.each([
  ['has ended, although the stored list still names it', { expires_at: 2 * 60 }, ['granted', 'denied']],
  ['begins later, although the list names it already', { effective_from: 2 * 60 }, ['denied', 'granted']],
])('an override allows nothing once it %s', async (_, seconds, [before, after]) => {
  let aheadMs = 0;
  const times = Object.fromEntries(
    Object.entries(seconds).map(([field, later]) => [field, Math.floor(Date.now() / 1_000) + later]),
  );
  const withTimes: typeof fetch = async (url, init) => {
    const answer = await fetch(url, init);
    if (!String(url).includes('/subscription_entitlements')) return answer;
    const { list }: { list: { subscription_entitlement: object }[] } = await answer.json();
    return Response.json({
      list: list.map((each) => ({ subscription_entitlement: { ...each.subscription_entitlement, ...times } })),
    });
  };
  const stack = await startStack({ proxy: { now: () => Date.now() + aheadMs, fetch: withTimes } });
  const who = await newCustomer('entitled', { secret: stack.identitySecret, expires: '1 hour' });
  const access = async () => (await asCustomer(stack, who).access('advanced-analytics')).body.access;

  expect(await access()).toBe(before);
  aheadMs = 3 * MINUTE;
  expect(await access()).toBe(after);
  await sandboxOf(stack).misbehave({ operation: '*', kind: 'unavailable' });
  aheadMs = 4 * MINUTE;
  expect(await access()).toBe(after === 'granted' ? 'granted' : 'unknown');
  await stack.close();
});
