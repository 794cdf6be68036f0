/**
 * `npm run pictures -- --sheets`: contact sheets of the gallery, one for each layout, width and colour scheme, with every
 * state. They are for looking at, in a folder that git ignores.
 */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright';
import { WIDTHS, type Width } from '../../demo/gallery/gallery-page.js';
import { LAYOUTS, type Layout } from '../../widget/flow/layout.js';

/** The widest windows in which as many cards as fit beside each other are as large as they get: 8, 5 and 5. */
const WINDOW_PX: Record<Width, number> = { '320': 3_000, '768': 2_960, '1280': 3_730 };

/** A page has a frame for each state, and so keeps a core busy. */
const PAGES_AT_ONCE = 3;

/** Of a machine that does much else. */
const SETTLES_WITHIN_MS = 10 * 60_000;

/** @returns the folder with the sheets. */
export async function takeSheets(browser: Browser, galleryUrl: string): Promise<string> {
  const folder = resolve('sheets');
  await mkdir(folder, { recursive: true });
  const sheets = LAYOUTS.flatMap((layout) => WIDTHS.map((width) => ({ layout, width })));
  const next = sheets[Symbol.iterator]();
  const work = async () => {
    for (const { layout, width } of next) await takeSheet(browser, galleryUrl, layout, width, folder);
  };
  await Promise.all(Array.from({ length: PAGES_AT_ONCE }, work));
  return folder;
}

/** Both colour schemes of one page: its frames load once. */
async function takeSheet(browser: Browser, galleryUrl: string, layout: Layout, width: Width, folder: string) {
  const viewport = { width: WINDOW_PX[width], height: 1_200 };
  const page = await browser.newPage({ viewport, colorScheme: 'light', reducedMotion: 'reduce' });
  page.setDefaultTimeout(SETTLES_WITHIN_MS);
  await page.goto(`${galleryUrl}/?${new URLSearchParams({ layout, width })}`);
  await settle(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator('.cards').screenshot({
      path: `${folder}/${layout}-${width}-${colorScheme}.png`,
      animations: 'disabled',
    });
  }
  await page.close();
}

/** All states are reached, and each frame has the height that its offer needs. */
async function settle(page: Page): Promise<void> {
  await page.locator('iframe').evaluateAll((all) => all.forEach((frame) => frame.setAttribute('loading', 'eager')));
  await page.waitForFunction(() =>
    [...document.querySelectorAll('iframe')].every(({ contentDocument, parentElement }) => {
      const surface = contentDocument?.querySelector('upgrade-offer')?.shadowRoot?.querySelector('[part~=surface]');
      const isFitted = !surface || parentElement?.style.getPropertyValue('--content-height');
      // A document that has just begun has no root yet.
      return contentDocument?.querySelector('html[data-settled]') && isFitted;
    }),
  );
}
