/**
 * `npm run pictures`: takes the README's pictures of the sample app and the gallery, and saves them in demo/pictures.
 * With `--sheets` it takes contact sheets of all states instead.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { startDemo } from '../../demo/demo.js';
import { chromiumLaunchOptions } from '../support/chromium.js';
import { takeSheets } from './sheets.js';

const VIEWPORT = { width: 1040, height: 640 };
/** Wide enough to show the timeline beside the app. */
const BESIDE_TIMELINE = { width: 1280, height: 720 };

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
  });
  await take('gallery', '/?search=accept&width=768', 'light', async (page) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    for (const frame of await page.locator('iframe').all()) {
      if (await frame.evaluate((element) => element.getBoundingClientRect().top < innerHeight)) {
        await frame.contentFrame().locator('html[data-settled]').waitFor();
      }
    }
  });
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
