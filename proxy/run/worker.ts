/**
 * The proxy on Cloudflare Workers, with a D1 database as its store. A worker runs only while it answers a request. So the
 * outbox is sent after each answer and at each cron trigger, which also looks after open fulfillments. A worker has no file
 * system: the widget comes from the assets that are bound to it.
 */
import { createOfferProxy } from '../app.js';
import { readConfig, type Environment } from '../config.js';
import type { Identify } from '../customer.js';
import { createHostIdentity } from '../identity/host-identity.js';
import { createTokenIdentity } from '../identity/identity.js';
import type { Log } from '../log.js';
import type { Price } from '../offers/prices.js';
import { d1, type D1Database } from '../store/d1.js';
import { createStore } from '../store/store.js';
import { createWiring } from '../wiring.js';
import { createBackground } from './background.js';

export { estimatedPrice } from '../offers/estimated-price.js';
export { moneyText } from '../offers/money-text.js';

/** The settings of `.env.example` as variables and secrets, without `DATABASE_URL`, `HOST` and `PORT`; and two bindings. */
export interface WorkerEnvironment {
  /** The store, which all isolates of the worker share. */
  readonly DB: D1Database;
  /** The folder `dist/widget` as `npm run build` made it. Without it, the worker does not serve the widget. */
  readonly ASSETS?: { fetch(request: Request): Promise<Response> };
  readonly [setting: string]: unknown;
}

export interface WorkerContext {
  waitUntil(work: Promise<unknown>): void;
}

export interface WorkerOptions {
  /** Identifies the customer, for apps with sessions of their own. Default: the JWT that the settings describe. */
  readonly identify?: Identify;
  /** Says what an option costs that charges at a click. An offer waits 300 ms for it at most. */
  readonly price?: Price;
}

/** What a worker's main module exports. One per isolate; the settings are read at the first request. */
export function createOfferWorker(options: WorkerOptions = {}) {
  let opening: ReturnType<typeof open> | undefined;

  /** If opening fails, the next request tries again. */
  function opened(env: WorkerEnvironment) {
    opening ??= open(env, options).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  return {
    async fetch(request: Request, env: WorkerEnvironment, context: WorkerContext): Promise<Response> {
      const { app, delivery, background } = await opened(env);
      const answering = Promise.resolve(app.fetch(request));
      // Other requests may share this call to Chargebee, so it has to finish even if this customer leaves.
      context.waitUntil(answering);
      const response = await answering;
      const sending = request.method === 'POST' ? delivery.sendAllDue().catch(logUndelivered) : undefined;
      context.waitUntil(Promise.all([sending, background.settled()]));
      return asItIs(response);
    },

    /** Once a minute is often enough: the outbox knows when its retries are due, and the other two are done hourly. */
    async scheduled(_event: unknown, env: WorkerEnvironment): Promise<void> {
      const { delivery, reconcile, retention } = await opened(env);
      // Each on its own: one that fails must not keep the others from their turn.
      const works = [delivery.sendAllDue, reconcile.sweepIfDue, retention.removeOldIfDue];
      for (const work of works) await work().catch(logUndone);
    },
  };
}

async function open(env: WorkerEnvironment, { identify, price }: WorkerOptions) {
  const now = Date.now;
  const config = readConfig(settingsIn(env), { identifiedByHost: identify !== undefined });
  const store = await createStore(d1(env.DB), 'sqlite');
  const background = createBackground(consoleLog);
  const { keepAlive } = background;
  const wiring = createWiring({
    config,
    store,
    now,
    log: consoleLog,
    fetch: globalFetch,
    price,
    keepAlive,
    async readWidget(name) {
      const response = await env.ASSETS?.fetch(new Request(`https://assets/${name}`));
      return response?.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
    },
  });
  const app = createOfferProxy({
    ...wiring,
    config,
    identify: identify
      ? createHostIdentity(identify, consoleLog)
      : createTokenIdentity(config.identity, { now, fetch: globalFetch, log: consoleLog }),
    keepAlive,
    now,
    log: consoleLog,
  });
  // No customer waits for it: what a worker serves in its first moment is not a chunk that only another version has.
  keepAlive(wiring.widgetFiles.keep());
  return { ...wiring, app, background };
}

/**
 * A worker compresses a body that says how it is encoded, unless it is told not to.
 * https://developers.cloudflare.com/workers/runtime-apis/response/#parameters
 */
function asItIs(response: Response): Response {
  if (!response.headers.has('Content-Encoding')) return response;
  const init = { status: response.status, headers: response.headers, encodeBody: 'manual' };
  return new Response(response.body, init);
}

/** A worker's `fetch` fails if it is called as a method of another object. */
const globalFetch: typeof fetch = (input, init) => fetch(input, init);

/** Cloudflare shows JSON lines on the console as structured logs. */
const consoleLog: Log = {
  info: (facts, message) => console.log(line('info', facts, message)),
  warn: (facts, message) => console.warn(line('warn', facts, message)),
  error: (facts, message) => console.error(line('error', facts, message)),
};

function logUndone(error: unknown): void {
  consoleLog.error({ err: error }, 'Failed to do the work of a cron trigger; a later one tries again.');
}

function logUndelivered(error: unknown): void {
  consoleLog.error({ err: error }, 'Failed to work through the outbox; the next answer or cron trigger tries again.');
}

function line(level: string, facts: object, msg: string): string {
  return JSON.stringify({ level, ...facts, msg }, (_key, value: unknown) =>
    value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value,
  );
}

/** Bindings are objects, settings are strings. */
function settingsIn(env: WorkerEnvironment): Environment {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

// Cloudflare reads the default export of a worker's main module.
// oxlint-disable-next-line import/no-default-export
export default createOfferWorker();
