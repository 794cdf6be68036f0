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

const { url, sandbox, customer, accept, event, later } = await startChargebee();
const { open } = visitorOf(url);

afterEach(() => {
  sandbox.faults.clear();
  sandbox.rateLimit.lift();
  sandbox.webhooks.configure({ url: null, duplicated: false, reordered: false });
});

/** By accessible name: `getByLabel` would also match the text of a select's options. */
const chosen = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true });

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
  it.each([RECORDS, PLAYS, FAULTS, WEBHOOKS])('passes axe and does not scroll sideways: %s', async (path) => {
    const receiver = await webhookReceiver();
    sandbox.webhooks.configure({ url: receiver.url });
    const ada = customer('checkout');
    const offer = await ada.offer({ never_mapped: 1 });
    await event(offer, 'viewed');
    await accept(offer);
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
    await page.getByRole('heading', { name: `Recorded for ${ada.ids.customer_id}` }).waitFor();
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
    await page.getByRole('button', { name: 'Add the fault' }).click();

    await page
      .getByText(`500 internal_error for personalized_offers of ${ada.ids.customer_id}, 2 more times`)
      .waitFor();
    expect((await ada.asks()).status).toBe(500);
    expect((await customer().asks()).status).toBe(200);

    await page.getByRole('button', { name: 'Remove all faults' }).click();
    await page.getByText('None. Chargebee works normally.').waitFor();
    expect((await ada.asks()).status).toBe(200);
  });

  it('sets a limit on calls per minute, and removes it', async () => {
    later(60_000);
    const page = await open(FAULTS);
    await page.getByLabel('Calls a minute').fill('0');
    await page.getByRole('button', { name: 'Set the limit' }).click();
    await page.getByText('At most 0 calls a minute, with Retry-After.').waitFor();
    expect((await customer().asks()).headers.get('retry-after')).toBe('60');

    await page.getByLabel('Retry-After', { exact: true }).uncheck();
    await page.getByRole('button', { name: 'Set the limit' }).click();
    await page.getByText('At most 0 calls a minute, without Retry-After.').waitFor();
    expect((await customer().asks()).headers.get('retry-after')).toBeNull();

    await page.getByRole('button', { name: 'Remove the limit' }).click();
    await page.getByText('None. Chargebee allows').waitFor();
    expect((await customer().asks()).status).toBe(200);
  });

  it('changes the settings for what Chargebee does not document', async () => {
    const page = await open(FAULTS);
    await page.getByLabel('Cooldown after a dismissal, in hours').fill('0.5');
    await chosen(page, 'Code after seven days').selectOption('external_fulfillment_failed');
    await page.getByRole('button', { name: 'Save the settings' }).click();
    await expect
      .poll(() => sandbox.settings.current())
      .toMatchObject({
        cooldownMs: 30 * 60 * 1000,
        offerLifetimeMs: 60 * 60 * 1000,
        expiryCode: 'external_fulfillment_failed',
      });
    expect(await page.getByLabel('Cooldown after a dismissal, in hours').inputValue()).toBe('0.5');
  });

  it('says what is wrong with a form, and changes nothing', async () => {
    const page = await open(FAULTS);
    await page.getByLabel('How many calls').fill('1.5');
    await page.getByRole('button', { name: 'Add the fault' }).click();
    await page.getByRole('alert').getByText('times').waitFor();
    expect(sandbox.faults.inForce()).toEqual([]);
  });
});

describe('the page of webhooks', () => {
  it('sends one, shows the result, and sends it again', async () => {
    const receiver = await webhookReceiver();
    const page = await open(WEBHOOKS);
    await page.getByLabel('URL (empty for none)').fill(receiver.url);
    await page.getByLabel('Username').fill('chargebee');
    await page.getByLabel('Password').fill('secret');
    await page.getByRole('button', { name: 'Save the endpoint' }).click();
    expect(await page.content()).not.toContain('secret');

    await chosen(page, 'Event').selectOption('subscription_changed');
    await page.getByLabel('Subscription id').fill('sub_42');
    await page.getByRole('button', { name: 'Send the webhook' }).click();
    const delivery = page.getByRole('listitem').filter({ hasText: 'subscription_changed of sub_42' });
    await delivery.filter({ hasText: 'Delivered' }).waitFor();
    expect(receiver.received).toMatchObject([{ event: { event_type: 'subscription_changed' } }]);

    await page.getByRole('button', { name: 'Send again: subscription_changed of sub_42' }).click();
    await expect.poll(() => receiver.received.length).toBe(2);
    expect(receiver.received[1]?.event.id).toBe(receiver.received[0]?.event.id);
  });
});
