/** The design pages as static files in a folder, without the demo's server and without a proxy. */
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContextOptions, type Page } from 'playwright';
import { expect, onTestFinished } from 'vitest';
import { chromiumLaunchOptions } from '../support/chromium.js';

export interface StaticPages {
  /**
   * Opens a page in its own browser. The test fails when the console shows an error.
   * @param before runs in the page before its scripts.
   */
  open(path: string, options?: BrowserContextOptions, before?: () => void): Promise<Page>;
  close(): Promise<void>;
}

/** From a disk, each file has its own origin, and the browser logs that it keeps a dialog in a frame from taking the focus. */
const FOCUS_IS_LEFT = 'Blocked autofocusing';

const BUILT = new URL('../../dist/demo/pages/', import.meta.url);
const FOLDER = '/designers/offers';

export async function hostStaticPages(): Promise<StaticPages> {
  const root = fileURLToPath(BUILT);
  const app = new Hono();
  app.get(`${FOLDER}/*`, serveStatic({ root, rewriteRequestPath: (path) => path.slice(FOLDER.length) }));
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch(await chromiumLaunchOptions());

  return {
    async open(path, options, before) {
      const context = await browser.newContext(options);
      onTestFinished(() => context.close());
      const page = await context.newPage();
      if (before) await page.addInitScript(before);
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().startsWith(FOCUS_IS_LEFT)) errors.push(message.text());
      });
      onTestFinished(() => expect(errors, 'errors in the console of the page').toEqual([]));
      // A URL that the page itself has shown is absolute.
      await page.goto(new URL(path, `http://127.0.0.1:${port}${FOLDER}/`).href);
      return page;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** The `file:` URL of a page. */
export function onDisk(page: string): string {
  return new URL(page, BUILT).href;
}

/** The layout shift without user input since the page was opened. */
export function layoutShift(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const shifts = list.getEntries().filter((entry) => !Reflect.get(entry, 'hadRecentInput'));
      resolve(shifts.reduce((sum, entry) => sum + Number(Reflect.get(entry, 'value')), 0));
    }).observe({ type: 'layout-shift', buffered: true });
    // The observer reports nothing when nothing has moved.
    requestAnimationFrame(() => setTimeout(resolve, 0, 0));
  });
}
