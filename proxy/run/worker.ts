/**
 * The proxy on Cloudflare Workers, with a D1 database as its store. A worker lives for one request at a time and nothing
 * runs in between: what the proxy owes Chargebee goes out after each answer, and again with each cron trigger, which also
 * looks after open fulfillments. What needs files stays behind: the widget comes from the assets that the worker is given.
 */
import { createOfferProxy } from '../app.js';
import { readConfig, type Environment } from '../config.js';
import { d1, type D1Database } from '../store/d1.js';
import { createTokenIdentity, type Identify } from '../identity/identity.js';
import type { Log } from '../log.js';
import { createParts } from '../wiring.js';
import { prepareStore } from '../store/store.js';
import { widgetHeaders } from '../http/widget-file.js';

/** The settings of `.env.example` as variables and secrets, without `DATABASE_URL`, `HOST` and `PORT`; and two bindings. */
export interface WorkerEnvironment {
  /** The store, which all isolates of the worker share. */
  readonly DB: D1Database;
  /** What `npm run build` left in `dist/widget`. Without it the worker does not serve the widget. */
  readonly ASSETS?: { fetch(request: Request): Promise<Response> };
  readonly [setting: string]: unknown;
}

export interface WorkerContext {
  waitUntil(work: Promise<unknown>): void;
}

export interface WorkerOptions {
  /** Who is asking, for apps with a session of their own. Default: the JWT that the settings describe. */
  readonly identify?: Identify;
}

export type OfferWorker = ReturnType<typeof createOfferWorker>;

/** What a worker's main module exports. One per isolate; settings are read at the first request. */
export function createOfferWorker({ identify }: WorkerOptions = {}) {
  let opening: ReturnType<typeof open> | undefined;

  /** A start that failed is tried again at the next request. */
  function opened(env: WorkerEnvironment) {
    opening ??= open(env, identify).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  return {
    async fetch(request: Request, env: WorkerEnvironment, context: WorkerContext): Promise<Response> {
      const { app, outbox, behind } = await opened(env);
      const answering = Promise.resolve(app.fetch(request));
      // Others may wait for the same answer of Chargebee when this customer has left already.
      context.waitUntil(answering);
      const response = await answering;
      const delivery = request.method === 'POST' ? outbox.sendAllDue().catch(sayUndelivered) : undefined;
      context.waitUntil(Promise.allSettled([delivery, ...behind]));
      return response;
    },

    /** Every minute does: the outbox has its own times for retries, and the store is looked through once an hour. */
    async scheduled(_event: unknown, env: WorkerEnvironment): Promise<void> {
      const { outbox, reconcile, retention } = await opened(env);
      await outbox.sendAllDue();
      if (await reconcile.sweepAlone()) await retention.removeOld();
    },
  };
}

async function open(env: WorkerEnvironment, identify: Identify | undefined) {
  const now = Date.now;
  const config = readConfig(settingsIn(env), { identifiedByHost: identify !== undefined });
  const store = await prepareStore(d1(env.DB), 'sqlite');
  const behind = new Set<Promise<unknown>>();
  const keepAlive = (work: Promise<unknown>) => {
    behind.add(work);
    void work.finally(() => behind.delete(work));
  };
  const parts = createParts({ config, store, now, log: consoleLog, fetch: callUpstream, keepAlive });
  const app = createOfferProxy({
    ...parts,
    config,
    identify: identify ?? createTokenIdentity(config.identity, { now, fetch: callUpstream }),
    now,
    log: consoleLog,
    async widgetFile(name) {
      const response = await env.ASSETS?.fetch(new Request(`https://assets/${name}`));
      return response?.ok ? { body: await response.text(), headers: widgetHeaders(name) } : undefined;
    },
  });
  return { ...parts, app, behind };
}

/** Found anew at each call: a worker's own `fetch` must not be called as a method of something else. */
const callUpstream: typeof fetch = (input, init) => fetch(input, init);

/** Cloudflare shows JSON lines of the console as structured logs. */
const consoleLog: Log = {
  info: (facts, message) => console.log(line('info', facts, message)),
  warn: (facts, message) => console.warn(line('warn', facts, message)),
  error: (facts, message) => console.error(line('error', facts, message)),
};

function sayUndelivered(error: unknown): void {
  consoleLog.error({ err: error }, 'Failed to work through the outbox; the next answer or cron trigger tries again.');
}

function line(level: string, facts: object, msg: string): string {
  return JSON.stringify({ level, ...facts, msg }, (_key, value: unknown) =>
    value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value,
  );
}

/** Bindings are objects, settings are texts. */
function settingsIn(env: WorkerEnvironment): Environment {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

// A worker's main module has a default export.
// oxlint-disable-next-line import/no-default-export
export default createOfferWorker();
