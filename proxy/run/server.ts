/** The proxy for Node: opens what it needs from its settings, and closes it again. */
import { Hono, type MiddlewareHandler } from 'hono';
import { cloneRawRequest } from 'hono/request';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { createOfferProxy } from '../app.js';
import { createCallBudget } from '../chargebee/call-budget.js';
import type { Config } from '../config.js';
import { createTokenIdentity, type Identify } from '../identity/identity.js';
import type { Log } from '../log.js';
import { createMetrics } from './metrics.js';
import { createOperator } from './operator.js';
import { createParts } from '../wiring.js';
import { createRequireEntitlement } from '../http/require-entitlement.js';
import { createNodeFetch } from '../chargebee/node-fetch.js';
import { openStore } from '../store/open.js';
import type { ChargebeeTelemetry } from '../chargebee/telemetry.js';
import { createWidgetFile } from '../http/widget-file.js';

export { ConfigError, readConfig, type Config } from '../config.js';
export type { ChargebeeTelemetry, TelemetryAdapter } from '../chargebee/telemetry.js';
export type { Customer, Identify } from '../identity/identity.js';
export type { Log } from '../log.js';

export interface OfferProxyOptions {
  /** Who is asking, for apps with a session of their own. Default: the JWT that the settings describe. */
  readonly identify?: Identify;
  readonly log?: Log;
  readonly now?: () => number;
  /** For the calls to Chargebee and to the identity provider. Default: Node's own HTTP client. */
  readonly fetch?: typeof fetch;
  /** OpenTelemetry for the calls to Chargebee, where the host has configured it. Off by default. */
  readonly telemetry?: ChargebeeTelemetry;
  /** Where the built widget lies. Default: beside this file, as `npm run build` leaves it. */
  readonly widgetFolder?: string;
}

export interface OfferProxy {
  /** Carries its base path; mount it with `app.route('/', proxy.app)` or hand it to any server that takes `fetch`. */
  readonly app: Hono;
  /** `/healthz`, `/readyz` and `/metrics`: for a proxy alone, or for a host that wants to show them. */
  readonly operator: Hono;
  /**
   * Both, for a server of its own. Not the proxy in another app: Hono wraps every handler of a mounted app that answers its
   * own errors, which makes an answer from the store a quarter dearer.
   */
  readonly standalone: Pick<Hono, 'fetch' | 'routes'>;
  /** Hono middleware for the app's own routes: only customers who are entitled to the feature pass. */
  readonly requireEntitlement: (feature: string) => MiddlewareHandler;
  /** From now on `/readyz` says no, while everything is still answered. */
  drain(): void;
  /** Ends what is being sent to Chargebee and closes the store. */
  close(): Promise<void>;
}

/** @throws when the store cannot be opened; wrong settings are found before, by `readConfig`. */
export async function openOfferProxy(config: Config, options: OfferProxyOptions = {}): Promise<OfferProxy> {
  const { now = Date.now, log = pino({ level: config.logLevel }) } = options;
  const store = await openStore(config.databaseUrl);
  const { telemetry, fetch: fetchUpstream = createNodeFetch() } = options;
  const { callsPerMinute } = config;
  const budget = createCallBudget({ store, now, callsPerMinute });
  const metrics = createMetrics({ store, budget, now });
  const parts = createParts({ config, store, budget, counters: metrics, now, log, fetch: fetchUpstream, telemetry });
  const identify = options.identify ?? createTokenIdentity(config.identity, { now, fetch: options.fetch ?? fetch });
  let isDraining = false;
  const operator = createOperator({ store, metrics, isDraining: () => isDraining });
  const app = createOfferProxy({
    ...parts,
    config,
    identify,
    now,
    log,
    widgetFile: createWidgetFile(options.widgetFolder ?? fileURLToPath(new URL('../widget/', import.meta.url))),
  });
  parts.outbox.start();
  parts.reconcile.start();
  parts.retention.start();
  return {
    app: mountable(app, config.basePath),
    operator,
    standalone: app.route('/', operator),
    requireEntitlement: createRequireEntitlement({ entitlements: parts.entitlements, identify }),
    drain() {
      isDraining = true;
    },
    async close() {
      parts.reconcile.stop();
      parts.retention.stop();
      await parts.outbox.stop();
      await store.destroy();
    },
  };
}

/** A host's Hono may be another copy than ours: nothing but requests and answers goes from one to the other. */
function mountable(app: ReturnType<typeof createOfferProxy>, basePath: string): Hono {
  return new Hono().all(`${basePath}/*`, async ({ req }) =>
    app.fetch(req.raw.bodyUsed ? await cloneRawRequest(req) : req.raw),
  );
}
