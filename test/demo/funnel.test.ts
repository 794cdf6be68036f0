/** The funnel of the sample app: how far customers get, by campaign, from the events of the element. */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { signInAs, visits } from './visit.js';

const visit = visits();

const card = (page: Page, name: string) => page.locator('section').filter({ has: page.getByRole('heading', { name }) });

it('counts each customer once for each step, in all and by campaign, and starts over with Reset', async () => {
  const { page } = await visit();
  await page.goto('/app/funnel.html');
  await page.getByText('Nobody was asked yet.').waitFor();

  // Ada accepts and pays.
  await page.goto('/app/analytics.html');
  await page.getByRole('button', { name: 'Unlock now' }).click();
  await page.getByRole('button', { name: 'Pay and unlock' }).click();
  await page.getByRole('link', { name: 'Open Analytics' }).click();
  await page.getByRole('heading', { name: 'From visit to team' }).waitFor();
  // Cleo, of another company, refuses another offer.
  await page.goto('/app/');
  await signInAs(page, 'Cleo');
  await page.goto('/app/storage.html?used=90');
  await page.getByRole('button', { name: 'Not now' }).click();
  await page.getByRole('listitem').filter({ hasText: 'offer-dismissed' }).waitFor();

  await page.goto('/app/funnel.html');
  await expect
    .poll(() => stepsOf(page, 'Unlock Advanced Analytics'))
    .toEqual(['Offered 1 100 %', 'Viewed 1 100 %', 'Accepted 1 100 %', 'Fulfilled 1 100 %', 'Dismissed 0 0 %']);
  await expect
    .poll(() => stepsOf(page, 'Running out of storage?'))
    .toEqual(['Offered 1 100 %', 'Viewed 1 100 %', 'Accepted 0 0 %', 'Fulfilled 0 0 %', 'Dismissed 1 100 %']);
  await expect
    .poll(() => stepsOf(page, 'All campaigns'))
    .toEqual([
      'Asked 2 100 %',
      'Offered 2 100 %',
      'Viewed 2 100 %',
      'Accepted 1 50 %',
      'Fulfilled 1 50 %',
      'Dismissed 1 50 %',
    ]);

  const demo = page.getByRole('navigation', { name: 'Demo' });
  await demo.getByRole('button', { name: 'Reset' }).click();
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await demo.getByRole('link', { name: 'Funnel' }).click();
  await page.getByText('Nobody was asked yet.').waitFor();
});

async function stepsOf(page: Page, title: string): Promise<string[]> {
  const rows = card(page, title).locator('tbody').getByRole('row');
  return (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
}
