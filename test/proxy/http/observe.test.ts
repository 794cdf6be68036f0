/** The line of a request in the log answers what support asks: why did this customer see nothing? */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newCustomer, signToken } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let stack: Stack;
let lines: object[];

beforeEach(async () => {
  lines = [];
  const log = {
    info: (facts: object, text: string) => void (text === 'request' && lines.push(facts)),
    warn() {},
    error() {},
  };
  stack = await startStack({ proxy: { log } });
});
afterEach(() => stack.close());

const pseudonym = (id: string) => createHash('sha256').update(id).digest('hex').slice(0, 12);
const customer = async (scenario?: string) => {
  const who = await newCustomer(scenario, { secret: stack.identitySecret });
  return { ...who, ...asCustomer(stack, who) };
};
const counted = async (labels: string) => {
  const page = await (await fetch(new URL('/metrics', stack.proxyUrl))).text();
  return page.includes(`upgrade_offer_answers_total{${labels}} 1`);
};

it('says that the customer has the feature', async () => {
  const who = await customer('entitled');

  await who.ask({ feature: 'advanced-analytics' });

  expect(lines).toMatchObject([
    {
      status: 200,
      feature: 'advanced-analytics',
      access: 'granted',
      why: 'entitled',
      customer: pseudonym(who.customerId),
    },
  ]);
  expect(await counted('access="granted",why="entitled"')).toBe(true);
});

it('says that Chargebee was away', async () => {
  const who = await customer();
  await sandboxOf(stack).misbehave({ operation: 'personalized_offers', kind: 'unavailable' });

  await who.ask();

  expect(lines).toMatchObject([{ status: 200, why: 'upstream_unavailable' }]);
  expect(await counted('access="not asked",why="upstream_unavailable"')).toBe(true);
});

it('says what became of a click, and why a request was refused', async () => {
  const who = await customer();
  const { offerId, optionId } = offered(await who.ask({ feature: 'advanced-analytics' }));

  await who.accept(offerId, optionId);
  await who.report('unknown', 'viewed');
  await who.ask({ context: { plan: 'free' } });

  expect(lines.slice(1)).toMatchObject([
    { status: 200, outcome: 'redirect' },
    { status: 404, code: 'not_found', type: 'viewed' },
    { status: 400, code: 'context_not_allowed' },
  ]);
});

it('names the campaign in every request about an offer, from the question to the end of the upgrade', async () => {
  const who = await customer();
  const backend = asServer(stack);

  const { offerId, optionId } = offered(await who.ask({ feature: 'advanced-analytics' }));
  await who.report(offerId, 'viewed');
  const id = fulfillmentIdOf(await who.accept(offerId, optionId));
  await who.outcome(id);
  await backend.complete(id);
  await backend.fail(id, 'too late');
  await who.outcome(id);
  await who.ask();

  const campaignId = 'advancedAnalytics';
  const click = { campaignId, action: 'redirect' };
  expect(lines).toMatchObject([
    { campaignId, actions: ['redirect'], access: 'denied' },
    { campaignId, actions: ['redirect'], type: 'viewed' },
    { ...click, outcome: 'redirect' },
    { ...click, outcome: 'redirect' },
    { ...click, outcome: 'completed', status: 200 },
    { ...click, outcome: 'failed', status: 409, code: 'already_final' },
    { ...click, outcome: 'completed' },
    { why: 'no_match' },
  ]);
  expect(lines.at(-1)).not.toHaveProperty('campaignId');
});

it('names the campaign of a click that Chargebee refuses', async () => {
  const who = await customer();
  const { offerId, optionId } = offered(await who.ask({ feature: 'advanced-analytics' }));
  await sandboxOf(stack).misbehave({ operation: 'offer_fulfillments', kind: 'unavailable' });

  await who.accept(offerId, optionId);

  expect(lines.at(-1)).toMatchObject({
    status: 503,
    code: 'upstream_unavailable',
    campaignId: 'advancedAnalytics',
    action: 'redirect',
  });
});

it('does not name a customer whose id is an e-mail address', async () => {
  const token = await signToken({ sub: 'ada@acme.example', subscription_id: 'sub_7' }, stack.identitySecret);

  await asCustomer(stack, { token }).ask();

  expect(lines).toMatchObject([{ customer: pseudonym('ada@acme.example') }]);
  expect(JSON.stringify(lines)).not.toContain('ada@');
});
