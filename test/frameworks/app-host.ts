/** The backend of the apps: serves each under its name beside the real proxy, and issues tokens for the session. */
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { proxy } from 'hono/proxy';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { expect, onTestFinished } from 'vitest';
import { chromiumLaunchOptions } from '../support/chromium.js';
import { newCustomer, type TestCustomer } from '../support/customer.js';
import { startStack, type Stack } from '../support/stack.js';
import { buildApps } from './apps.js';

export interface Visit {
  readonly page: Page;
  readonly customer: TestCustomer;
  /** The requests of this page to the proxy, such as `POST /offers`. */
  readonly requests: readonly string[];
}

export interface AppHost {
  readonly stack: Stack;
  /** A customer's browser on the first page of an app. The test fails when the console shows an error. */
  visit(framework: string, scenario?: string): Promise<Visit>;
  close(): Promise<void>;
}

const BASE_PATH = '/upgrade-offer';

export async function startAppHost(): Promise<AppHost> {
  const folder = await mkdtemp(join(tmpdir(), 'upgrade-offer-apps-'));
  const [stack, browser] = await Promise.all([startStack(), launch(), buildApps(folder)]);
  const server = serve({ fetch: backend(stack, folder).fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    stack,
    visit: (framework, scenario) => visit(`http://127.0.0.1:${port}/${framework}/`, browser, stack, scenario),
    async close() {
      await browser.close();
      server.close();
      await stack.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function launch(): Promise<Browser> {
  return chromium.launch(await chromiumLaunchOptions());
}

function backend(stack: Stack, folder: string): Hono {
  const app = new Hono();
  app.get('/token', (c) => c.text(getCookie(c, 'session') ?? '', 200, { 'Cache-Control': 'no-store' }));
  app.all(`${BASE_PATH}/*`, (c) => proxy(`${new URL(stack.proxyUrl).origin}${c.req.path}`, c.req));
  app.get('/favicon.ico', (c) => c.body(null, 204));
  app.use(serveStatic({ root: folder }));
  return app;
}

async function visit(url: string, browser: Browser, stack: Stack, scenario?: string): Promise<Visit> {
  const customer = await newCustomer(scenario, { secret: stack.identitySecret });
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  await context.addCookies([{ name: 'session', value: customer.token, url: new URL('/', url).href }]);
  const page = await context.newPage();
  const requests: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith(BASE_PATH)) requests.push(`${request.method()} ${pathname.slice(BASE_PATH.length)}`);
  });
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  onTestFinished(() => expect(errors, 'errors in the console of the page').toEqual([]));
  await page.goto(url);
  return { page, customer, requests };
}
