/**
 * The demo, composed of real parts: the sample app, the proxy mounted in its server as a host application would mount
 * it, the Chargebee stand-in on its own port, and a timeline that listens to all three. Everything listens on localhost
 * only. The proxy starts with an empty store, because the stand-in keeps its state in memory and starts empty too. A reset
 * replaces all of them and keeps the ports.
 */
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../proxy/config.js';
import { listen } from '../proxy/run/listen.js';
import { openOfferProxy, type OfferProxy } from '../proxy/run/server.js';
import { createAppBackend } from './app/backend/app-backend.js';
import { demoRoutes } from './app/backend/demo-routes.js';
import { createFunnel } from './app/funnel/funnel.js';
import { createTimeline, type Timeline } from './app/timeline/timeline.js';
import { serveSandbox } from './sandbox/listen.js';
import { createSandbox } from './sandbox/sandbox.js';

export interface DemoOptions {
  /** 0 picks a free one. */
  port: number;
  sandboxPort?: number;
  /** The folder for the proxy's store. */
  dataFolder?: string;
  /** How long "Chargebee" takes to change a subscription. */
  fulfillmentDelayMs?: number;
  /** Called for each answer of "Chargebee" that is not in Chargebee's form. */
  onOffSpec?: (mistake: string) => void;
}

export interface Demo {
  readonly url: string;
  readonly sandboxUrl: string;
  readonly proxyUrl: string;
  close(): Promise<void>;
}

interface Closeable {
  close(): Promise<void>;
}

const SITE = 'acme-test';
const API_KEY = 'test_sandbox';
const PAGES = 'demo/pages';
/** Only a clone has it: see `.build/react-page.ts`. */
const REACT_PAGE = 'app/react.html';

/** @throws PortTaken */
export async function startDemo({
  port,
  sandboxPort = 0,
  dataFolder = 'data',
  ...ofSandbox
}: DemoOptions): Promise<Demo> {
  const built = builtFolder();
  // The parts need each other's addresses, so the servers listen first. During a reset, calls wait for the new parts.
  let opened: Promise<OpenedParts> | undefined;
  const answer = async (request: Request) => (await opened)?.app.fetch(request) ?? new Response(null, { status: 503 });
  const server = await listen({ fetch: answer }, { host: 'localhost', port });
  const { url } = server;
  let sandbox: Closeable | undefined;
  /** Each part answers to its end what the parts before it still ask. */
  async function close(): Promise<void> {
    await server.close();
    await opened?.then(
      (parts) => parts.close(),
      () => {},
    );
    await sandbox?.close();
  }

  const proxyUrl = `${url}/upgrade-offer`;
  // Webhooks purge the proxy's cached entitlements at once, instead of after their time to live.
  const webhooks = { url: `${proxyUrl}/webhooks/billing`, username: 'chargebee', password: randomSecret() };
  const chargebee = createSandbox({
    site: SITE,
    apiKey: API_KEY,
    upgradeUrl: `${url}/app/upgrade.html`,
    demoUrl: url,
    onReset: reset,
    webhooks,
    ...ofSandbox,
  });
  // The session outlives a reset.
  const secrets = { identitySecret: randomSecret(), serverKey: randomSecret(), sessionSecret: randomSecret() };

  async function openParts(sandboxUrl: string): Promise<OpenedParts> {
    const proxy = await openOfferProxy(
      readConfig({
        CHARGEBEE_SITE: SITE,
        CHARGEBEE_API_KEY: API_KEY,
        CHARGEBEE_URL: sandboxUrl,
        DATABASE_URL: `file:${await freshDatabase(dataFolder, new URL(url).port)}`,
        IDENTITY_SECRET: secrets.identitySecret,
        SERVER_KEY: secrets.serverKey,
        BILLING_WEBHOOK_USERNAME: webhooks.username,
        BILLING_WEBHOOK_PASSWORD: webhooks.password,
        BROWSER_CONTEXT: 'storage_used_percent:number',
        ALLOWED_REDIRECT_HOSTS: new URL(url).host,
        LOG_LEVEL: 'warn',
      }),
      { widgetFolder: join(built, 'widget') },
    );
    const app = compose({
      backend: createAppBackend({ proxyUrl, ...secrets }),
      demo: demoRoutes({ ...secrets, reset }),
      proxy,
      funnel: createFunnel(secrets),
      timeline: createTimeline({ sessionSecret: secrets.sessionSecret, records: () => chargebee.records() }),
      pagesFolder: join(built, PAGES),
      recordsUrl: `${sandboxUrl}/sandbox`,
    });
    return { app, sandboxUrl, close: () => proxy.close() };
  }

  async function reopened(before: OpenedParts): Promise<OpenedParts> {
    await before.close();
    chargebee.reset();
    return openParts(before.sandboxUrl);
  }

  async function reset(): Promise<void> {
    opened = opened?.then(reopened);
    await opened;
  }

  try {
    const served = await serveSandbox(chargebee, sandboxPort);
    sandbox = served;
    opened = openParts(served.url);
    await opened;
    return { url, sandboxUrl: served.url, proxyUrl, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface OpenedParts extends Closeable {
  readonly app: Hono;
  readonly sandboxUrl: string;
}

interface DemoParts {
  backend: ReturnType<typeof createAppBackend>;
  demo: Hono;
  proxy: OfferProxy;
  funnel: ReturnType<typeof createFunnel>;
  timeline: Timeline;
  pagesFolder: string;
  recordsUrl: string;
}

function compose({ backend, demo, proxy, funnel, timeline, pagesFolder, recordsUrl }: DemoParts): Hono {
  const pages = serveStatic({ root: pagesFolder });
  const app = new Hono();
  app.get('/', (c) => c.html(servedPage(pagesFolder, 'index.html')));
  app.get('/:page{(index|state|theme|content|preview)\\.html}', (c) =>
    c.html(servedPage(pagesFolder, c.req.param('page'))),
  );
  app.get('/app', (c) => c.redirect('/app/'));
  app.get('/app/records', (c) => c.redirect(recordsUrl + new URL(c.req.url).search));
  app.route('/app/timeline', timeline.app);
  app.route('/app/funnel', funnel);
  app.use('/app/api/*', timeline.recordAppCalls);
  app.route('/app', demo);
  app.route('/app', backend);
  // Behind the backend, which signs the visitor of a page in.
  if (!existsSync(join(pagesFolder, REACT_PAGE))) app.get('/app/', (c) => c.html(withoutReact(pagesFolder)));
  app.get('/app/*', pages);
  app.get('/assets/*', pages);
  app.use('/upgrade-offer/*', timeline.recordProxyCalls);
  app.route('/', proxy.app);
  return app;
}

/** Marks a built page as served by the demo. Without the mark, a page leaves out the links that need a server. */
async function servedPage(folder: string, page: string): Promise<string> {
  const html = await readFile(join(folder, page), 'utf8');
  return html.replace('<html', '<html data-served');
}

async function withoutReact(folder: string): Promise<string> {
  const html = await readFile(join(folder, 'app/index.html'), 'utf8');
  return html.replace(/<p class="in-react">.*?<\/p>/s, '');
}

/** The output of `npm run build`. This file may run from there, or from the source. */
function builtFolder(): string {
  const folders = ['../', '../dist/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const built = folders.find((folder) => existsSync(join(folder, PAGES)));
  if (!built) throw new Error('Failed to start the demo: its pages are not built. Run npm run build.');
  return built;
}

/** One database file per port, so that a second demo does not delete the store of the first. */
async function freshDatabase(folder: string, port: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `demo-${port}.db`);
  await Promise.all(['', '-wal', '-shm'].map((suffix) => rm(path + suffix, { force: true })));
  return path;
}

function randomSecret(): string {
  return randomBytes(32).toString('hex');
}
