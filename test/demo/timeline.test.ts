/** The timeline beside the sample app: what happened, in order, with its JSON, and without secrets. */
import type { Locator, Page } from 'playwright';
import { expect, it } from 'vitest';
import { signInAs, visits } from './visit.js';

const visit = visits();

const timeline = (page: Page) => page.getByRole('complementary', { name: 'Timeline' });
const lines = (page: Page) => timeline(page).getByRole('listitem');
const analytics = (page: Page) => page.getByRole('heading', { name: 'From visit to team' });

it('shows a gated feature from the offer to the unlocked page, in order', async () => {
  const { page } = await visit();
  await page.goto('/app/analytics.html');
  await page.getByRole('button', { name: 'Unlock now' }).click();
  await page.getByRole('button', { name: 'Pay and unlock' }).click();
  await page.getByRole('link', { name: 'Open Analytics' }).click();
  await analytics(page).waitFor();

  await expectStory(page, [
    /^Ada .*Opened Analytics/,
    /^Proxy for Ada .*POST \/offers 200, denied, an offer, advancedAnalytics/,
    /^Chargebee for Juniper Coffee .*Offered advancedAnalytics/,
    /^Page for Ada .*offer-ready advancedAnalytics/,
    /^Page for Ada .*offer-accept “Unlock now”, redirect, advancedAnalytics/,
    /^Proxy for Ada .*POST \/offers\/…\/fulfillments 20\d, redirect/,
    /^Chargebee for Juniper Coffee .*Recorded an acceptance url_redirect, in_progress/,
    /^Page for Ada .*offer-accepted redirect, advancedAnalytics/,
    /^Page for Ada .*offer-redirect/,
    /^Ada .*Opened Upgrade/,
    /^Ada .*Paid/,
    /^Proxy for Halyard .*POST \/fulfillments\/…\/complete 200, completed/,
    /^Chargebee for Juniper Coffee .*Was told how it ended url_redirect, completed/,
    /^Chargebee for Juniper Coffee .*Granted advanced-analytics is true/,
    /^Ada .*Opened Thank you/,
    /^Ada .*Opened Analytics/,
    /^Page for Ada .*offer-unlocked advanced-analytics/,
  ]);
});

it('shows the storage upgrade, which Chargebee finishes by itself', async () => {
  const { page } = await visit();
  await page.goto('/app/storage.html?used=90');
  // An earlier click would count as the view, and change the order.
  await lines(page).filter({ hasText: 'offer-viewed' }).waitFor();
  await page.getByRole('button', { name: 'Add 100 GB storage' }).click();
  await page.getByText('Your upgrade is ready to use.').waitFor();

  await expectStory(page, [
    /^Ada .*Opened Storage/,
    /^Proxy for Ada .*POST \/offers 200, an offer/,
    /^Page for Ada .*offer-viewed/,
    /^Proxy for Ada .*POST \/offers\/…\/fulfillments 20\d, pending/,
    /^Chargebee for Juniper Coffee .*Recorded an acceptance billing_update, in_progress/,
    /^Chargebee for Juniper Coffee .*Fulfilled billing_update, completed/,
    /^Chargebee for Juniper Coffee .*Granted storage-gb is 200/,
    /^Page for Ada .*offer-fulfilled/,
  ]);
  // Chargebee's own entry may come at any point.
  await expectStory(page, [/Granted storage-gb/, /^Proxy for Chargebee .*POST \/webhooks\/billing 204, subscription_/]);
});

it('names the user when a colleague continues, and when another customer signs in', async () => {
  const { page } = await visit();
  await page.goto('/app/analytics.html');
  await page.getByRole('button', { name: 'Unlock now' }).click();
  // Its button is in its HTML; its script tells a moment later that it was opened.
  await lines(page).filter({ hasText: 'Opened Upgrade' }).waitFor();
  await page.goto('/app/analytics.html');
  await signInAs(page, 'Ben');

  await page.getByText('Pick up where you left off.').waitFor();
  await page.getByRole('link', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Pay and unlock' }).click();
  await page.getByRole('link', { name: 'Open Analytics' }).click();
  await analytics(page).waitFor();
  await signInAs(page, 'Cleo');
  await page.getByRole('button', { name: 'Unlock now' }).waitFor();

  await expectStory(page, [
    /^Ada .*Opened Upgrade/,
    /^Ben .*Signed in/,
    /^Proxy for Ben .*GET \/fulfillments\/… 200, redirect/,
    /^Ben .*Paid/,
    /^Page for Ben .*offer-unlocked/,
    /^Cleo .*Signed in/,
    /^Chargebee for Fernhill Books .*Offered advancedAnalytics/,
    /^Page for Cleo .*offer-ready/,
  ]);
});

it('opens the JSON of an entry with the keyboard, and shows no secret in it', async () => {
  const { page } = await visit();
  await page.goto('/app/analytics.html');
  const asked = lines(page).filter({ hasText: 'POST /offers 200' });
  await asked.waitFor();
  const json = asked.locator('pre');
  expect(await json.isVisible()).toBe(false);

  await asked.locator('summary').focus();
  await page.keyboard.press('Enter');

  await json.waitFor();
  expect(JSON.parse(await json.innerText())).toMatchObject({
    authorization: 'Bearer ...',
    request: { feature: 'advanced-analytics' },
    status: 200,
    answer: { access: 'denied', offer: { options: [{ label: 'Unlock now' }] } },
  });
  const everything = await page.evaluate(async () => (await fetch('/app/timeline/entries')).text());
  expect(everything).toContain('Bearer ...');
  expect(everything).not.toMatch(/eyJ|test_sandbox|Bearer \w|Basic \w/);

  // It stays open and keeps the focus while new entries appear.
  await page.getByRole('button', { name: 'Not now' }).dispatchEvent('click');
  await lines(page).filter({ hasText: 'offer-dismissed' }).waitFor();
  expect(await json.isVisible()).toBe(true);
  expect(await asked.locator('summary').evaluate((summary) => summary === document.activeElement)).toBe(true);
});

it('can be cleared, and continues with new entries', async () => {
  const { page } = await visit();
  await page.goto('/app/analytics.html');
  await lines(page).filter({ hasText: 'offer-viewed' }).waitFor();
  await lines(page).filter({ hasText: 'Recorded an event viewed' }).waitFor();

  await timeline(page).getByRole('button', { name: 'Clear' }).click();
  await lines(page).filter({ hasText: 'Nothing yet.' }).waitFor();

  await page.getByRole('button', { name: 'Not now' }).click();
  await expectStory(page, [
    /offer-dismiss advancedAnalytics$/,
    /POST \/offers\/…\/events 202, dismissed/,
    /Recorded an event dismissed/,
  ]);
  expect(
    await lines(page)
      .filter({ hasText: /Opened|offer-ready|Offered/ })
      .count(),
  ).toBe(0);
});

it("keeps its order when the stand-in's clock is advanced", async () => {
  const { page, demo } = await visit();
  await page.goto('/app/storage.html?used=64');
  await lines(page).filter({ hasText: 'Had no offer' }).waitFor();
  const headers = { 'content-type': 'application/json' };
  await fetch(`${demo.sandboxUrl}/sandbox/clock`, { method: 'POST', headers, body: '{"advanceMs": 86400000}' });

  await page.goto('/app/analytics.html');
  await lines(page).filter({ hasText: 'Offered advancedAnalytics' }).waitFor();
  await page.goto('/app/storage.html?used=64');
  await expectStory(page, [/Opened Storage/, /Opened Analytics/, /Offered advancedAnalytics/, /Opened Storage/]);
});

it('is not announced to screen readers', async () => {
  const { page } = await visit();
  await page.goto('/app/analytics.html');
  await lines(page).filter({ hasText: 'offer-ready' }).waitFor();
  const live = timeline(page).locator('[aria-live], [role=log], [role=status], [role=alert], output');
  expect(await live.count()).toBe(0);
});

it('opens from a bar on a phone, and Escape closes it and returns the focus', async () => {
  const { page } = await visit();
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto('/app/analytics.html');
  const opener = timeline(page).getByRole('button', { name: 'Show the timeline' });
  // The bar shows the latest entry.
  await expect.poll(() => timeline(page).innerText()).toContain('Recorded an event');
  expect(await lines(page).count()).toBe(0);

  await opener.press('Enter');
  await lines(page).filter({ hasText: 'offer-ready' }).waitFor();
  await expect.poll(() => opener.getAttribute('aria-expanded')).toBe('true');

  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await expect.poll(() => lines(page).count()).toBe(0);
  await expect.poll(() => opener.evaluate((button) => button === document.activeElement)).toBe(true);
});

it('keeps reports while there is no network, and sends them later', async () => {
  const { page } = await visit({ losesNetwork: true });
  await page.goto('/app/analytics.html');
  await lines(page).filter({ hasText: 'offer-viewed' }).waitFor();

  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Not now' }).click();
  await page.getByText('Advanced Analytics is not part of your plan yet.').waitFor();
  expect(await lines(page).filter({ hasText: 'offer-dismissed' }).count()).toBe(0);

  await page.context().setOffline(false);
  await expectStory(page, [/^Page for Ada .*offer-viewed/, /^Page for Ada .*offer-dismissed/]);
});

/** Expects these entries in this order; others may be between them. */
async function expectStory(page: Page, story: readonly RegExp[]): Promise<void> {
  await expect.poll(async () => missingFrom(await texts(lines(page)), story)).toEqual([]);
}

function missingFrom(told: readonly string[], story: readonly RegExp[]): string[] {
  let from = 0;
  for (const [position, line] of story.entries()) {
    const at = told.findIndex((text, index) => index >= from && line.test(text));
    if (at < 0) return [`${line} (line ${position + 1}) is not after line ${from} of:`, ...told];
    from = at + 1;
  }
  return [];
}

async function texts(locator: Locator): Promise<string[]> {
  const all = await locator.locator('summary').allInnerTexts();
  return all.map((text) => text.replaceAll(/\s+/g, ' '));
}
