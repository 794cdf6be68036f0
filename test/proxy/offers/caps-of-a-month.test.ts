/** A month of a customer with two browsers, each at another instance of the proxy. Its clock is the stand-in's. */
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../proxy/constants.js';
import { chromiumLaunchOptions } from '../../support/chromium.js';
import { newCustomer } from '../../support/customer.js';
import { startProxy, startStack, type Stack } from '../../support/node-stack.js';
import type { UpgradeOffer } from '../../../widget/upgrade-offer.js';
import { sandboxOf } from '../../support/sandbox-client.js';

/** Of the widget, before a view counts. */
const IN_SIGHT_FOR_MS = 1_000;

let stack: Stack;
let second: Awaited<ReturnType<typeof startProxy>>;
let browser: Browser;
let aheadMs = 0;

const now = () => Date.now() + aheadMs;

beforeAll(async () => {
  const proxy = { now, widgetFolder: 'dist/widget' };
  stack = await startStack({ proxy, settings: { OFFER_CAPS: 'campaign=3/7d,all=1/d' } });
  second = await startProxy(stack.environment, proxy);
  browser = await chromium.launch(await chromiumLaunchOptions());
});
afterAll(async () => {
  await browser.close();
  await second.stop();
  await stack.close();
});

/** Puts both clocks forward: that of Chargebee's stand-in, and that of the two instances. */
async function pass(ms: number): Promise<void> {
  await sandboxOf(stack).advance(ms);
  aheadMs += ms;
}

/** A browser of its own, on an app that is served with an instance of the proxy. */
async function openBrowser(proxyUrl: string, token: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.clock.install();
  const address = new URL('/app', proxyUrl).href;
  await page.route(address, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><title>The app</title>
        <script>
          said = new Promise((resolve) => {
            addEventListener('offer-ready', () => resolve('shown'));
            addEventListener('offer-none', ({ why }) => resolve(why));
            addEventListener('offer-error', ({ error }) => resolve(error.message));
          });
        </script>
        <script type="module" src="${proxyUrl}/upgrade-offer.js"></script>
        <upgrade-offer layout="banner" feature="advanced-analytics" token="${token}"></upgrade-offer>`,
    }),
  );

  /** Opens the app, and looks at the offer where there is one. @returns `shown`, or why there is none. */
  async function visit(): Promise<string> {
    await page.goto(address);
    const said = await page.evaluate<string>('said');
    if (said === 'shown') await look(page);
    return said;
  }
  return { page, visit };
}

/** Until the proxy knows that the offer was seen. */
async function look(page: Page): Promise<void> {
  let isTold = false;
  const told = page.waitForResponse(/\/events/).then(() => (isTold = true));
  // The browser says when it is in sight, and the second begins then.
  while (!isTold) await page.clock.runFor(IN_SIGHT_FOR_MS);
  await told;
}

it('shows a customer with two browsers an offer once a day, three times in any 7 days, and whenever they ask', async () => {
  const { token } = await newCustomer('ordinary', { secret: stack.identitySecret, expires: '40 days' });
  const one = await openBrowser(stack.proxyUrl, token);
  const other = await openBrowser(second.proxyUrl, token);
  const shownOn: number[] = [];

  for (let day = 0; day < 30; day += 1) {
    const [morning, evening] = day % 2 === 0 ? [one, other] : [other, one];
    const isShown = (await morning.visit()) === 'shown';
    if (isShown) shownOn.push(day);
    await pass(9 * HOUR_MS);
    if (isShown) expect(await evening.visit()).toBe('capped');
    await pass(DAY_MS - 9 * HOUR_MS);
  }

  expect(shownOn).toEqual([0, 1, 2, 7, 8, 9, 14, 15, 16, 21, 22, 23, 28, 29]);
  expect(await one.visit()).toBe('shown');
  expect(await one.visit()).toBe('capped');
  const { page } = one;
  const offer = page.getByRole('heading', { name: 'Unlock Advanced Analytics' });
  const element = page.locator('upgrade-offer');
  expect(await offer.count()).toBe(0);
  expect(await element.isVisible()).toBe(false);
  expect(await element.evaluate((offering: UpgradeOffer) => offering.explain())).toMatch(/as many offers .*OFFER_CAPS/);

  await element.evaluate((offering: UpgradeOffer) => offering.show());
  await offer.waitFor();
  await look(page);
  expect(await other.visit()).toBe('capped');
  await other.page.evaluate(
    `import('${second.proxyUrl}/upgrade-offer.js').then(({ gate }) => gate('advanced-analytics', () => {}))`,
  );
  await other.page.getByRole('heading', { name: 'Unlock Advanced Analytics' }).waitFor();
  await look(other.page);

  // What they have asked for has used up nothing.
  await pass(5 * DAY_MS);
  expect(await other.visit()).toBe('shown');
});
