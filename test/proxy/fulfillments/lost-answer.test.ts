/** What is left of an acceptance whose answer never came, and what the next click makes of it. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { openStore } from '../../../proxy/store/open.js';
import { newCustomer } from '../../support/customer.js';
import { holdAnswers } from '../../support/held-answers.js';
import { startProxy, startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let aheadMs: number;
let stack: Stack;
const errors: [object, string][] = [];
const infos: [{ err?: Error }, string][] = [];

const now = () => Date.now() + aheadMs;
const customer = async (scenario?: string) => {
  const who = await newCustomer(scenario, { secret: stack.identitySecret, expires: '30 days' });
  return { ...who, ...asCustomer(stack, who) };
};
const withOffer = async (scenario?: string) => {
  const who = await customer(scenario);
  return { ...who, ...offered(await who.ask({ feature: 'advanced-analytics' })) };
};
const creates = async (of: { customerId: string }) =>
  (await sandboxOf(stack).records(of)).calls.filter(({ operation }) => operation === 'offer_fulfillments').length;
const atChargebee = async (of: { customerId: string }) => (await sandboxOf(stack).records(of)).fulfillments;
const loseAnswers = (times: number) =>
  sandboxOf(stack).misbehave({ operation: 'offer_fulfillments', kind: 'drop', after: true, times });
const unanswered = async () => {
  const page = await (await fetch(new URL('/metrics', stack.proxyUrl))).text();
  return Number(/open_fulfillments\{age="unanswered"\} (\d+)/.exec(page)?.[1]);
};

beforeEach(async () => {
  aheadMs = 0;
  errors.length = 0;
  infos.length = 0;
  const log = {
    info: (facts: object, text: string) => void infos.push([facts, text]),
    warn() {},
    error: (facts: object, text: string) => void errors.push([facts, text]),
  };
  stack = await startStack({ sandbox: { now }, proxy: { now, log } });
});
afterEach(() => stack.close());

describe('a lost answer', () => {
  it('leaves a line and a count for the operator although nobody asks again: it was in no list', async () => {
    const who = await withOffer();
    await loseAnswers(1);

    expect(await who.accept(who.offerId, who.optionId)).toMatchObject({ status: 503 });

    expect(await unanswered()).toBe(1);
    expect(errors[0]).toMatchObject([
      { offerId: who.offerId, customerId: who.customerId, subscriptionId: who.subscriptionId },
      expect.stringContaining('reconcile --settle'),
    ]);
  });

  it.each([
    ['too many calls', 429, 'upstream_busy'],
    ['a wrong key', 401, 'upstream_refused'],
    ['a refusal', 400, 'upstream_refused'],
    ['a wrong site', 404, 'upstream_unavailable'],
  ])('is not forgotten because the next try meets %s, as it once was', async (_, status, code) => {
    let isRefusing = false;
    const refusing = await startStack({
      proxy: {
        fetch: async (url, init) =>
          isRefusing ? Response.json({ message: 'No', api_error_code: 'of_the_test' }, { status }) : fetch(url, init),
      },
    });
    onTestFinished(() => refusing.close());
    const who = await newCustomer('ordinary', { secret: refusing.identitySecret });
    const { ask, accept } = asCustomer(refusing, who);
    const { offerId, optionId } = offered(await ask({ feature: 'advanced-analytics' }));
    await sandboxOf(refusing).misbehave({ operation: 'offer_fulfillments', kind: 'drop', after: true, times: 1 });
    await accept(offerId, optionId);
    isRefusing = true;

    expect((await accept(offerId, optionId)).body).toMatchObject({ code });

    const page = await (await fetch(new URL('/metrics', refusing.proxyUrl))).text();
    expect(page).toContain('open_fulfillments{age="unanswered"} 1');
  });

  it('does not make each question about access a call for ever', async () => {
    const who = await withOffer();
    await loseAnswers(1);
    await who.accept(who.offerId, who.optionId);
    aheadMs = 3 * 60_000;
    const reads = async () =>
      (await sandboxOf(stack).records(who)).calls.filter(({ operation }) => operation === 'subscription_entitlements');
    const before = (await reads()).length;

    for (let question = 0; question < 5; question += 1) await who.access('advanced-analytics');

    expect(await reads()).toHaveLength(before + 1);
  });

  it('of an offer that failed before is called accepted, not failed as the older acceptance was', async () => {
    const who = await withOffer();
    const failed = fulfillmentIdOf(await who.accept(who.offerId, who.optionId));
    await asServer(stack).fail(failed, 'card declined');
    const again = offered(await who.ask({ feature: 'advanced-analytics' }));
    expect(again.offerId).not.toBe(who.offerId);
    await loseAnswers(1);

    expect((await who.accept(again.offerId, again.optionId)).status).toBe(503);
    expect((await who.accept(again.offerId, again.optionId)).body).toMatchObject({ status: 'already_accepted' });

    expect(await atChargebee(who)).toMatchObject([{ status: 'failed' }, { status: 'in_progress' }]);
    expect(errors.at(-1)).toMatchObject([
      { offerId: again.offerId },
      expect.stringContaining('its fulfillment never reached the proxy'),
    ]);
  });

  it('is found through the next offer too, if Chargebee lists the same one under another id', async () => {
    const who = await withOffer();
    const other = offered(await who.ask({ feature: 'advanced-analytics', page: { locale: 'de' } }));
    await loseAnswers(1);

    expect((await who.accept(who.offerId, who.optionId)).status).toBe(503);
    expect((await who.accept(other.offerId, other.optionId)).body).toMatchObject({ status: 'already_accepted' });

    expect(await atChargebee(who)).toHaveLength(1);
    expect(await unanswered()).toBe(0);
  });
});

describe('a store that cannot be written when Chargebee answers', () => {
  it.skipIf(inject('postgresUrl'))(
    'leaves the id in the log, and the acceptance for the operator to settle',
    async () => {
      const who = await withOffer();
      const store = await openStore(stack.environment['DATABASE_URL'] ?? '');
      onTestFinished(() => store.destroy());
      await sql`create trigger full_disk before update on fulfillments begin select raise(abort, 'disk full'); end`.execute(
        store,
      );

      expect((await who.accept(who.offerId, who.optionId)).status).toBeGreaterThanOrEqual(500);

      const [fulfillment] = await atChargebee(who);
      expect(errors[0]).toMatchObject([{ fulfillmentId: fulfillment?.id, offerId: who.offerId }, expect.any(String)]);
      aheadMs = 61_000;
      expect(await unanswered()).toBe(1);
    },
  );
});

describe('an offer that failed before and that was accepted elsewhere since', () => {
  it('is called accepted: the old failure was told for ever', async () => {
    const who = await withOffer();
    await asServer(stack).fail(fulfillmentIdOf(await who.accept(who.offerId, who.optionId)), 'card declined');
    const again = offered(await who.ask({ feature: 'advanced-analytics' }));
    const elsewhere = await fetch(`${stack.sandboxUrl}/api/v2/offer_fulfillments`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa('test_sandbox:')}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ personalized_offer_id: again.offerId, option_id: again.optionId }),
    });
    expect(elsewhere.status).toBe(202);

    expect((await who.accept(again.offerId, again.optionId)).body).toMatchObject({ status: 'already_accepted' });
  });
});

describe('25 clicks while Chargebee fails', () => {
  it.each(['unavailable', 'drop', 'error', 'html'] as const)(
    'ask it twice at most if they come together: %s',
    async (kind) => {
      const who = await withOffer();
      await sandboxOf(stack).misbehave({ operation: 'offer_fulfillments', kind });

      const answers = await Promise.all(Array.from({ length: 25 }, () => who.accept(who.offerId, who.optionId)));

      expect(answers.filter(({ status }) => status === 503)).toHaveLength(25);
      expect(await creates(who)).toBeLessThanOrEqual(2);
    },
  );

  it('ask it twice if they come one after the other, then again once it had time to recover', async () => {
    const who = await withOffer();
    await sandboxOf(stack).misbehave({ operation: 'offer_fulfillments', kind: 'unavailable' });

    for (let click = 0; click < 25; click += 1) await who.accept(who.offerId, who.optionId);
    expect(await creates(who)).toBe(2);
    const { headers } = await who.accept(who.offerId, who.optionId);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    await sandboxOf(stack).behave();
    aheadMs = 61_000;

    expect((await who.accept(who.offerId, who.optionId)).body).toMatchObject({ status: 'redirect' });
    expect(await atChargebee(who)).toHaveLength(1);
  });
});

it('what Chargebee says of a second acceptance is in the log, without its text: no document has the code', async () => {
  const who = await withOffer();
  await loseAnswers(1);
  await who.accept(who.offerId, who.optionId);

  await who.accept(who.offerId, who.optionId);

  const [facts] = infos.find(([, text]) => text.includes('did not take an acceptance')) ?? [];
  expect(facts).toMatchObject({ offerId: who.offerId });
  expect(facts?.err?.message).toMatch(/^Chargebee answered 409 .*: invalid_state_for_request, a text with "already/);
});

describe('25 clicks while Chargebee refuses', () => {
  it.each([
    ['the request', 'param_wrong_value', 'upstream_refused', 1],
    ['the key', 'api_authentication_failed', 'upstream_refused', 1],
    ['the state of the subscription', 'invalid_state_for_request', 'upstream_refused', 1],
    ['an offer that it no longer has', 'resource_not_found', 'offer_expired', 1],
    ["another company's API", 'third_party_api_request_limit_exceeded', 'upstream_busy', 1],
    // It is tried twice more by itself.
    ['a locked resource', 'lock_timeout', 'upstream_busy', 3],
  ] as const)('cost one call, and say the same each time: %s', async (_, code, answered, calls) => {
    const who = await withOffer();
    const order = { operation: 'offer_fulfillments', kind: 'refused', code, message: 'No', retryAfter: 25 } as const;
    await sandboxOf(stack).misbehave(order);

    for (let click = 0; click < 25; click += 1) {
      const { body, headers } = await who.accept(who.offerId, who.optionId);
      expect(body).toMatchObject({ code: answered });
      expect(headers.has('retry-after')).toBe(answered === 'upstream_busy');
    }

    expect(await creates(who)).toBe(calls);
    await sandboxOf(stack).behave();
    aheadMs = 31_000;
    expect((await who.accept(who.offerId, who.optionId)).body).toMatchObject({ status: 'redirect' });
    expect(await atChargebee(who)).toHaveLength(1);
  });
});

describe('clocks that differ', () => {
  const CREATE = /^POST .*\/offer_fulfillments$/;

  it('by 20 seconds make one acceptance of two clicks: the second instance once took the first for dead', async () => {
    const held = holdAnswers(CREATE);
    const both = await startStack({ proxy: { fetch: held.fetch } });
    const ahead = await startProxy(both.environment, { now: () => Date.now() + 20_000 });
    onTestFinished(async () => {
      await ahead.stop();
      await both.close();
    });
    const who = await newCustomer('ordinary', { secret: both.identitySecret });
    const { offerId, optionId } = offered(await asCustomer(both, who).ask({ feature: 'advanced-analytics' }));

    const first = asCustomer(both, who).accept(offerId, optionId);
    await held.arrived;
    const second = asCustomer(ahead, who).accept(offerId, optionId);
    held.release();

    const id = fulfillmentIdOf(await first);
    expect((await second).body).toMatchObject({ fulfillmentId: id, acceptedBefore: 'you' });
    const { calls, fulfillments } = await sandboxOf(both).records(who);
    expect(calls.filter(({ operation }) => operation === 'offer_fulfillments')).toHaveLength(1);
    expect(fulfillments).toHaveLength(1);
  });

  it('by an hour do not keep a click waiting for an instance that died: the request looked for an hour', async () => {
    const held = holdAnswers(CREATE, () => {
      throw new Error('The instance died.');
    });
    const wrong = await startProxy(stack.environment, { fetch: held.fetch, now: () => now() + 55 * 60_000 });
    onTestFinished(() => wrong.stop());
    const who = await withOffer();
    const dying = asCustomer(wrong, who).accept(who.offerId, who.optionId);
    await held.arrived;

    expect((await who.accept(who.offerId, who.optionId)).body).toMatchObject({ status: 'already_accepted' });
    held.release();
    await dying;
  });
});

describe('accepting again', () => {
  it('asks Chargebee where the first acceptance stands: it was answered as it stood at first', async () => {
    const who = await customer();
    const { offerId, optionId } = offered(await who.ask({ context: { storage_used_percent: 90 } }));
    const first = await who.accept(offerId, optionId);
    expect(first.body.status).toBe('pending');
    aheadMs = 5_000;

    expect((await who.accept(offerId, optionId)).body).toEqual({
      status: 'completed',
      fulfillmentId: fulfillmentIdOf(first),
      acceptedBefore: 'you',
    });
  });

  it('makes a new acceptance of what Chargebee offers again after the first was carried out', async () => {
    await sandboxOf(stack).setPlays((plays) => [
      ...plays,
      ...plays
        .filter(({ name }) => name === 'Add storage')
        .map((play) => ({ ...play, name: 'Add storage again', priority: 5 })),
    ]);
    const who = await customer();
    const ask = () => who.ask({ context: { storage_used_percent: 90 } });
    const first = offered(await ask());
    const firstId = fulfillmentIdOf(await who.accept(first.offerId, first.optionId));
    aheadMs = 5_000;
    expect((await who.outcome(firstId)).body.status).toBe('completed');
    aheadMs = 10 * 60_000;

    const second = offered(await ask());
    const accepted = await who.accept(second.offerId, second.optionId);

    expect(accepted.body).toMatchObject({ status: 'pending' });
    expect(fulfillmentIdOf(accepted)).not.toBe(firstId);
    expect(await atChargebee(who)).toHaveLength(2);
  });
});
