/** An app made from the installed package: the stand-in and the proxy started by command, and a page in a browser. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { proxy } from 'hono/proxy';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright';
import { asCustomer, fulfillmentIdOf, offered } from '../support/proxy-client.js';
import { chromiumLaunchOptions } from '../support/chromium.js';
import { signToken } from '../support/customer.js';
import { startCommand } from './command.js';
import type { Installed } from './installed.js';

export type AdoptedApp = Awaited<ReturnType<typeof startAdoptedApp>>;

const IDENTITY_SECRET = 'for-this-test-only-and-long-enough-for-hs256';
const SERVER_KEY = 'for-this-test-only-as-well-and-as-long-as-that';

export async function startAdoptedApp({ pageFolder, proxyFolder }: Installed) {
  const sandbox = startCommand(pageFolder, ['sandbox'], { PORT: '0' });
  const settings = {
    CHARGEBEE_SITE: 'acme-test',
    CHARGEBEE_API_KEY: 'test_sandbox',
    CHARGEBEE_URL: new URL(await sandbox.address()).origin,
    IDENTITY_SECRET,
    SERVER_KEY,
    BROWSER_CONTEXT: 'storage_used_percent:number',
    DATABASE_URL: 'file:data/adopted.db',
    PORT: '0',
  };
  const proxyProcess = startCommand(proxyFolder, ['proxy'], settings);
  const proxyUrl = await proxyProcess.address();
  let html = '';
  const app = new Hono();
  app.get('/', (c) => c.html(html));
  app.get('/favicon.ico', (c) => c.body(null, 204));
  app.all('/upgrade-offer/*', (c) => proxy(`${new URL(proxyUrl).origin}${c.req.path}`, c.req));
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch(await chromiumLaunchOptions());

  /** @returns the page, and the errors that its browser reports. */
  async function open(body: string) {
    html = `<!doctype html><html lang="en"><head><title>App</title></head><body>${body}</body></html>`;
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(url);
    return { page, complaints };
  }

  /** @returns the id of a new fulfillment that waits for the app's backend. */
  async function accept(customerId: string, subscriptionId: string): Promise<string> {
    const as = asCustomer({ proxyUrl }, { token: await tokenOf(customerId, subscriptionId) });
    const { offerId, optionId } = offered(await as.ask({ feature: 'advanced-analytics' }));
    return fulfillmentIdOf(await as.accept(offerId, optionId));
  }

  function tokenOf(customerId: string, subscriptionId: string): Promise<string> {
    return signToken({ sub: customerId, subscription_id: subscriptionId }, IDENTITY_SECRET);
  }

  async function close(): Promise<void> {
    await browser.close();
    server.close();
    await Promise.all([proxyProcess, sandbox].map(({ stop }) => stop()));
  }

  return { url, settings, open, accept, tokenOf, close };
}
