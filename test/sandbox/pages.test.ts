/** The sandbox's pages as people use them: with a mouse, with a keyboard, on a phone, in dark mode, without JavaScript. */
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { startChargebee } from '../support/chargebee-http.js';
import { visitorOf } from './browser.js';
import { webhookReceiver } from './webhook-receiver.js';

const RECORDS = '/sandbox';
const FAULTS = '/sandbox/pages/faults';
const WEBHOOKS = '/sandbox/pages/webhooks';
const PLAYS = '/sandbox/pages/plays';
const LANDING = '/sandbox/pages/landing';

const { url, sandbox, customer, accept, event, fulfillment, later } = await startChargebee();
const { open } = visitorOf(url);

afterEach(() => {
  sandbox.faults.clear();
  sandbox.rateLimit.lift();
  sandbox.webhooks.configure({ url: null, duplicated: false, reordered: false });
});

/** By accessible name: `getByLabel` would also match the text of a select's options. */
const chosen = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true });

/** A page of another origin leads to this one, as the widget does, and the browser says where the customer came from. */
async function comeFrom(app: string, path: string): Promise<Page> {
  const page = await open(path);
  await page.route(app, (route) =>
    route.fulfill({ contentType: 'text/html', body: `<a href="${url}${path}">Continue</a>` }),
  );
  await page.goto(app);
  await page.getByRole('link', { name: 'Continue' }).click();
  await page.waitForURL(url + path);
  return page;
}

const violations = async (page: Page) => {
  await page.addScriptTag({ content: axe.source });
  // Passed as source text, because the page cannot import the test's module.
  const found = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  return found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
};

describe.each([
  ['on a wide screen, light', { viewport: { width: 1100, height: 800 }, colorScheme: 'light' }],
  ['on a phone, dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
] as const)('%s', (_, options) => {
  it.each([RECORDS, PLAYS, FAULTS, WEBHOOKS, LANDING])('passes axe and does not scroll sideways: %s', async (path) => {
    const receiver = await webhookReceiver();
    sandbox.webhooks.configure({ url: receiver.url });
    const ada = customer('checkout');
    const offer = await ada.offer({ never_mapped: 1 });
    await event(offer, 'viewed');
    await accept(offer);
    await accept(await customer('email').offer());
    await customer('fault-503').asks();
    sandbox.faults.add({ operation: 'hosted_pages', kind: 'half', customer_id: 'cus_42', times: 2 });
    sandbox.rateLimit.set({ callsPerMinute: 1000 });
    sandbox.webhooks.announce('feature_updated', { customer_id: 'cus_1', subscription_id: 'sub_1' });

    const page = await open(path, options);
    for (const summary of await page.locator('summary').all()) await summary.click();
    expect(await violations(page)).toEqual([]);
    const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(content).toBe(screen);
  });

  it('passes axe on the checkout page', async () => {
    const { body } = await accept(await customer('checkout').offer());
    const page = await open(new URL(body.hosted_page?.url ?? '').pathname, options);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Pay' }).click();
    await page.getByRole('status').getByText('Paid.').waitFor();
    expect(await violations(page)).toEqual([]);
  });
});

describe('the records', () => {
  it('show a new call without a reload, and which fields were ignored', async () => {
    const page = await open(RECORDS);
    const ada = customer();
    await ada.asks({ never_mapped: 1 });
    const row = page.getByRole('listitem').filter({ hasText: ada.ids.customer_id });
    await row.filter({ hasText: 'custom.never_mapped is not mapped' }).waitFor();
    await row.filter({ hasText: 'No offer' }).waitFor();
  });

  it('show one customer after a click on the id', async () => {
    const [ada, ben] = [customer(), customer()];
    await ada.asks();
    await ben.asks();
    const page = await open(RECORDS);
    await page.getByRole('link', { name: ada.ids.customer_id }).first().click();
    await page.getByRole('heading', { name: `Log for ${ada.ids.customer_id}` }).waitFor();
    expect(await page.getByText(ben.ids.customer_id).count()).toBe(0);
  });

  it('copy the id of a customer, and announce it', async () => {
    const page = await open(RECORDS, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Copy cus_checkout-in-app' }).press('Enter');
    await page.getByRole('status').getByText('Copied cus_checkout-in-app').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('cus_checkout-in-app');
  });
});

describe('the clock', () => {
  it('advances with a button, even without JavaScript', async () => {
    const page = await open(RECORDS, { javaScriptEnabled: false });
    const before = sandbox.clock.aheadMs();
    await page.getByRole('group', { name: 'Advance by' }).getByRole('button', { name: '7 days' }).click();
    await page.getByText(/\b7 days.* ahead of real time/).waitFor();
    expect(sandbox.clock.aheadMs() - before).toBe(7 * 24 * 60 * 60 * 1000);
  });
});

describe('the page of faults and limits', () => {
  it('adds a fault for one customer, shows it, and removes it', async () => {
    const ada = customer();
    const page = await open(FAULTS);
    await chosen(page, 'Fault').selectOption('500 internal_error');
    await chosen(page, 'Operation').selectOption('personalized_offers');
    await page.getByLabel('Customer id').fill(ada.ids.customer_id);
    await page.getByLabel('How many calls').fill('2');
    await page.getByRole('button', { name: 'Add fault' }).click();

    await page
      .getByText(`500 internal_error for personalized_offers of ${ada.ids.customer_id}, 2 more times`)
      .waitFor();
    expect((await ada.asks()).status).toBe(500);
    expect((await customer().asks()).status).toBe(200);

    await page.getByRole('button', { name: 'Remove all faults' }).click();
    await page.getByText('No faults').waitFor();
    expect((await ada.asks()).status).toBe(200);
  });

  it('sets a limit on calls per minute, and removes it', async () => {
    later(60_000);
    const page = await open(FAULTS);
    await page.getByLabel('Calls per minute').fill('0');
    await page.getByRole('button', { name: 'Set limit' }).click();
    await page.getByText('At most 0 calls per minute, with Retry-After.').waitFor();
    expect((await customer().asks()).headers.get('retry-after')).toBe('60');

    await page.getByLabel('Retry-After', { exact: true }).uncheck();
    await page.getByRole('button', { name: 'Set limit' }).click();
    await page.getByText('At most 0 calls per minute, without Retry-After.').waitFor();
    expect((await customer().asks()).headers.get('retry-after')).toBeNull();

    await page.getByRole('button', { name: 'Remove limit' }).click();
    await page.getByText('No limit. Chargebee allows').waitFor();
    expect((await customer().asks()).status).toBe(200);
  });

  it('changes the settings for what Chargebee does not document', async () => {
    const page = await open(FAULTS);
    await page.getByLabel('Cooldown after a dismissal (hours)').fill('0.5');
    await chosen(page, 'Code after seven days').selectOption('external_fulfillment_failed');
    await page.getByRole('button', { name: 'Save settings' }).click();
    await expect
      .poll(() => sandbox.settings.current())
      .toMatchObject({
        cooldownMs: 30 * 60 * 1000,
        offerLifetimeMs: 60 * 60 * 1000,
        expiryCode: 'external_fulfillment_failed',
      });
    await expect.poll(() => page.getByLabel('Cooldown after a dismissal (hours)').inputValue()).toBe('0.5');
  });

  it('says what is wrong with a form, and changes nothing', async () => {
    const page = await open(FAULTS);
    await page.getByLabel('How many calls').fill('1.5');
    await page.getByRole('button', { name: 'Add fault' }).click();
    await page.getByRole('alert').getByText('times').waitFor();
    expect(sandbox.faults.inForce()).toEqual([]);
  });
});

describe('the page of webhooks', () => {
  it('sends one, shows the result, and sends it again', async () => {
    const receiver = await webhookReceiver();
    const page = await open(WEBHOOKS);
    await page.getByLabel('URL (leave empty for none)').fill(receiver.url);
    await page.getByLabel('Username').fill('chargebee');
    await page.getByLabel('Password').fill('secret');
    const saved = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Save endpoint' }).click();
    await saved;
    expect(await page.content()).not.toContain('secret');

    await chosen(page, 'Event').selectOption('subscription_changed');
    await page.getByLabel('Subscription id').fill('sub_42');
    await page.getByRole('button', { name: 'Send event' }).click();
    const delivery = page.getByRole('listitem').filter({ hasText: 'subscription_changed of sub_42' });
    await delivery.filter({ hasText: 'Delivered' }).waitFor();
    expect(receiver.received).toMatchObject([{ event: { event_type: 'subscription_changed' } }]);

    await page.getByRole('button', { name: 'Send again: subscription_changed of sub_42' }).click();
    await expect.poll(() => receiver.received.length).toBe(2);
    expect(receiver.received[1]?.event.id).toBe(receiver.received[0]?.event.id);
  });
});

describe('the page that stands in for the app', () => {
  it('lets an accepted redirect be completed or failed, and leads back to the app: a redirect once led to nothing', async () => {
    const [ada, ben] = [customer('two-options'), customer('two-options')];
    const accepted = [await accept(await ada.offer()), await accept(await ben.offer())];
    const page = await comeFrom('http://app.example/', LANDING);
    const card = (who: typeof ada) => page.getByRole('form', { name: `Unlock analytics, for ${who.ids.customer_id}` });

    await card(ada).getByRole('button', { name: 'Complete' }).click();
    await page.getByRole('status').getByText('Completed.').waitFor();
    expect(await card(ada).count()).toBe(0);
    await card(ben).getByRole('button', { name: 'Fail' }).click();
    await page.getByRole('status').getByText('Failed.').waitFor();

    const ended = await Promise.all(accepted.map(({ body }) => fulfillment(body.offer_fulfillment.id)));
    expect(ended.map(({ body }) => body.offer_fulfillment)).toMatchObject([
      { status: 'completed' },
      { status: 'failed', error: { message: 'The card was declined.' } },
    ]);
    const back = page.getByRole('link', { name: 'Back to the app' });
    expect(await back.getAttribute('href')).toBe('http://app.example/');
  });

  it('is one of the pages in the navigation', async () => {
    const page = await open(RECORDS);
    await page.getByRole('navigation', { name: 'Sandbox' }).getByRole('link', { name: 'Upgrade page' }).click();
    await page.getByRole('heading', { name: 'Your upgrade page' }).waitFor();
    const here = page.getByRole('navigation', { name: 'Sandbox' }).getByRole('link', { name: 'Upgrade page' });
    expect(await here.getAttribute('aria-current')).toBe('page');
  });

  it('says how to try a scenario when no app runs beside the sandbox', async () => {
    const page = await open(RECORDS);
    await page.getByRole('link', { name: 'Try it: checkout', exact: true }).click();
    await page.getByRole('heading', { name: 'Try cus_checkout' }).waitFor();
    await page.getByText('"subscription_id": "sub_checkout"').waitFor();
  });
});

describe('the checkout page', () => {
  it('leads back to the app that the customer came from: it once ended in "You can close this page."', async () => {
    const { body } = await accept(await customer('checkout').offer());
    const { id, url } = body.hosted_page ?? {};
    const page = await comeFrom('http://app.example/', new URL(url ?? '').pathname);
    await page.getByRole('link', { name: 'Leave without paying' }).waitFor();
    await page.getByRole('button', { name: 'Pay' }).click();
    const back = page.getByRole('link', { name: 'Back to the app' });
    expect(await back.getAttribute('href')).toBe(`http://app.example/?id=${id}&state=succeeded`);
  });
});

describe('Reset', () => {
  it('forgets what happened and what was changed, and starts again as it was started', async () => {
    const ada = customer();
    await ada.asks();
    sandbox.faults.add({ operation: '*', kind: 'error', customer_id: ada.ids.customer_id });
    sandbox.clock.advance(1_000);
    const page = await open(FAULTS);
    await page.getByRole('button', { name: 'Reset' }).click();

    await page.getByText('No calls yet.').waitFor();
    await page.getByText('Real time.').waitFor();
    expect(sandbox.faults.inForce()).toEqual([]);
    expect((await ada.asks()).status).toBe(200);
    expect(sandbox.records(ada.ids.customer_id).calls).toHaveLength(1);
  });
});

it('wears the accent of the theme that the demo carries, and takes it along', async () => {
  const page = await open(`${RECORDS}?theme=accent-color:%230a7d3c`);
  const accent = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent'));
  expect(await accent()).toBe('#0a7d3c');
  await page.getByRole('link', { name: 'Plays', exact: true }).click();
  await page.waitForURL(/\/plays\?theme=accent-color/);
  expect(await accent()).toBe('#0a7d3c');
});
