/**
 * The first use case: Advanced Analytics is missing from the plan, offered, paid in the app's checkout, and unlocked. On two pages:
 * `<upgrade-offer>` draws the offer on one, and the app's own React components on the other.
 */
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { signInAs, visits } from './visit.js';

const visit = visits();

const GATED_PAGES = [
  { drawnBy: 'the element', path: '/app/analytics.html', link: 'Open Analytics' },
  { drawnBy: 'React components', path: '/app/react.html', link: 'The same offer, drawn by React components' },
];

const title = (page: Page) => page.getByRole('heading', { name: 'Unlock Advanced Analytics' });
const accept = (page: Page) => page.getByRole('button', { name: 'Unlock now' });
const analytics = (page: Page) => page.getByRole('heading', { name: 'From visit to team' });

describe.for(GATED_PAGES)('drawn by $drawnBy', ({ path, link }) => {
  it('offers a gated feature inline and as a modal, takes the payment, and unlocks it on return', async () => {
    const { page, recorded } = await visit();
    await page.goto('/app/');
    await page.getByRole('link', { name: link }).click();

    await title(page).waitFor();
    expect(await analytics(page).isVisible()).toBe(false);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await expect.poll(async () => (await recorded()).events.map(({ type }) => type)).toEqual(['viewed']);

    await page.getByRole('radio', { name: 'As a modal' }).check();
    await accept(page).and(page.getByRole('dialog').getByRole('button')).click();

    await page.waitForURL('**/app/upgrade.html');
    await expect.poll(async () => (await recorded()).fulfillments.map(({ status }) => status)).toEqual(['in_progress']);
    await page.getByRole('button', { name: 'Pay and unlock' }).click();

    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await page.getByText('Advanced Analytics is on for everyone at Juniper Coffee.').waitFor();
    await page.getByRole('link', { name: 'Open Analytics' }).click();
    await analytics(page).waitFor();
    await page.getByText('Team plan with Analytics').waitFor();
    expect(await title(page).count()).toBe(0);

    const { events, fulfillments } = await recorded();
    expect(events.map(({ type }) => type)).toEqual(['viewed']);
    expect(fulfillments).toMatchObject([{ processing_type: 'url_redirect', status: 'completed' }]);
  });

  it('unlocks the feature for a colleague too, and for no other customer', async () => {
    const { page, openPage, recorded } = await visit();
    await buyAnalytics(page, path);

    await signInAs(page, 'Ben');
    await analytics(page).waitFor();

    const cleosPage = await openPage();
    await cleosPage.goto('/app/');
    await signInAs(cleosPage, 'Cleo');
    await cleosPage.goto(path);
    await title(cleosPage).waitFor();
    expect(await analytics(cleosPage).isVisible()).toBe(false);
    expect((await recorded('cus_fernhill')).fulfillments).toEqual([]);
  });

  it('keeps the feature locked when the card is declined, and tells Chargebee why', async () => {
    const { page, recorded } = await visit();
    await page.goto(path);
    await accept(page).click();
    await page.getByRole('button', { name: 'My card was declined' }).click();

    await page.getByText('Your card was declined, and nothing was charged.').waitFor();
    await expect
      .poll(async () => (await recorded()).fulfillments)
      .toMatchObject([{ status: 'failed', error: { message: 'The card was declined.' } }]);
    expect(await analytics(page).isVisible()).toBe(false);
    // The page says it only once.
    expect(
      await page
        .getByRole('main')
        .getByText(/declined|contact us/)
        .count(),
    ).toBe(1);
  });

  it('offers nothing on the next visit after a dismissal', async () => {
    const { page, recorded } = await visit();
    await page.goto(path);
    await title(page).waitFor();
    await expect.poll(async () => (await recorded()).events.length).toBe(1);
    await page.getByRole('button', { name: 'Not now' }).click();
    await title(page).waitFor({ state: 'detached' });
    await page.getByText('Advanced Analytics is not part of your plan yet.').waitFor();
    await expect.poll(async () => (await recorded()).events.map(({ type }) => type)).toEqual(['viewed', 'dismissed']);

    const answer = page.waitForResponse('**/upgrade-offer/offers');
    await page.reload();
    expect(await (await answer).json()).toMatchObject({ access: 'denied', offer: null });
    await page.getByText('Advanced Analytics is not part of your plan yet.').waitFor();
    expect(await title(page).count()).toBe(0);
    expect((await recorded()).fulfillments).toEqual([]);
  });

  it('lets a customer who left the upgrade page unpaid come back and finish', async () => {
    const { page, recorded } = await visit();
    await page.goto(path);
    await accept(page).click();
    await page.getByRole('button', { name: 'Pay and unlock' }).waitFor();

    await page.goto(path);
    await page.getByText('Pick up where you left off.').waitFor();
    await page.getByRole('link', { name: 'Continue' }).click();
    await payAndOpen(page);
    await expect.poll(async () => (await recorded()).fulfillments).toMatchObject([{ status: 'completed' }]);
  });

  it('leaves the payment open on "Cancel", and takes it after a reload: cancelling once declined the card', async () => {
    const { page, recorded } = await visit();
    await page.goto(path);
    await accept(page).click();
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByRole('link', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Pay and unlock' }).waitFor();
    await page.reload();
    await payAndOpen(page);

    await page.goBack();
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await page.goBack();
    await analytics(page).waitFor();
    await expect.poll(async () => (await recorded()).fulfillments).toMatchObject([{ status: 'completed' }]);
  });

  it('says that access could not be checked, and checks again on request', async () => {
    const { page } = await visit({ losesNetwork: true });
    const trouble = page.getByRole('status').getByText('We could not check whether');
    let refused = 0;
    await page.route('**/upgrade-offer/offers', async (route) => {
      await route.abort();
      refused += 1;
    });
    await page.goto(path);
    await trouble.waitFor();
    expect(await analytics(page).isVisible()).toBe(false);

    // The sentence of the first check may still be there.
    const before = refused;
    await page.getByRole('button', { name: 'Check again' }).click();
    await expect.poll(() => refused).toBeGreaterThan(before);
    await trouble.waitFor();
    await page.unroute('**/upgrade-offer/offers');
    await page.getByRole('button', { name: 'Check again' }).click();
    await title(page).waitFor();
    await trouble.waitFor({ state: 'hidden' });
  });
});

it('takes no payment on the upgrade page without an accepted offer', async () => {
  const { page, recorded } = await visit();
  await page.goto('/app/upgrade.html');

  await page.getByRole('status').getByText('There is nothing to pay.').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Pay and unlock' }).isDisabled()).toBe(true);
  expect((await recorded()).fulfillments).toEqual([]);
});

it('says what to do when the network fails while paying, and charges once', async () => {
  const { page, recorded } = await visit({ losesNetwork: true });
  await page.goto('/app/analytics.html');
  await accept(page).click();
  const pay = page.getByRole('button', { name: 'Pay and unlock' });
  await pay.waitFor();

  await page.context().setOffline(true);
  await pay.click();
  await page
    .getByRole('status')
    .getByText('We could not reach Halyard. Check your connection, then try again. You will not be charged twice.')
    .waitFor();
  expect(await page.getByText('Failed to fetch').count()).toBe(0);
  await expect.poll(() => pay.evaluate((button) => button === document.activeElement)).toBe(true);

  await page.context().setOffline(false);
  await payAndOpen(page);
  await expect.poll(async () => (await recorded()).fulfillments).toMatchObject([{ status: 'completed' }]);
});

it('says so when the network fails while switching users', async () => {
  const { page } = await visit({ losesNetwork: true });
  await page.goto('/app/');
  await page.getByRole('button', { name: 'Ada', pressed: true }).waitFor();
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Ben' }).click();
  await page.getByText('We could not reach Halyard. Check your connection, then try again.').waitFor();
  expect(await page.getByRole('button', { name: 'Ada', pressed: true }).count()).toBe(1);
});

it("says so too when the widget's script fails to load", async () => {
  const { page } = await visit({ losesNetwork: true });
  await page.route('**/upgrade-offer/upgrade-offer.js', (route) => route.abort());
  await page.goto('/app/analytics.html');
  await page.getByText('We could not check whether').waitFor();

  await page.unroute('**/upgrade-offer/upgrade-offer.js');
  await page.getByRole('button', { name: 'Check again' }).click();
  await title(page).waitFor();
});

async function buyAnalytics(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await accept(page).click();
  await payAndOpen(page);
}

async function payAndOpen(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pay and unlock' }).click();
  await page.getByRole('link', { name: 'Open Analytics' }).click();
  await analytics(page).waitFor();
}
