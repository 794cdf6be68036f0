/** A page of a host app, served with its headers beside the real proxy, and the errors that its browser reports. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { proxy } from 'hono/proxy';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type LaunchOptions, type Page } from 'playwright';
import { onTestFinished } from 'vitest';
import { chromiumLaunchOptions } from '../support/chromium.js';
import { startStack, type Stack } from '../support/stack.js';

export interface HostPage {
  readonly page: Page;
  /** What the browser has blocked, and the errors in its console. */
  complaints(): Promise<string[]>;
  /** The warnings in its console. */
  warnings(): readonly string[];
}

export interface HostPageOptions {
  readonly body: string;
  readonly head?: string;
  readonly headers?: Record<string, string>;
  /** The host's scripts by path. */
  readonly scripts?: Record<string, string>;
  /** Runs in the page before its scripts. */
  readonly before?: () => void;
  readonly browser?: BrowserContextOptions;
  /** The page is in a frame of a page with another origin. */
  readonly isFramed?: boolean;
  /** What the frame may do. It has no origin and no storage then. */
  readonly sandbox?: string;
}

export interface Host {
  readonly stack: Stack;
  open(options: HostPageOptions): Promise<HostPage>;
  /** The address of the page, for another browser. */
  serve(options: HostPageOptions): Promise<string>;
  close(): Promise<void>;
}

export const MODULE = '<script type="module" src="/upgrade-offer/upgrade-offer.js"></script>';
export const CLASSIC = '<script defer src="/upgrade-offer/upgrade-offer.classic.js"></script>';

export const WIDGET_FOLDER = fileURLToPath(new URL('../../dist/widget', import.meta.url));

/** A file of an installed package, for pages that have their own copy of a library. */
export function packageFile(path: string): Promise<string> {
  return readFile(new URL(`../../node_modules/${path}`, import.meta.url), 'utf8');
}

/** @param launch launch options beyond the usual ones. @param widgetFolder of the version that the proxy serves. */
export async function startHost(launch: LaunchOptions = {}, widgetFolder = WIDGET_FOLDER): Promise<Host> {
  const stack = await startStack({ proxy: { widgetFolder } });
  const browser = await chromium.launch({ ...(await chromiumLaunchOptions()), ...launch });
  return {
    stack,
    open: (options) => openPage(stack, browser, options),
    serve: (options) => serveHost(stack, options),
    async close() {
      await browser.close();
      await stack.close();
    },
  };
}

async function openPage(stack: Stack, browser: Browser, options: HostPageOptions): Promise<HostPage> {
  const url = await serveHost(stack, options);
  const context = await browser.newContext(options.browser);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const warnings: string[] = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  await page.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(window, { violations });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
      violations.push(`${violatedDirective} ${blockedURI} ${sample}`),
    );
  });
  if (options.before) await page.addInitScript(options.before);
  await page.goto(url);
  return {
    page,
    async complaints() {
      const violations = await page.evaluate(() => Reflect.get(window, 'violations') as string[]);
      return [...errors, ...violations];
    },
    warnings: () => warnings,
  };
}

async function serveHost(
  stack: Stack,
  { head = MODULE, body, headers, scripts = {}, isFramed, sandbox }: HostPageOptions,
): Promise<string> {
  const app = new Hono();
  app.get('/', (c) =>
    c.html(`<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`, 200, headers),
  );
  for (const [path, script] of Object.entries(scripts)) {
    app.get(path, (c) => c.body(script, 200, { 'Content-Type': 'text/javascript' }));
  }
  app.get('/favicon.ico', (c) => c.body(null, 204));
  // The proxy trusts no frame without an origin. An app that has one lets it in by itself.
  if (sandbox) app.use('/upgrade-offer/*', cors({ origin: 'null', allowHeaders: ['Authorization', 'Content-Type'] }));
  const own = sandbox ? { Origin: undefined, 'Sec-Fetch-Site': 'same-origin' } : {};
  // On the page's own origin, as in an app that mounts the proxy.
  app.all('/upgrade-offer/*', ({ req }) =>
    proxy(`${new URL(stack.proxyUrl).origin}${req.path}`, { ...req, headers: { ...req.header(), ...own } }),
  );
  const url = await serveUntilFinished(app);
  if (!isFramed) return url;
  const portal = new Hono();
  const rights = sandbox ? `sandbox="${sandbox}"` : '';
  portal.get('/', (c) => c.html(`<!doctype html><title>The portal</title><iframe ${rights} src="${url}"></iframe>`));
  return serveUntilFinished(portal);
}

async function serveUntilFinished(app: Hono): Promise<string> {
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/`;
}
