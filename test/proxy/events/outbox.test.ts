import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../proxy/config.js';
import { openOfferProxy } from '../../../proxy/run/server.js';
import { newCustomer } from '../../support/customer.js';
import { heldCalls } from '../../support/held-calls.js';
import { asCustomer, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';
import { startStack, type Stack } from '../../support/node-stack.js';

let stack: Stack;

beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.close());

const withOffer = async (at = stack) => {
  const who = await newCustomer('ordinary', { secret: at.identitySecret });
  const as = asCustomer(at, who);
  return { ...who, ...as, ...offered(await as.ask({ feature: 'advanced-analytics' })) };
};
const eventsOf = async (who: { customerId: string }, at = stack) =>
  (await sandboxOf(at).records(who)).events.map((event) => event.type);

describe('an offer event', () => {
  it('reaches Chargebee', async () => {
    const who = await withOffer();

    expect((await who.report(who.offerId, 'viewed')).status).toBe(202);

    await expect.poll(() => eventsOf(who)).toEqual(['viewed']);
  });

  it('is acknowledged before Chargebee has it', async () => {
    const events = heldCalls('offer_events');
    events.hold();
    const slow = await startStack({ proxy: { fetch: events.fetch } });
    const who = await withOffer(slow);

    expect((await who.report(who.offerId, 'viewed')).status).toBe(202);

    await expect.poll(events.count).toBe(1);
    expect(await eventsOf(who, slow)).toEqual([]);
    events.letGo();
    await expect.poll(() => eventsOf(who, slow)).toEqual(['viewed']);
    await slow.close();
  });

  it('waits for Chargebee to come back, and keeps its place', async () => {
    const who = await withOffer();
    await sandboxOf(stack).misbehave({ operation: 'offer_events', kind: 'unavailable', times: 2 });

    await who.report(who.offerId, 'viewed');
    await who.report(who.offerId, 'dismissed');

    await expect.poll(() => eventsOf(who)).toEqual(['viewed', 'dismissed']);
  });

  it('is not lost when the proxy stops: the next one on the same store delivers it', async () => {
    const who = await withOffer();
    await sandboxOf(stack).misbehave({ operation: 'offer_events', kind: 'unavailable' });
    await who.report(who.offerId, 'viewed');
    await stack.stopProxy();
    await sandboxOf(stack).behave();
    expect(await eventsOf(who)).toEqual([]);

    const next = await openOfferProxy(readConfig(stack.environment), { log: { info() {}, warn() {}, error() {} } });

    await expect.poll(() => eventsOf(who)).toEqual(['viewed']);
    await next.close();
  });

  it.each(['accepted', 'clicked', ''])('is viewed or dismissed and nothing else: refuses %j', async (type) => {
    const who = await withOffer();

    expect(await who.report(who.offerId, type)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect(await eventsOf(who)).toEqual([]);
  });
});

describe('a dismissed offer', () => {
  it('stays away on the next load, even before Chargebee has heard of it', async () => {
    const who = await withOffer();
    await sandboxOf(stack).misbehave({ operation: 'offer_events', kind: 'unavailable' });

    await who.report(who.offerId, 'dismissed');

    expect((await who.ask({ feature: 'advanced-analytics' })).body).toEqual({
      access: 'denied',
      offer: null,
      why: 'no_match',
    });
  });

  it('reaches Chargebee once, however often the customer dismisses it', async () => {
    const who = await withOffer();

    await who.report(who.offerId, 'dismissed');
    await who.report(who.offerId, 'dismissed');
    await who.report(who.offerId, 'viewed');

    await expect.poll(() => eventsOf(who)).toEqual(['dismissed', 'viewed']);
  });
});
