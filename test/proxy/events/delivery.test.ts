import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../proxy/constants.js';
import { openStore } from '../../../proxy/store/open.js';
import type { Store } from '../../../proxy/store/store.js';
import { newCustomer } from '../../support/customer.js';
import { startProxy, startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let stack: Stack;
let store: Store;
let clock: number;
let refusal: Response | undefined;
let isKeyWrong = false;
let reportRefusal: number | undefined;
/** Chargebee's answer to every event, for as long as it is set. */
let refusalOfAll: (() => Response) | undefined;
const errors: string[] = [];

/** When each call was made, by the proxy's clock. */
const eventCalls: number[] = [];

/** If `refusal` is set, it is Chargebee's answer to the next event. */
const fetchUpstream: typeof fetch = async (...call) => {
  if (isKeyWrong) return Response.json({ api_error_code: 'api_authentication_failed' }, { status: 401 });
  if (reportRefusal && /^\/api\/v2\/offer_fulfillments\/./.test(new URL(String(call[0])).pathname)) {
    return Response.json({ message: 'No', api_error_code: 'of_the_test' }, { status: reportRefusal });
  }
  if (!String(call[0]).endsWith('/offer_events')) return fetch(...call);
  eventCalls.push(clock);
  if (refusalOfAll) return refusalOfAll();
  if (!refusal) return fetch(...call);
  const answer = refusal;
  refusal = undefined;
  return answer;
};

beforeEach(async () => {
  clock = Math.floor(Date.now() / 60_000) * 60_000;
  isKeyWrong = false;
  reportRefusal = undefined;
  refusal = undefined;
  refusalOfAll = undefined;
  errors.length = 0;
  eventCalls.length = 0;
  const log = { info() {}, warn() {}, error: (_: object, message: string) => void errors.push(message) };
  stack = await startStack({ proxy: { now: () => clock, log, fetch: fetchUpstream } });
  store = await openStore(stack.environment['DATABASE_URL'] ?? '');
});
afterEach(async () => {
  await store.destroy();
  await stack.close();
});

const customer = async () => {
  const who = await newCustomer('ordinary', { secret: stack.identitySecret, expires: '3 days' });
  return { ...who, ...asCustomer(stack, who) };
};
const viewer = async () => {
  const who = await customer();
  return { ...who, ...offered(await who.ask({ feature: 'advanced-analytics' })) };
};
const eventsOf = async (who: { customerId: string }) =>
  (await sandboxOf(stack).records(who)).events.map(({ type }) => type);
const entriesOf = ({ offerId }: { offerId: string }) =>
  store.selectFrom('outbox').selectAll().where('queue', '=', offerId).orderBy('id').execute();
const attemptsOf = async (who: { offerId: string }) => (await entriesOf(who))[0]?.attempts;

describe('an event that Chargebee does not take', () => {
  it('is tried again within 1, 2, 4 and 8 seconds, and never before half of that', async () => {
    const who = await viewer();
    await sandboxOf(stack).misbehave({ operation: 'offer_events', kind: 'unavailable' });
    await who.report(who.offerId, 'viewed');

    const waits: number[] = [];
    for (const attempts of [1, 2, 3, 4]) {
      await expect.poll(() => attemptsOf(who)).toBe(attempts);
      const [entry] = await entriesOf(who);
      waits.push((entry?.nextAttemptAt ?? 0) - clock);
      clock = entry?.nextAttemptAt ?? 0;
    }

    for (const [index, step] of [1_000, 2_000, 4_000, 8_000].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(step / 2);
      expect(waits[index]).toBeLessThanOrEqual(step);
    }
    expect(errors).toEqual([]);
  });

  it('is given up after a day, and stays in the store as one dead letter that says why', async () => {
    const who = await viewer();
    await sandboxOf(stack).misbehave({ operation: 'offer_events', kind: 'unavailable' });
    await who.report(who.offerId, 'viewed');
    await expect.poll(() => attemptsOf(who)).toBe(1);

    clock += 23 * HOUR_MS;
    await expect.poll(() => attemptsOf(who)).toBe(2);
    expect(await entriesOf(who)).toMatchObject([{ diedAt: null }]);
    clock += 2 * HOUR_MS;
    await expect.poll(() => attemptsOf(who)).toBe(3);

    expect(await entriesOf(who)).toMatchObject([
      { kind: 'viewed', diedAt: clock, lastError: expect.stringContaining('Chargebee answered 503') },
    ]);
    await expect.poll(() => errors).toEqual([expect.stringContaining('dead letter')]);
    await sandboxOf(stack).behave();
    await who.report(who.offerId, 'dismissed');
    await expect.poll(() => eventsOf(who)).toEqual(['dismissed']);
  });
});

describe('a report of the app', () => {
  it('is kept while Chargebee does not accept the key, and delivered once somebody has corrected it', async () => {
    const who = await viewer();
    const fulfillmentId = fulfillmentIdOf(await who.accept(who.offerId, who.optionId));
    isKeyWrong = true;

    expect((await asServer(stack).complete(fulfillmentId)).status).toBe(202);
    await who.report(who.offerId, 'viewed');
    await expect.poll(() => attemptsOf(who)).toBe(1);
    isKeyWrong = false;
    clock += 60_000;

    const fulfillments = async () => (await sandboxOf(stack).records(who)).fulfillments;
    await expect.poll(fulfillments).toMatchObject([{ status: 'completed' }]);
    await expect.poll(() => eventsOf(who)).toEqual(['viewed']);
    expect(errors).toEqual([]);
  });
});

describe('a report of the app that Chargebee refuses', () => {
  const reported = async () => {
    const who = await viewer();
    const id = fulfillmentIdOf(await who.accept(who.offerId, who.optionId));
    const entry = () => store.selectFrom('outbox').selectAll().where('queue', '=', id).executeTakeFirst();
    return { ...who, id, entry };
  };
  const atChargebee = async (who: { customerId: string }) => (await sandboxOf(stack).records(who)).fulfillments;

  it.each([400, 403, 404, 405, 422])(
    'with %i is tried for 7 days: one refusal once made it a dead letter',
    async (status) => {
      const who = await reported();
      reportRefusal = status;

      expect((await asServer(stack).complete(who.id)).status).toBe(202);
      clock += 6.9 * DAY_MS;
      await expect.poll(async () => (await who.entry())?.attempts).toBeGreaterThan(1);
      expect(await who.entry()).toMatchObject({ kind: 'completed', diedAt: null });
      reportRefusal = undefined;
      clock += HOUR_MS;

      await expect.poll(() => atChargebee(who)).toMatchObject([{ status: 'completed' }]);
      expect(errors).toEqual([]);
    },
  );

  it('and that was written by a clock 30 days ahead is sent once the clock is right', async () => {
    const who = await reported();
    reportRefusal = 503;
    clock += 30 * DAY_MS;
    expect((await asServer(stack).complete(who.id)).status).toBe(202);
    clock -= 30 * DAY_MS;
    reportRefusal = undefined;

    await expect.poll(() => atChargebee(who)).toMatchObject([{ status: 'completed' }]);
  });
});

describe('a site without offer events', () => {
  const notEnabled = () =>
    Response.json({ message: 'Not enabled', api_error_code: 'configuration_incompatible' }, { status: 403 });
  /** How many answers the proxy has worked through; the clock may move then. */
  const attempts = async () =>
    (await store.selectFrom('outbox').select('attempts').execute()).reduce((sum, entry) => sum + entry.attempts, 0);
  const viewers = () => Promise.all([viewer(), viewer(), viewer()]);

  it('is asked once an hour and not for each event, is logged once, and gets its events once they are enabled', async () => {
    refusalOfAll = notEnabled;
    const start = clock;
    const [first, second, third] = await viewers();
    for (const who of [first, second, third]) {
      expect((await who.report(who.offerId, 'viewed')).status).toBe(202);
      expect((await who.report(who.offerId, 'dismissed')).status).toBe(202);
    }
    await expect.poll(attempts).toBe(1);
    clock += HOUR_MS - 1;
    expect((await first.ask({ feature: 'advanced-analytics' })).body.why).toBe('no_match');
    clock += 1;
    await expect.poll(attempts).toBe(2);
    refusalOfAll = undefined;
    clock += HOUR_MS;

    for (const who of [first, second, third]) await expect.poll(() => eventsOf(who)).toEqual(['viewed', 'dismissed']);
    const after = eventCalls.map((at) => at - start);
    expect(after).toEqual([0, HOUR_MS, ...Array.from({ length: 6 }, () => 2 * HOUR_MS)]);
    await expect.poll(() => errors).toEqual([expect.stringContaining('Chargebee refuses offer events')]);
  });

  it('is asked by one of its instances, which all know the answer', async () => {
    refusalOfAll = notEnabled;
    const first = await viewer();
    await first.report(first.offerId, 'viewed');
    await expect.poll(attempts).toBe(1);
    await stack.stopProxy();

    const log = { info() {}, warn() {}, error() {} };
    const { proxyUrl, stop } = await startProxy(stack.environment, { now: () => clock, log, fetch: fetchUpstream });
    onTestFinished(stop);
    const second = asCustomer({ proxyUrl }, await newCustomer('ordinary', { secret: stack.identitySecret }));
    const { offerId } = offered(await second.ask({ feature: 'advanced-analytics' }));
    await second.report(offerId, 'viewed');
    clock += HOUR_MS;

    await expect.poll(() => eventCalls).toEqual([clock - HOUR_MS, clock]);
  });

  it('keeps no event for longer than a day: each once stayed a dead letter for a month', async () => {
    refusalOfAll = notEnabled;
    for (const who of await viewers()) await who.report(who.offerId, 'viewed');
    await expect.poll(attempts).toBe(1);

    clock += 25 * HOUR_MS;

    await expect.poll(() => store.selectFrom('outbox').selectAll().execute()).toEqual([]);
  });

  it('is not what one refused event means: that one is reported with its reason, and so is the next', async () => {
    refusalOfAll = () => Response.json({ api_error_code: 'param_wrong_value' }, { status: 400 });
    const who = await viewer();
    await who.report(who.offerId, 'viewed');
    await who.report(who.offerId, 'dismissed');

    const errorsOf = async () => (await entriesOf(who)).map(({ lastError }) => lastError);
    const refused = expect.stringContaining('param_wrong_value');
    await expect.poll(errorsOf).toEqual([refused, refused]);
    await expect
      .poll(() => errors)
      .toEqual([expect.stringContaining('dead letter'), expect.stringContaining('dead letter')]);
  });
});

describe('an event that Chargebee cannot take for now', () => {
  it.each([
    ['blocks the site for a time', 403, { api_error_code: 'request_blocked' }],
    ['knows no such site', 404, { api_error_code: 'site_not_found' }],
    ['has waited for the request for too long', 408, {}],
  ])('waits if Chargebee %s: it was once given up', async (_, status, body) => {
    const who = await viewer();
    refusal = Response.json(body, { status });
    await who.report(who.offerId, 'viewed');
    await expect.poll(() => attemptsOf(who)).toBe(1);

    clock += 2_000;

    await expect.poll(() => eventsOf(who)).toEqual(['viewed']);
    expect(errors).toEqual([]);
  });
});

describe("Chargebee's Retry-After", () => {
  it.each([
    ['seconds', () => '90'],
    ['an HTTP date', () => new Date(clock + 90_000).toUTCString()],
  ])('is honored as %s', async (_, retryAfter) => {
    const [who, other] = await Promise.all([viewer(), viewer()]);
    refusal = new Response('{}', { status: 503, headers: { 'Retry-After': retryAfter() } });
    await who.report(who.offerId, 'viewed');
    await expect.poll(() => attemptsOf(who)).toBe(1);

    clock += 89_000;
    await other.report(other.offerId, 'viewed');
    await expect.poll(() => eventsOf(other)).toEqual(['viewed']);
    expect(await eventsOf(who)).toEqual([]);

    clock += 1_000;
    await expect.poll(() => eventsOf(who)).toEqual(['viewed']);
  });

  it('holds back every event after too many calls', async () => {
    const [who, other] = await Promise.all([viewer(), viewer()]);
    const start = clock;
    await sandboxOf(stack).misbehave({ operation: 'offer_events', kind: 'busy', retryAfter: 30, times: 1 });
    await who.report(who.offerId, 'viewed');
    await expect.poll(() => attemptsOf(who)).toBe(1);

    clock += 29_000;
    await other.report(other.offerId, 'viewed');
    expect((await (await customer()).ask()).body.why).toBe('budget');

    clock += 1_000;
    await expect.poll(() => eventsOf(who)).toEqual(['viewed']);
    await expect.poll(() => eventsOf(other)).toEqual(['viewed']);
    expect(eventCalls.map((at) => at - start)).toEqual([0, 30_000, 30_000]);
  });
});
