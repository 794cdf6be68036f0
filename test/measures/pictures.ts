/**
 * `npm run pictures`: takes the README's pictures of the sample app and the gallery, and saves them in demo/pictures.
 * With `--sheets` it takes contact sheets of all states instead.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import type { Step } from '../../demo/app/funnel/step.js';
import { startDemo } from '../../demo/demo.js';
import { chromiumLaunchOptions } from '../support/chromium.js';
import { takeSheets } from './sheets.js';

const VIEWPORT = { width: 1040, height: 640 };
/** Wide enough to show the timeline beside the app. */
const BESIDE_TIMELINE = { width: 1280, height: 720 };
/** Tall enough for the cards of two campaigns. */
const FUNNEL = { width: 1040, height: 960 };

const dataFolder = await mkdtemp(join(tmpdir(), 'upgrade-offer-pictures-'));
const demo = await startDemo({ port: 0, dataFolder });
const browser = await chromium.launch(await chromiumLaunchOptions());

if (process.argv.includes('--sheets')) console.log(`Contact sheets: ${await takeSheets(browser, demo.url)}`);
else await takePictures();

await browser.close();
await demo.close();
await rm(dataFolder, { recursive: true, force: true });

async function takePictures(): Promise<void> {
  // First, while the proxy still has to ask Chargebee for everything.
  await take('app', '/app/analytics.html', 'light', told('Recorded an event viewed'), BESIDE_TIMELINE);
  await take('inline', '/app/analytics.html', 'light', offered('Unlock now'));
  await take('modal', '/app/analytics.html?layout=modal', 'dark', offered('Unlock now'));
  await take('banner', '/app/storage.html', 'light', async (page) => {
    await page.getByRole('slider').fill('86');
    await offered('Add 100 GB storage')(page);
    await page.getByRole('button', { name: 'Details' }).waitFor();
  });
  await take('gallery', '/?search=accept&width=768', 'light', async (page) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    for (const frame of await page.locator('iframe').all()) {
      if (await frame.evaluate((element) => element.getBoundingClientRect().top < innerHeight)) {
        await frame.contentFrame().locator('html[data-settled]').waitFor();
      }
    }
  });
  await take('funnel', '/app/', 'light', crowd, FUNNEL);
}

/** The funnel after a crowd of customers, each of whom has come to one last step. */
async function crowd(page: Page): Promise<void> {
  const pay = ['Unlock now', 'Pay and unlock', 'Open Analytics'];
  for (let paying = 0; paying < 4; paying += 1) await come(page, 'advancedAnalytics', pay, 'fulfilled');
  await come(page, 'advancedAnalytics', ['Unlock now'], 'accepted');
  await come(page, 'advancedAnalytics', [], 'viewed');
  await come(page, 'advancedAnalytics', ['Not now'], 'dismissed');
  for (let buying = 0; buying < 2; buying += 1) {
    await come(page, 'moreStorage', ['Add 100 GB storage'], 'fulfilled');
  }
  await come(page, 'moreStorage', [], 'viewed');
  await come(page, 'moreStorage', ['Not now'], 'dismissed');
  await page.goto(`${demo.url}/app/funnel.html`);
  await page.getByRole('heading', { name: 'Running out of storage?' }).waitFor();
}

/** A new customer comes to an offer, and goes on until the page has reported the last step. */
async function come(page: Page, offer: string, clicks: readonly string[], last: Step): Promise<void> {
  const reported = page.waitForRequest(
    (request) => request.url().endsWith('/funnel/steps') && request.postDataJSON().step === last,
  );
  await page.goto(`${demo.url}/app/try?customer_id=cus_birch&offer=${offer}`);
  for (const name of clicks) await page.getByRole('button', { name }).or(page.getByRole('link', { name })).click();
  await reported;
}

async function take(
  name: string,
  path: string,
  colorScheme: 'light' | 'dark',
  prepare: (page: Page) => Promise<unknown>,
  viewport = VIEWPORT,
): Promise<void> {
  const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
  await page.goto(demo.url + path);
  await prepare(page);
  await page.screenshot({ path: `demo/pictures/${name}.png`, animations: 'disabled' });
  await page.close();
}

function offered(label: string) {
  return (page: Page) => page.getByRole('button', { name: label }).waitFor();
}

/** The timeline shows a line with these words. */
function told(words: string) {
  return (page: Page) => page.getByRole('listitem').filter({ hasText: words }).waitFor();
}
