/** Opens the sandbox's pages in a real browser, and fails a test when the console shows an error. */
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { chromiumLaunchOptions } from '../support/chromium.js';

export interface Visitor {
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
}

export function visitorOf(url: string): Visitor {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch(await chromiumLaunchOptions());
  });
  afterAll(() => browser.close());
  return {
    async open(path, options = {}) {
      const context = await browser.newContext({ baseURL: url, ...options });
      onTestFinished(() => context.close());
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        // An invalid form comes back with status 400, which the browser logs as an error.
        if (message.type() === 'error' && !message.text().includes('400')) errors.push(message.text());
      });
      onTestFinished(() => expect(errors, 'errors in the console of the page').toEqual([]));
      await page.goto(path);
      return page;
    },
  };
}
