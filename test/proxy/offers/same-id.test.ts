/** Chargebee does not document whether it lists a personalized offer twice under the same id. */
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../proxy/constants.js';
import { newCustomer } from '../../support/customer.js';
import { holdAnswers } from '../../support/held-answers.js';
import { startProxy, startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let stack: Stack;
let aheadMs: number;
let asked: number;
let latestId: string;

const now = () => Date.now() + aheadMs;

/** Chargebee lists each offer as `the-same`. */
const sameId =
  (network: typeof fetch): typeof fetch =>
  async (url, init) => {
    const path = new URL(String(url)).pathname;
    const body = typeof init?.body === 'string' ? init.body.replaceAll('the-same', latestId) : null;
    const answer = await network(url, { ...init, body });
    if (!path.endsWith('/personalized_offers')) return answer;
    asked += 1;
    const list: { personalized_offers: { id: string }[] } = await answer.json();
    for (const offer of list.personalized_offers) {
      latestId = offer.id;
      offer.id = 'the-same';
    }
    return Response.json(list);
  };

beforeEach(async () => {
  [aheadMs, asked, latestId] = [0, 0, ''];
  stack = await startStack({ sandbox: { now }, proxy: { now, fetch: sameId(fetch) } });
});
afterEach(() => stack.close());

const customer = async () => {
  const who = await newCustomer('ordinary', { secret: stack.identitySecret, expires: '30 days' });
  return { ...who, ...asCustomer(stack, who) };
};
const dismissals = async (who: { customerId: string }) =>
  (await sandboxOf(stack).records(who)).events.filter(({ type }) => type === 'dismissed').length;

it('two questions with the same offer cost a call each, not one per page load', async () => {
  const { ask } = await customer();

  for (let load = 0; load < 5; load += 1) {
    for (const locale of ['en', 'de']) offered(await ask({ feature: 'advanced-analytics', page: { locale } }));
  }

  expect(asked).toBe(2);
});

it('an offer that returns after its cooldown can be dismissed again: that was once thrown away', async () => {
  const who = await customer();
  const ask = () => who.ask({ feature: 'advanced-analytics' });
  await who.report(offered(await ask()).offerId, 'dismissed');
  await expect.poll(() => dismissals(who)).toBe(1);
  expect((await ask()).body.offer).toBeNull();

  aheadMs = DAY_MS + 5 * MINUTE_MS;
  const again = offered(await ask());
  expect(again.offerId).toBe('the-same');
  expect((await who.report(again.offerId, 'dismissed')).status).toBe(202);

  await expect.poll(() => dismissals(who)).toBe(2);
  expect((await ask()).body.offer).toBeNull();
});

it('an offer that is dismissed while another question is under way is not shown by that question', async () => {
  const who = await customer();
  const english = await who.ask({ feature: 'advanced-analytics' });
  const held = holdAnswers(/^POST .*\/personalized_offers$/);
  const slow = await startProxy(stack.environment, { now, fetch: sameId(held.fetch) });
  onTestFinished(() => slow.stop());
  const german = asCustomer(slow, who).ask({ feature: 'advanced-analytics', page: { locale: 'de' } });
  await held.arrived;

  await who.report(offered(english).offerId, 'dismissed');
  held.release();

  expect((await german).body.offer).toBeNull();
});

it('"no offer" of a clock that was 30 days ahead is asked again once the clock is right', async () => {
  const { ask } = await customer();
  aheadMs = 30 * DAY_MS - MINUTE_MS;
  expect((await ask()).body).toEqual({ offer: null, why: 'no_match' });
  aheadMs = 0;

  await ask();

  expect(asked).toBe(2);
});
