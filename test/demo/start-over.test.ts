/** What the demo has around the sample app: Reset, the customers of the sandbox's scenarios, and the ways between its pages. */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { sandboxOf } from '../support/sandbox-client.js';
import { visits } from './visit.js';

const visit = visits();

const accept = (page: Page) => page.getByRole('button', { name: 'Unlock now' });
const reset = (page: Page) => page.getByRole('navigation', { name: 'Demo' }).getByRole('button', { name: 'Reset' });

it('resets customer, sandbox and pages, in other tabs too: Ada once stayed upgraded until a restart', async () => {
  const { page, recorded } = await visit();
  await page.goto('/app/analytics.html');
  await accept(page).click();
  await page.getByRole('button', { name: 'Pay and unlock' }).click();
  await page.getByText('Team plan with Analytics').waitFor();
  const opened = page.waitForEvent('popup');
  await page.evaluate(() => void open('analytics.html'));
  const otherTab = await opened;
  await otherTab.getByRole('heading', { name: 'From visit to team' }).waitFor();

  await reset(page).click();

  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await page.getByText('Team plan', { exact: true }).waitFor();
  await otherTab.getByRole('heading', { name: 'Overview' }).waitFor();
  expect((await recorded()).fulfillments).toEqual([]);
  await page.getByRole('link', { name: 'Open Analytics' }).click();
  await accept(page).click();
  await page.getByRole('button', { name: 'Pay and unlock' }).waitFor();
});

it("opens a scenario of the sandbox's table as a new customer each time, and leads back from its checkout", async () => {
  const { page, demo } = await visit();
  const customers = new Set<string>();
  for (const time of ['first', 'second']) {
    await page.goto(`${demo.sandboxUrl}/sandbox`);
    await page.getByRole('link', { name: 'Try it: checkout', exact: true }).click();
    await page.getByRole('button', { name: 'Buy now' }).waitFor();
    customers.add(await page.getByText(/^cus_checkout_/).innerText());
    expect(customers.size, time).toBe(time === 'first' ? 1 : 2);
  }

  await page.getByRole('button', { name: 'Buy now' }).click();
  await page.getByRole('button', { name: 'Pay' }).click();
  await page.getByRole('link', { name: 'Back to the app' }).click();
  await page.getByRole('heading', { name: 'From visit to team' }).waitFor();
  await expect.poll(() => new URL(page.url()).pathname).toBe('/app/analytics.html');
});

it('forgets after a Reset elsewhere what the widget kept in this tab: a dismissed offer once stayed away', async () => {
  const { page, demo } = await visit();
  await page.goto('/app/analytics.html');
  await page.getByRole('button', { name: 'Not now' }).click();
  await page.getByText('Advanced Analytics is not part of your plan yet.').waitFor();
  await fetch(`${demo.sandboxUrl}/sandbox/reset`, { method: 'POST' });
  await page.reload();
  await accept(page).waitFor();
});

it('answers before a Reset what a page has asked: the store of the proxy was once closed under it', async () => {
  const { page, demo } = await visit();
  await page.goto('/app/');
  const { token } = await (await page.request.get('/app/api/token')).json();
  await sandboxOf(demo).misbehave({ operation: 'personalized_offers', kind: 'slow', delayMs: 500, times: 1 });
  const asked = fetch(`${demo.proxyUrl}/offers`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ context: { storage_used_percent: 92 } }),
  });
  // The fault is used up once the call has reached Chargebee.
  await expect.poll(async () => (await fetch(`${demo.sandboxUrl}/sandbox/faults`)).json()).toEqual([]);

  await fetch(`${demo.sandboxUrl}/sandbox/reset`, { method: 'POST' });

  expect([(await asked).status, await (await asked).json()]).toEqual([
    200,
    expect.objectContaining({ offer: expect.objectContaining({ title: expect.any(String) }) }),
  ]);
});

it("resets the app and its proxy with the sandbox's own Reset", async () => {
  const { page, demo } = await visit();
  await page.goto('/app/storage.html?used=90');
  await page.getByRole('button', { name: 'Add 100 GB storage' }).click();
  await page.getByText('of 200 GB').waitFor();
  await page.goto(`${demo.sandboxUrl}/sandbox`);
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.getByText('No calls yet.').waitFor();
  await page.getByRole('link', { name: 'Sample app' }).click();
  await page.getByRole('link', { name: 'Fill your storage' }).click();
  await page.getByText('of 100 GB').waitFor();
});

it('wears the theme of the theme editor on every page, and takes it back to the gallery', async () => {
  const { page } = await visit();
  await page.goto('/app/?theme=accent-color%3A%23a21caf');
  await page.getByRole('link', { name: 'Open Analytics' }).click();
  await accept(page).waitFor();
  const accent = () => accept(page).evaluate((button) => getComputedStyle(button).backgroundColor);
  await expect.poll(accent).toBe('rgb(162, 28, 175)');
  const gallery = page.getByRole('navigation', { name: 'Demo' }).getByRole('link', { name: 'Gallery' });
  await expect.poll(() => gallery.getAttribute('href')).toBe('/index.html?theme=accent-color%3A%23a21caf');
});
