/** The second use case: the storage fills up, more is offered, and "Chargebee" adds it while the customer keeps working. */
import type { Page, Response } from 'playwright';
import { expect, it } from 'vitest';
import { signInAs, visits } from './visit.js';

const visit = visits();

const title = (page: Page) => page.getByRole('heading', { name: 'Running out of storage?' });
const accept = (page: Page) => page.getByRole('button', { name: 'Add 100 GB storage' });
const meter = (page: Page) => page.getByRole('meter', { name: 'Storage used' });

it('offers storage from 80 %, says when it is added, and updates the meter', async () => {
  const { page, recorded, chargebeeCarriesOut } = await visit({ chargebeeWaits: true });
  await page.goto('/app/');
  await page.getByRole('link', { name: 'Fill your storage' }).click();
  await fillStorage(page, 79);
  expect(await title(page).count()).toBe(0);

  await fillStorage(page, 80);
  await title(page).waitFor();
  await expect.poll(() => meter(page).getAttribute('aria-valuetext')).toBe('80 of 100 GB, 80 %');

  await accept(page).click();
  await page.getByRole('status').getByText('Setting up your upgrade…').waitFor();
  expect((await recorded()).fulfillments).toMatchObject([{ status: 'in_progress' }]);

  await chargebeeCarriesOut();
  await page.getByRole('status').getByText('Your upgrade is ready to use.').waitFor();
  await expect.poll(() => meter(page).getAttribute('aria-valuetext')).toBe('80 of 200 GB, 40 %');

  const { fulfillments } = await recorded();
  await expect.poll(async () => (await recorded()).events.map(({ type }) => type)).toEqual(['viewed']);
  expect(fulfillments).toMatchObject([{ processing_type: 'billing_update', status: 'completed' }]);
});

it('updates the meter once the new quota is known: when Chargebee was slow to tell it, the meter once stayed as it was', async () => {
  const { page, demo, chargebeeCarriesOut } = await visit({ chargebeeWaits: true });
  await page.goto('/app/storage.html?used=90');
  await accept(page).click();
  await page.getByRole('status').getByText('Setting up your upgrade…').waitFor();
  const slow = { operation: 'subscription_entitlements', kind: 'slow', delayMs: 1_000, times: 1 };
  const headers = { 'content-type': 'application/json' };
  await fetch(`${demo.sandboxUrl}/sandbox/faults`, { method: 'POST', headers, body: JSON.stringify(slow) });

  await chargebeeCarriesOut();

  await expect.poll(() => meter(page).getAttribute('aria-valuetext')).toBe('90 of 200 GB, 45 %');
});

it('keeps the added storage on the next visit, and does not offer it again', async () => {
  const { page, recorded } = await visit();
  await page.goto('/app/storage.html?used=90');
  await accept(page).click();
  await page.getByText('Your upgrade is ready to use.').waitFor();

  const answered = askedAbout(page, 95);
  await page.goto('/app/storage.html?used=190');
  await answered;
  await expect.poll(() => meter(page).getAttribute('aria-valuetext')).toBe('190 of 200 GB, 95 %');
  expect(await title(page).count()).toBe(0);
  expect((await recorded()).fulfillments).toHaveLength(1);
});

it('tells a second colleague that the offer has been accepted, and sells once', async () => {
  const { page, openPage, recorded } = await visit();
  const bensPage = await openPage();
  await bensPage.goto('/app/storage.html?used=90');
  await signInAs(bensPage, 'Ben');
  await page.goto('/app/storage.html?used=90');
  await Promise.all([title(page).waitFor(), title(bensPage).waitFor()]);

  await accept(page).click();
  await page.getByText('Your upgrade is ready to use.').waitFor();
  await accept(bensPage).click();

  await bensPage.getByRole('status').getByText('A colleague has already upgraded your team.').waitFor();
  expect((await recorded()).fulfillments).toHaveLength(1);
});

it('sells once on a double click', async () => {
  const { page, recorded } = await visit();
  await page.goto('/app/storage.html?used=90');
  await accept(page).dblclick();

  await page.getByText('Your upgrade is ready to use.').waitFor();
  expect((await recorded()).fulfillments).toHaveLength(1);
  expect(await page.getByText('You’ve already accepted this offer.').count()).toBe(0);
});

/** Moves the slider with the keyboard, and waits for the proxy's answer about the final value. */
async function fillStorage(page: Page, percent: number): Promise<void> {
  const slider = page.getByRole('slider', { name: 'Storage used' });
  const answered = askedAbout(page, percent);
  for (let at = Number(await slider.inputValue()); at < percent; at++) await slider.press('ArrowRight');
  await answered;
}

function askedAbout(page: Page, percent: number): Promise<Response> {
  return page.waitForResponse(
    (response) =>
      response.url().endsWith('/upgrade-offer/offers') &&
      response.request().postDataJSON()?.context?.storage_used_percent === percent,
  );
}
