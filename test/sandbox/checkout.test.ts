import { describe, expect, it } from 'vitest';
import { START, startChargebee } from '../support/chargebee-http.js';

const HOUR_MS = 60 * 60 * 1000;

const { url, sandbox, customer, accept, fulfillment, get, later } = await startChargebee({ fulfillmentDelayMs: 1000 });

async function checkout(scenario = 'checkout') {
  const who = customer(scenario);
  const { body } = await accept(await who.offer());
  const page = body.hosted_page;
  if (!page) throw new Error('The acceptance returned no hosted page.');
  return {
    ...who,
    page,
    answer: body,
    now: async () => (await fulfillment(body.offer_fulfillment.id)).body.offer_fulfillment,
    opens: async () => (await fetch(page.url)).text(),
    chooses: (choice: string, query = '') =>
      fetch(page.url + query, { method: 'POST', body: new URLSearchParams({ choice }), redirect: 'manual' }),
    bought: async () =>
      (await get<{ hosted_page: { content: object } }>(`hosted_pages/${page.id}`)).body.hosted_page.content,
    state: async () =>
      (await get<{ hosted_page: { state: string } }>(`hosted_pages/${page.id}`)).body.hosted_page.state,
  };
}

it('names no layout in its hosted page where the site leaves it out: the option has it', async () => {
  sandbox.settings.change({ hostedPageLayout: false });
  const { answer } = await checkout('checkout-in-app');
  sandbox.settings.change({ hostedPageLayout: true });
  expect(answer.hosted_page).not.toHaveProperty('layout');
});

describe('a checkout', () => {
  it('is a hosted page of the sandbox, named only in the answer to the acceptance', async () => {
    const { answer, now } = await checkout('checkout-in-app');
    expect(answer.hosted_page).toEqual({
      id: expect.stringMatching(/^hp_[0-9a-f]{32}$/),
      type: 'checkout_existing',
      url: expect.stringContaining(`${url}/pages/v4/hp_`),
      state: 'created',
      embed: false,
      layout: 'in_app',
      content: {},
      created_at: START / 1000,
      expires_at: START / 1000 + 3 * 3600,
      object: 'hosted_page',
    });
    expect(await now()).not.toHaveProperty('hosted_page');
  });

  it('grants what was bought shortly after it is paid', async () => {
    const { opens, chooses, now, state, bought, entitlement } = await checkout();
    expect(await opens()).toMatch(/<form method="post"[^]*>Pay<\/button>/);
    expect(await state()).toBe('requested');

    expect((await chooses('pay')).status).toBe(303);

    expect(await opens()).toContain('Paid.');
    expect(await opens()).not.toContain('<button');
    expect(await state()).toBe('succeeded');
    expect(await bought()).toMatchObject({ subscription: { status: 'active' }, customer: { deleted: false } });
    expect(await now()).toMatchObject({ status: 'in_progress' });
    later(1000);
    expect(await now()).toMatchObject({ status: 'completed' });
    expect(await entitlement('advanced-analytics')).toBe('true');
  });

  it('fails as abandoned when it is cancelled, and cannot be paid afterwards', async () => {
    const { chooses, opens, now, state, entitlement } = await checkout();
    await chooses('cancel');
    await chooses('pay');
    later(1000);

    expect(await now()).toMatchObject({ status: 'failed', error: { code: 'checkout_abandoned' } });
    expect(await state()).toBe('cancelled');
    expect(await opens()).toContain('Nothing was charged');
    expect(await entitlement('advanced-analytics')).toBeUndefined();
  });

  it('can be left, opened again and paid', async () => {
    const { page, opens, chooses, now, state } = await checkout();
    const back = await (await fetch(`${page.url}?redirect_url=https%3A%2F%2Fapp.example%2F`)).text();
    expect(back).toContain('<a href="https://app.example/">');
    later(2 * HOUR_MS);
    expect(await now()).toMatchObject({ status: 'in_progress' });
    expect(await state()).toBe('requested');

    expect(await opens()).toContain('Pay</button>');
    await chooses('pay');
    later(1000);
    expect(await now()).toMatchObject({ status: 'completed' });
  });

  it('expires unpaid after three hours', async () => {
    const { opens, chooses, now } = await checkout();
    later(3 * HOUR_MS);
    expect(await opens()).toContain('expired');
    await chooses('pay');
    expect(await now()).toMatchObject({ status: 'failed', error: { code: 'checkout_abandoned' } });
  });

  it('returns to the given redirect URL, with its id and state', async () => {
    const back = '?redirect_url=https%3A%2F%2Fapp.example%2Fdone%3Fa%3D1';
    const { page, chooses } = await checkout();
    expect((await chooses('pay', back)).headers.get('location')).toBe(
      `https://app.example/done?a=1&id=${page.id}&state=succeeded`,
    );
    const other = await checkout();
    expect((await other.chooses('cancel', back)).headers.get('location')).toContain('state=cancelled');
  });

  it.each(['javascript:alert(1)', '//evil.example', 'nonsense'])(
    'ignores a redirect URL that is not http (%s)',
    async (target) => {
      const { page, chooses } = await checkout();
      const answer = await chooses('pay', `?redirect_url=${encodeURIComponent(target)}`);
      expect(answer.headers.get('location')).toBe(`/pages/v4/${page.id}`);
    },
  );
});
