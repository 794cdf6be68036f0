import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { asCustomer, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';
import { startStack, type Stack } from '../../support/node-stack.js';

let stack: Stack;
const customer = async (scenario?: string, claims = {}) => {
  const who = await newCustomer(scenario, { secret: stack.identitySecret, claims });
  return { ...who, ...asCustomer(stack, who) };
};
const offerCalls = async (of: { customerId: string }) =>
  (await sandboxOf(stack).records(of)).calls.filter((call) => call.operation === 'personalized_offers');

beforeAll(async () => {
  stack = await startStack();
});
afterEach(() => sandboxOf(stack).behave());
afterAll(() => stack.close());

describe('asking for an offer', () => {
  it('tells Chargebee that the gated feature is missing, and gives the page the offer without its redirect URL', async () => {
    const ordinary = await customer();

    const { status, body } = await ordinary.ask({ feature: 'advanced-analytics' });

    expect(status).toBe(200);
    expect(body).toEqual({
      access: 'denied',
      offer: {
        id: expect.stringMatching(/^[\w-]{1,50}$/),
        campaignId: 'advancedAnalytics',
        title: '<div class="slate-p">Unlock Advanced Analytics</div>',
        description: '<div class="slate-p">Get advanced dashboards, deeper insights, and custom reports.</div>',
        options: [{ id: expect.any(String), label: 'Unlock now', action: 'redirect' }],
        expiresAt: expect.any(Number),
      },
      now: expect.any(Number),
    });
    expect(body.offer?.expiresAt).toBeGreaterThan(Date.now());
    expect(await offerCalls(ordinary)).toMatchObject([
      { body: { subscription_id: ordinary.subscriptionId, custom: { has_advanced_analytics: false } } },
    ]);
  });

  it('says of each option what accepting it does, in the words of the contract', async () => {
    const { offer } = offered(await (await customer('every-option')).ask());
    const { offer: other } = offered(await (await customer('new-processing-type')).ask());

    expect(offer.options.map(({ action, layout }) => layout ?? action)).toEqual([
      'billing',
      'full_page',
      'redirect',
      'webhook',
      'email',
    ]);
    expect(other.options).toMatchObject([{ action: 'unknown' }]);
  });

  it('tells Chargebee who the user is and where, cut to the lengths that Chargebee takes', async () => {
    const ada = await customer('ordinary', { external_user_id: 'ada', first_name: 'Ada', roles: ['admin'] });
    const url = `https://app.example/${'long/'.repeat(100)}`;

    await ada.ask({ page: { url, locale: 'en-GB', timezone: 'Europe/London' } });

    expect(await offerCalls(ada)).toMatchObject([
      {
        body: {
          external_user_id: 'ada',
          first_name: 'Ada',
          roles: ['admin'],
          request_context: { url: url.slice(0, 250), locale: 'en-GB', timezone: 'Europe/London' },
        },
      },
    ]);
  });

  it('offers storage at 80 % and more, not below', async () => {
    const { ask } = await customer();

    expect((await ask({ context: { storage_used_percent: 79 } })).body).toEqual({ offer: null, why: 'no_match' });
    const { offer } = offered(await ask({ context: { storage_used_percent: 80 } }));
    expect(offer.options).toMatchObject([{ label: 'Add 100 GB storage' }]);
  });

  it('serves the same offer again without asking Chargebee twice', async () => {
    const ordinary = await customer();

    const first = offered(await ordinary.ask({ feature: 'advanced-analytics' }));
    const second = offered(await ordinary.ask({ feature: 'advanced-analytics' }));

    expect(second.offerId).toBe(first.offerId);
    expect(await offerCalls(ordinary)).toHaveLength(1);
  });

  it.each([
    ['is down', { operation: 'personalized_offers', kind: 'unavailable' }, 'upstream_unavailable'],
    ['answers with a page of HTML', { operation: 'personalized_offers', kind: 'html' }, 'upstream_unavailable'],
    ['drops the connection', { operation: 'personalized_offers', kind: 'drop' }, 'upstream_unavailable'],
  ] as const)('shows nothing when Chargebee %s', async (_, fault, why) => {
    const { ask } = await customer();
    await sandboxOf(stack).misbehave(fault);

    expect(await ask()).toMatchObject({ status: 200, body: { offer: null, why } });
  });

  it('shows nothing when Chargebee takes longer than an offer is worth', async () => {
    const { ask } = await customer();
    await sandboxOf(stack).misbehave({ operation: 'personalized_offers', kind: 'slow', delayMs: 4_000, times: 1 });

    expect((await ask()).body).toEqual({ offer: null, why: 'upstream_unavailable' });
  });
});

describe('a question that Chargebee does not answer', () => {
  it.each([
    ['refuses', 400, 60_000],
    ['knows no customer for', 404, 60_000],
    ['fails at', 503, 10_000],
  ])(
    'is not asked again for a while if Chargebee %s it: each page view once cost a call',
    async (_, status, waitMs) => {
      let clock = Date.now();
      let calls = 0;
      const failing: typeof fetch = async (...call) => {
        calls += 1;
        return calls === 1 ? Response.json({ api_error_code: 'resource_not_found' }, { status }) : fetch(...call);
      };
      const failed = await startStack({ proxy: { fetch: failing, now: () => clock } });
      onTestFinished(() => failed.close());
      const { ask } = asCustomer(failed, await newCustomer('ordinary', { secret: failed.identitySecret }));

      for (let load = 0; load < 10; load += 1) {
        expect((await ask()).body).toEqual({ offer: null, why: 'upstream_unavailable' });
      }
      clock += waitMs - 1;
      await ask();
      expect(calls).toBe(1);
      clock += 1;

      expect((await ask()).body.why).toBe('no_match');
    },
  );
});

describe('the text of a page', () => {
  it('asks the same question, whatever it says, unless the language is another one: a made-up locale once cost a call', async () => {
    const ordinary = await customer();
    const locales = ['en', 'en-GB', 'EN-us', 'pt-BR', 'pt', 'zh-Hant-TW', 'zh-Hant'];
    const madeUp = ['made up', 'x-1', '42', 'en-GB-oxendict-1', 'x'.repeat(10_000), ''];

    for (const locale of [...locales, ...madeUp])
      await ordinary.ask({ page: { locale, timezone: locale, url: locale } });

    const asked = (await offerCalls(ordinary)).map(({ body }) => body);
    expect(asked).toMatchObject(
      ['en', 'pt-BR', 'zh-Hant-TW', 'made up'].map((locale) => ({ request_context: { locale } })),
    );
  });
});

describe('custom fields', () => {
  it('refuses a field that the operator has not allowed, and names it and the setting', async () => {
    const ordinary = await customer();

    const { status, body } = await ordinary.call('POST', '/offers', { context: { plan_discount: 100 } });

    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'context_not_allowed', detail: expect.stringContaining('plan_discount') });
    expect(body.detail).toContain('BROWSER_CONTEXT');
    expect(await offerCalls(ordinary)).toEqual([]);
  });

  it.each(['constructor', 'prototype', '__proto__'])('refuses the name %s, which was once dropped', async (name) => {
    const { token } = await customer();
    const body = `{"context":{"${name}":1}}`;
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };

    const refused = await fetch(`${stack.proxyUrl}/offers`, { method: 'POST', headers, body });

    expect([refused.status, (await refused.json()).detail]).toEqual([400, expect.stringContaining(`context.${name}`)]);
  });

  it('refuses a field of the wrong type', async () => {
    const { call } = await customer();

    const { status, body } = await call('POST', '/offers', { context: { storage_used_percent: '99' } });

    expect([status, body.detail]).toEqual([400, 'context.storage_used_percent: it must be a number.']);
  });

  it('lets what the app signed override what the page says', async () => {
    const signed = await customer('ordinary', { custom: { storage_used_percent: 10 } });

    const { body } = await signed.ask({ context: { storage_used_percent: 99 } });

    expect(body).toEqual({ offer: null, why: 'no_match' });
  });

  it('does not let the page say which features it has', async () => {
    const { call } = await customer();

    const { status } = await call('POST', '/offers', {
      feature: 'advanced-analytics',
      context: { has_advanced_analytics: true },
    });

    expect(status).toBe(400);
  });

  it('refuses a customer id in the body', async () => {
    const { call } = await customer();

    expect(await call('POST', '/offers', { customerId: 'cus_other' })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', detail: expect.stringContaining('customerId') },
    });
  });
});
