/** Leaving a page, switching windows and coming back, in a browser with the back/forward cache switched on. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCustomer, type TestCustomer } from '../support/customer.js';
import { sandboxOf } from '../support/sandbox-client.js';
import { startHost, type Host, type HostPageOptions } from './host-page.js';

let host: Host;

beforeAll(async () => {
  host = await startHost({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
});

afterAll(() => host.close());

describe('a page that shows an offer', () => {
  it('goes into the back/forward cache, and lets another tab show the offer meanwhile', async () => {
    const { tab, goBack } = await keptPage(offerFor(await customerOfHost()));
    await option(tab).waitFor();
    await goBack();
    expect(await option(tab).isVisible()).toBe(true);
  });

  it('shows it no more on its return, if it was bought in another tab meanwhile', async () => {
    const { tab, goBack, none } = await keptPage(storageOfferFor(await customerOfHost()));
    await storage(tab).click();
    await tab.getByText('Your upgrade is ready to use.').waitFor();
    await goBack();
    await expect.poll(none).toBe('no_match');
  });

  it('hears after its return what is bought in another tab: its channel once stayed closed', async () => {
    const customer = await customerOfHost();
    const { tab, goBack, askedAt } = await keptPage(offerFor(customer), storageOfferFor(customer));
    await storage(tab).waitFor();
    await goBack();
    const backAt = await tab.evaluate(() => Date.now());
    await storage(tab).click();
    await tab.getByText('Your upgrade is ready to use.').waitFor();
    await expect.poll(askedAt).toBeGreaterThan(backAt);
  });
});

it('a "no" of a tab that was closed without a network is told on the next visit, and the offer stays away', async () => {
  const customer = await customerOfHost();
  const { page } = await host.open({ body: offerFor(customer) });
  const events = async () => (await sandboxOf(host.stack).records(customer)).events.map(({ type }) => type);
  await expect.poll(events).toEqual(['viewed']);
  const context = page.context();
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Not now' }).click();
  await option(page).waitFor({ state: 'detached' });
  const url = page.url();
  await page.close();
  await context.setOffline(false);

  const next = await context.newPage();
  await next.goto(url);
  await expect.poll(events).toEqual(['viewed', 'dismissed']);
  await next.waitForLoadState('networkidle');
  expect(await option(next).count()).toBe(0);
  expect(await next.evaluate(() => localStorage.length)).toBe(0);
});

describe.each<[string, Partial<HostPageOptions>]>([
  ['a frame', {}],
  ['a sandboxed frame, which has no storage', { sandbox: 'allow-scripts allow-top-navigation-by-user-activation' }],
])('an app in %s', (_, options) => {
  it('opens the payment page in the top window: it once replaced the app by "refused to connect"', async () => {
    const { token } = await newCustomer('checkout', { secret: host.stack.identitySecret });
    const body = `<upgrade-offer token="${token}"></upgrade-offer>`;
    const { page } = await host.open({ body, isFramed: true, ...options });
    await page.route('**/pages/v4/**', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), 'X-Frame-Options': 'DENY' } });
    });
    await page.frameLocator('iframe').getByRole('button', { name: 'Buy now' }).click();
    await page.waitForURL('**/pages/v4/**');
    await page.getByRole('button', { name: 'Pay' }).waitFor();
  });
});

it('a page that is reloaded right after the click finds the acceptance again, and Chargebee has it once', async () => {
  const customer = await customerOfHost();
  const { page } = await host.open({ body: offerFor(customer) });
  await option(page).waitFor();
  // The code that accepts comes while the customer reads. A reload before that would be no acceptance.
  await page.waitForLoadState('networkidle');
  const isReloaded = page.waitForEvent('load');
  await option(page).evaluate((button: HTMLElement) => {
    button.click();
    location.reload();
  });
  await isReloaded;
  await page.getByText('Pick up where you left off.').waitFor();
  await page.getByRole('link', { name: 'Continue' }).waitFor();
  const { fulfillments } = await sandboxOf(host.stack).records(customer);
  expect(fulfillments).toHaveLength(1);
});

it('disappears when the customer returns to the window after buying in another browser', async () => {
  const body = storageOfferFor(await customerOfHost());
  const { page } = await host.open({ body });
  const { page: otherBrowser } = await host.open({ body });
  await storage(page).waitFor();
  await storage(otherBrowser).click();
  await otherBrowser.getByText('Your upgrade is ready to use.').waitFor();
  expect(await storage(page).isVisible()).toBe(true);
  await expect
    .poll(async () => {
      await page.evaluate(() => dispatchEvent(new FocusEvent('focus')));
      return storage(page).count();
    })
    .toBe(0);
});

it('waits while the page is in full screen, and opens afterwards', async () => {
  const { page } = await host.open({
    body: `<button>Full screen</button>${offerFor(await customerOfHost(), 'layout="modal" manual')}`,
  });
  await page.evaluate(() =>
    document
      .querySelector('button')
      ?.addEventListener('click', () => void document.documentElement.requestFullscreen()),
  );
  await page.getByRole('button', { name: 'Full screen' }).click();
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  await page.evaluate(() => document.querySelector('upgrade-offer')?.refresh());
  await expect
    .poll(() => page.evaluate(() => document.querySelector('upgrade-offer')?.explain()))
    .toMatch(/until the customer leaves full screen/);
  expect(await page.getByRole('dialog').count()).toBe(0);

  await page.evaluate(() => document.exitFullscreen());
  await page.getByRole('dialog', { name: 'Unlock Advanced Analytics' }).waitFor();
});

function customerOfHost(): Promise<TestCustomer> {
  return newCustomer('ordinary', { secret: host.stack.identitySecret });
}

function offerFor({ token }: TestCustomer, attributes = ''): string {
  return `<upgrade-offer feature="advanced-analytics" token="${token}" ${attributes}></upgrade-offer>`;
}

function option(page: Page) {
  return page.getByRole('button', { name: 'Unlock now' });
}

function storageOfferFor({ token }: TestCustomer): string {
  return `<upgrade-offer token="${token}" context='{"storage_used_percent": 85}'></upgrade-offer>`;
}

function storage(page: Page) {
  return page.getByRole('button', { name: 'Add 100 GB storage' });
}

/** A page that was left for another one, and a second tab. Playwright loses a page that was kept, so that tab reads its notes. */
async function keptPage(body: string, bodyOfTab = body) {
  const { page } = await host.open({ body, before: takeNotes });
  await page.getByRole('heading').waitFor();
  const { page: elsewhere } = await host.open({ body: 'Another page', head: '' });
  const tab = await page.context().newPage();
  const url = page.url();
  await page.goto(elsewhere.url());
  await tab.route(url, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(body, bodyOfTab) });
  });
  await tab.goto(url);
  const note = (name: string) => tab.evaluate((key) => localStorage.getItem(key), name);
  return {
    tab,
    none: () => note('none'),
    askedAt: async () => Number(await note('askedAt')),
    async goBack() {
      void page.evaluate(() => history.back()).catch(() => {});
      await expect.poll(() => note('kept')).toBe('true');
    },
  };
}

function takeNotes(): void {
  addEventListener('pageshow', ({ persisted }) => persisted && localStorage.setItem('kept', 'true'));
  addEventListener('offer-none', ({ why }) => localStorage.setItem('none', String(why)));
  const send = window.fetch.bind(window);
  window.fetch = (...request) => {
    if (new URL(String(request[0]), location.href).pathname.endsWith('/offers'))
      localStorage.setItem('askedAt', String(Date.now()));
    return send(...request);
  };
}
