/** The proxy for Node: opens what its settings name, and closes it again. */
import { Hono } from 'hono';
import { cloneRawRequest } from 'hono/request';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createOfferProxy } from '../app.js';
import { createNodeFetch } from '../chargebee/node-fetch.js';
import type { ChargebeeTelemetry } from '../chargebee/telemetry.js';
import type { Config } from '../config.js';
import { ANSWER_DEADLINE_MS } from '../constants.js';
import type { EntitlementAnswer } from '../contract.js';
import type { Customer, Identify } from '../customer.js';
import {
  createRequireEntitlement,
  type EntitlementGuard,
  type HonoContext,
  type UsedBy,
} from '../entitlements/require-entitlement.js';
import { giveBackBody } from '../http/host-body.js';
import type { NodeRequest, NodeResponse } from '../http/node-request.js';
import { createFlawLog } from '../identity/flaw-log.js';
import { createHostIdentity } from '../identity/host-identity.js';
import { createTokenIdentity } from '../identity/identity.js';
import type { Log } from '../log.js';
import type { Price } from '../offers/prices.js';
import { createLeases } from '../store/leases.js';
import { openStore } from '../store/open.js';
import { widgetFolder } from '../widget/widget-folder.js';
import { createWiring } from '../wiring.js';
import { createBackground } from './background.js';
import { createHealth } from './health.js';
import type { HostApp } from './host-app.js';
import { createInProcess, type FulfillmentsInProcess } from './in-process.js';
import { createMetricsPage } from './metrics-page.js';
import { createMetrics } from './metrics.js';
import { createNodeListener } from './node-listener.js';
import { openLog, type OpenLog } from './open-log.js';

export type { ChargebeeTelemetry, TelemetryAdapter } from '../chargebee/telemetry.js';
export { ConfigError, type Config } from '../config.js';
export type {
  EntitlementAnswer,
  ErrorCode,
  FulfillmentList,
  FulfillmentRecord,
  Offer,
  OfferOption,
} from '../contract.js';
export { readConfig } from './node-config.js';
export type { Customer, Identify } from '../customer.js';
export { RequestError } from '../errors.js';
export type { ReportedFulfillment } from './in-process.js';
export type { Log } from '../log.js';
export type { Estimate, Money, SubscriptionChange } from '../chargebee/estimate.js';
export { estimatedPrice, type EstimatedPriceOptions } from '../offers/estimated-price.js';
export { moneyText } from '../offers/money-text.js';
export type { Price, PriceAsking } from '../offers/prices.js';

export interface OfferProxyOptions {
  /** Identifies the customer, for apps with sessions of their own. Default: the JWT that the settings describe. */
  readonly identify?: Identify;
  /**
   * Says what an option costs that charges at a click, so that the customer reads it before. An offer waits 300 ms for it at
   * most, and is shown without a price if it is late, throws or returns undefined.
   */
  readonly price?: Price;
  readonly log?: Log;
  readonly now?: () => number;
  /** For the calls to Chargebee and to the identity provider. Default: Node's own HTTP client. */
  readonly fetch?: typeof fetch;
  /** OpenTelemetry for the calls to Chargebee, if the host has configured it. Off by default. */
  readonly telemetry?: ChargebeeTelemetry;
  /** The folder of the built widget. Default: beside this file, where `npm run build` puts it. */
  readonly widgetFolder?: string;
}

export interface OfferProxy {
  /** Includes the base path. Mount it with `app.route('/', proxy.app)`, or pass it to any server that takes `fetch`. */
  readonly app: HostApp;
  /**
   * For Express, Fastify, Nest and `node:http`: `app.use('/upgrade-offer', proxy.listener)`. It takes a body that
   * `express.json()` has parsed already, and an address with the base path or without it. What no route of the proxy serves
   * goes to `next`; without a `next`, the proxy answers that, too.
   */
  listener(this: void, request: NodeRequest, response: NodeResponse, next?: () => void): void;
  /** `/healthz`, `/readyz` and `/metrics`: part of `standalone`, or for a host to mount where it likes. */
  readonly operator: HostApp;
  /** `/metrics` alone, which `standalone` leaves out if `METRICS_PORT` is set: for a server on that port. */
  readonly metrics: Pick<HostApp, 'fetch'>;
  /**
   * `app` and `operator` together, for a server of its own. It is not `app` mounted in another Hono, because Hono wraps every
   * handler of a mounted app that has an error handler, which costs 25 % more per answer from the store.
   */
  readonly standalone: Pick<HostApp, 'fetch' | 'routes'>;
  /**
   * Middleware of Express and of Hono for the app's own routes: lets only customers through who are entitled to the feature,
   * and of a quantity only those who have not used it up.
   */
  requireEntitlement<Asked extends NodeRequest | HonoContext>(
    this: void,
    feature: string,
    usedBy?: UsedBy<Asked>,
  ): EntitlementGuard<Asked>;
  /**
   * Whether a customer may use a feature now, by the same rule and the same cache: for jobs, and for hosts that
   * `requireEntitlement` does not fit.
   * @param used how much of a quantity is used up, in the feature's own unit.
   * @throws RequestError `invalid_request`, `token_claim` if an id of the customer is missing. If Chargebee does not answer,
   * `access` is `unknown`.
   */
  entitlement(this: void, customer: Customer, feature: string, used?: number): Promise<EntitlementAnswer>;
  /** The routes of the server key, for a backend in the same process. It needs no key. */
  readonly fulfillments: FulfillmentsInProcess;
  /** From now on `/readyz` answers 503; everything else is still answered. */
  drain(): void;
  /** Resolves when the deliveries and answers under way have ended, the store is closed, and the proxy's own log is written. */
  close(): Promise<void>;
}

/** @throws if the store cannot be opened. `readConfig` finds wrong settings before. */
export async function openOfferProxy(config: Config, options: OfferProxyOptions = {}): Promise<OfferProxy> {
  const { now = Date.now, telemetry } = options;
  const log: Log & Partial<OpenLog> = options.log ?? openLog(config.logLevel);
  const store = await openStore(config.databaseUrl, { database: config.database, log });
  const metrics = createMetrics({ now });
  const background = createBackground(log);
  const { keepAlive, during } = background;
  const wiring = createWiring({
    config,
    store,
    fetch: options.fetch ?? createNodeFetch(),
    telemetry,
    counters: metrics,
    price: options.price,
    keepAlive,
    readWidget: widgetFolder(options.widgetFolder ?? fileURLToPath(new URL('../widget/', import.meta.url))),
    now,
    log,
  });
  metrics.watch(wiring);
  const identify = options.identify
    ? createHostIdentity(options.identify, log)
    : createTokenIdentity(config.identity, { now, fetch: options.fetch ?? fetch, log });
  let isDraining = false;
  const leases = createLeases({ store, now });
  const writeStore = () => leases.take('readyz', 0);
  const health = createHealth({ writeStore, isDraining: () => isDraining });
  const metricsPage = createMetricsPage(metrics, config.metrics.tokens);
  const operator = new Hono().route('/', health).route('/', metricsPage);
  const app = createOfferProxy({
    ...wiring,
    config,
    identify,
    keepAlive,
    during,
    now,
    log,
  });
  const { check } = wiring.entitlements;
  const entitlements = { check: (...asked: Parameters<typeof check>) => during(check(...asked)) };
  const listener = createNodeListener(app, config.basePath);
  await wiring.widgetFiles.keep();
  wiring.delivery.start();
  wiring.reconcile.start();
  wiring.retention.start();
  return {
    app: mountable(app, config.basePath),
    listener,
    operator,
    metrics: metricsPage,
    standalone: app.route('/', config.metrics.port === undefined ? operator : health),
    requireEntitlement: createRequireEntitlement({ entitlements, identify, log }),
    ...createInProcess({
      entitlements,
      fulfillments: wiring.fulfillments,
      onFlaw: createFlawLog(log).leftOut,
      during,
    }),
    drain() {
      isDraining = true;
    },
    async close() {
      // No answer takes longer. What a later one would change is asked again after the next start.
      const answered = Promise.race([background.idle(), wait(ANSWER_DEADLINE_MS, undefined, { ref: false })]);
      await Promise.all([wiring.reconcile.stop(), wiring.retention.stop(), wiring.delivery.stop(), answered]);
      await store.destroy();
      await log.written?.();
    },
  };
}

/** The host's Hono may be another copy of the library, so only requests and responses pass between the two. */
function mountable(app: ReturnType<typeof createOfferProxy>, basePath: string): Hono {
  return new Hono().all(`${basePath}/*`, async ({ req, env }) => {
    giveBackBody(env);
    return app.fetch(req.raw.bodyUsed ? await cloneRawRequest(req) : req.raw);
  });
}
