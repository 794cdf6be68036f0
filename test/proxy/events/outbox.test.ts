import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../proxy/config.js';
import { openOfferProxy } from '../../../proxy/run/server.js';
import { openStore } from '../../../proxy/store/open.js';
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

describe('a site where Chargebee has not enabled offer events', () => {
  it('affects no customer, and is logged once', async () => {
    const said: string[] = [];
    const say = (_: object, message: string) => void said.push(message);
    const isOff: typeof fetch = async (...call) =>
      String(call[0]).endsWith('/offer_events')
        ? Response.json({ message: 'Not enabled', api_error_code: 'configuration_incompatible' }, { status: 403 })
        : fetch(...call);
    const without = await startStack({ proxy: { fetch: isOff, log: { info() {}, warn: say, error: say } } });
    const store = await openStore(without.environment['DATABASE_URL'] ?? '');
    const dead = () => store.selectFrom('outbox').select('lastError').where('diedAt', 'is not', null).execute();

    for (let customer = 0; customer < 3; customer += 1) {
      const who = asCustomer(without, await newCustomer('ordinary', { secret: without.identitySecret }));
      const { offerId } = offered(await who.ask({ feature: 'advanced-analytics' }));
      expect((await who.report(offerId, 'viewed')).status).toBe(202);
      expect((await who.report(offerId, 'dismissed')).status).toBe(202);
    }

    await expect.poll(dead).toHaveLength(6);
    expect((await dead())[0]?.lastError).toContain('403');
    expect(said).toEqual([expect.stringContaining('Chargebee refuses offer events')]);
    await store.destroy();
    await without.close();
  });
});
