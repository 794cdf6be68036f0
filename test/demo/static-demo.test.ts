/** The design pages that `npm run build` makes, in a folder of a static host, with fixtures only. */
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { chromiumLaunchOptions } from '../support/chromium.js';

const PAGES = fileURLToPath(new URL('../../dist/demo/pages', import.meta.url));

const UNDER = '/teams/design/offer';

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch(await chromiumLaunchOptions());
});

afterAll(() => browser.close());

it('the gallery works in a folder of a static host, and sends no request elsewhere', async () => {
  const { page, requests } = await visitStatic('/');
  const card = page.frameLocator('iframe').first();
  await card.getByRole('button', { name: 'Unlock now' }).waitFor();

  await page.getByRole('link', { name: 'One option' }).click();
  const frame = page.frameLocator('iframe').first();
  await frame.getByRole('button', { name: 'Unlock now' }).click();
  await frame.getByText('Setting up your upgrade…').waitFor();
  expect(requests.filter((url) => !url.includes(`${UNDER}/`))).toEqual([]);
});

it('a link to a state works there too', async () => {
  const { page } = await visitStatic('/index.html?state=failed-billing&layout=modal&language=fr');
  await page.getByRole('heading', { name: 'Billing failed' }).waitFor();
  await page.frameLocator('iframe').first().getByText('Votre abonnement').waitFor();
});

it('the header has no link that needs a server', async () => {
  const { page } = await visitStatic('/');
  const links = page.getByRole('banner').getByRole('link');
  expect(await links.allInnerTexts()).toEqual(['upgrade-offer', 'Gallery', 'Theme', 'Content']);
});

it('the gallery works as files opened from a disk, without a server', async () => {
  const page = await openPage(pathToFileURL(`${PAGES}/index.html`).href);
  await page.getByRole('searchbox').fill('billing');
  await page.getByRole('link', { name: 'Billing failed', exact: true }).click();
  await page.frameLocator('iframe').first().getByText('We couldn’t change your subscription').waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Billing failed' }).waitFor();
});

interface StaticVisit {
  page: Page;
  /** The URLs that the browser has requested. */
  requests: string[];
}

async function visitStatic(path: string): Promise<StaticVisit> {
  const app = new Hono();
  app.get(`${UNDER}/*`, serveStatic({ root: PAGES, rewriteRequestPath: (asked) => asked.slice(UNDER.length) }));
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;

  const requests: string[] = [];
  const page = await openPage(`http://127.0.0.1:${port}${UNDER}${path}`, requests);
  return { page, requests };
}

async function openPage(url: string, requests: string[] = []): Promise<Page> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  onTestFinished(async () => {
    await page.close();
    expect(errors, 'errors in the console').toEqual([]);
  });
  await page.goto(url);
  return page;
}
