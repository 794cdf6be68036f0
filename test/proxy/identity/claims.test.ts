import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Customer } from '../../../proxy/customer.js';
import { newCustomer, signToken } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

/** The warnings in the log, as JSON. */
const warned: string[] = [];
const log = { info() {}, error() {}, warn: (facts: object) => void warned.push(JSON.stringify(facts)) };
const base = { sub: 'cus_claims', subscription_id: 'sub_claims' };

describe('a claim that Chargebee would not take', () => {
  let stack: Stack;

  /** What Chargebee was last asked for an offer with. */
  let request: Record<string, unknown> = {};
  const recording: typeof fetch = (url, init) => {
    if (String(url).endsWith('/personalized_offers')) request = JSON.parse(String(init?.body));
    return fetch(url, init);
  };

  beforeAll(async () => {
    stack = await startStack({ proxy: { log, fetch: recording } });
  });
  afterAll(() => stack.close());

  const sent = async (claims: Record<string, unknown>) => {
    const who = await newCustomer('ordinary', { secret: stack.identitySecret, claims });
    const { status, body } = await asCustomer(stack, who).ask({ feature: 'advanced-analytics' });
    return { status, offer: body.offer, request };
  };

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['a name that is null', { first_name: null }, {}],
    ['an e-mail that is null', { email: null }, {}],
    ['a list of roles that is null', { roles: null }, {}],
    ['one role in place of a list', { roles: 'admin' }, { roles: ['admin'] }],
    ['a role that is a number', { roles: ['admin', 7] }, { roles: ['admin'] }],
    ['a user id that is a number', { external_user_id: 42 }, { external_user_id: '42' }],
    ['a name that is an object', { last_name: { de: 'Lovelace' } }, {}],
    ['a name that is too long', { first_name: 'a'.repeat(151) }, { first_name: 'a'.repeat(150) }],
    ['an address that is too long', { email: `${'a'.repeat(70)}@example.com` }, {}],
    ['an address that is none', { email: 'n/a' }, {}],
    ['an address that is a number', { email: 5 }, {}],
    [
      'custom fields that are null or nested',
      { custom: { plan: null, team: { size: 3 }, seats: 4 } },
      { custom: { seats: 4 } },
    ],
    ['custom fields that are a list', { custom: ['plan'] }, {}],
    [
      'a custom field with a reserved name',
      JSON.parse('{"custom":{"constructor":1,"seats":4}}'),
      { custom: { seats: 4 } },
    ],
  ])('locks nobody out: %s', async (_, claims, expected) => {
    const { status, offer, request } = await sent(claims);

    expect(status).toBe(200);
    expect(offer).not.toBeNull();
    expect(request).toMatchObject(expected);
    for (const claim of Object.keys(claims)) {
      if (claim !== 'custom' && !(claim in expected)) expect(request).not.toHaveProperty(claim);
    }
  });

  it('leaves two users two, however alike their long ids begin', async () => {
    const long = 'federated|identity-provider|organisation|0123456789|';
    const [one, other] = [await sent({ external_user_id: `${long}1` }), await sent({ external_user_id: `${long}2` })];

    expect(one.request['external_user_id']).not.toBe(other.request['external_user_id']);
  });

  it('is named once in the log, without its value', async () => {
    await sent({ custom: { odd_field: ['needle'] } });
    await sent({ custom: { odd_field: { nested: 'needle' } } });

    expect(warned.filter((line) => line.includes('custom.odd_field'))).toHaveLength(1);
    expect(warned.join()).not.toContain('needle');
  });
});

describe('the ids of a token', () => {
  it('may be whole numbers, as some back ends write them', async () => {
    const stack = await startStack();
    onTestFinished(() => stack.close());
    const customerId = `${Date.now()}`;
    const claims: Record<string, unknown> = { sub: Number(customerId), subscription_id: 7 };
    const token = await signToken(claims, stack.identitySecret);

    expect((await asCustomer(stack, { token }).ask({ feature: 'advanced-analytics' })).body.offer).not.toBeNull();

    const { calls } = await sandboxOf(stack).records({ customerId });
    expect(calls.map(({ operation }) => operation)).toContain('personalized_offers');
  });

  it.each([[7.5], [null], [true], [['cus_1']]])(
    'are refused if they are not: %j, which the answer does not repeat',
    async (sub) => {
      const stack = await startStack();
      onTestFinished(() => stack.close());
      const claims: Record<string, unknown> = { sub, subscription_id: 'sub_1' };
      const token = await signToken(claims, stack.identitySecret);

      const { status, body } = await asCustomer(stack, { token }).call('POST', '/offers', {});

      expect([status, body.detail]).toEqual([401, 'sub must be text.']);
    },
  );
});

describe('what the identify() of a host returns', () => {
  let stack: Stack;
  let customer: unknown;

  beforeAll(async () => {
    stack = await startStack({ proxy: { log, identify: async () => customer as Customer } });
  });
  beforeEach(() => {
    customer = undefined;
  });
  afterAll(() => stack.close());

  it.each<[string, unknown, string]>([
    ['no subscription', { customerId: 'cus_1' }, 'subscriptionId'],
    ['a subscription that is two dots', { customerId: 'cus_1', subscriptionId: '..' }, 'subscriptionId'],
    ['a customer that is null', { customerId: null, subscriptionId: 'sub_1' }, 'customerId must be text.'],
    ['an id with a control character', { customerId: 'cus_1', subscriptionId: 'sub\0' }, 'subscriptionId'],
  ])('is refused with %s, and nothing reaches Chargebee', async (_, returned, field) => {
    customer = returned;

    const { status, body } = await asCustomer(stack, { token: '' }).call('GET', '/entitlements/seats');

    expect([status, body.code, body.detail]).toEqual([401, 'token_claim', expect.stringContaining(field)]);
    expect((await sandboxOf(stack).records()).calls).toEqual([]);
  });

  it('loses what Chargebee would not take, and not the customer', async () => {
    customer = { customerId: 'cus_host', subscriptionId: 'sub_host', email: null, userId: 42, roles: null };

    const { body } = await asCustomer(stack, { token: '' }).ask({ feature: 'advanced-analytics' });

    expect(body.offer).not.toBeNull();
  });
});

describe('two secrets at once', () => {
  const [old, young] = ['the old secret that is about to go away', 'the young secret that has just been made'];

  it('let tokens of either through, so that one can replace the other without a gap', async () => {
    const stack = await startStack({ settings: { IDENTITY_SECRET: `${old}, ${young}` } });
    const status = async (secret: string) =>
      (await asCustomer(stack, await newCustomer('ordinary', { secret, claims: base })).ask()).status;

    expect([await status(old), await status(young), await status('a secret that was never in the settings')]).toEqual([
      200, 200, 401,
    ]);
    await stack.close();
  });
});
