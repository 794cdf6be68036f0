/** Connects everything behind the routes. No module keeps state of its own, so two proxies in one process share nothing. */
import { createCallBudget } from './chargebee/call-budget.js';
import type { UpstreamFetch } from './chargebee/call.js';
import { createChargebee } from './chargebee/chargebee.js';
import type { ChargebeeTelemetry } from './chargebee/telemetry.js';
import type { Config } from './config.js';
import { DAY_MS } from './constants.js';
import { UNCOUNTED, type Counters } from './counters.js';
import { createBillingWebhook } from './entitlements/billing-webhook.js';
import { createEntitlements } from './entitlements/entitlements.js';
import { createFeatures } from './entitlements/features.js';
import { createUsageAlerts } from './entitlements/usage-alerts.js';
import { createDelivery } from './events/delivery.js';
import { createGrowthWebhook } from './events/growth-webhook.js';
import { createOutbox } from './events/outbox.js';
import { createAcceptance } from './fulfillments/acceptance.js';
import { createFulfillments } from './fulfillments/fulfillments.js';
import { createProgress } from './fulfillments/progress.js';
import { createReconcile } from './fulfillments/reconcile.js';
import { createRecords } from './fulfillments/records.js';
import { createSettlement } from './fulfillments/settlement.js';
import type { Log } from './log.js';
import { createIssuedOffers } from './offers/issued-offers.js';
import { createOffers } from './offers/offers.js';
import { createPrices, type Price } from './offers/prices.js';
import { createTraces } from './offers/traces.js';
import { createTracing } from './offers/tracing.js';
import { createViews } from './offers/views.js';
import { createLeases } from './store/leases.js';
import { createRetention } from './store/retention.js';
import type { Store } from './store/store.js';
import { createKeptFiles } from './widget/kept-files.js';
import { createWidgetFiles, type ReadWidget } from './widget/widget-files.js';

interface WiringOptions {
  readonly config: Config;
  readonly store: Store;
  readonly fetch: UpstreamFetch;
  readonly telemetry?: ChargebeeTelemetry | undefined;
  /** What an option costs, as the app says it. */
  readonly price?: Price | undefined;
  readonly now: () => number;
  readonly log: Log;
  readonly counters?: Counters;
  /** Given work that goes on after an answer, for hosts that would otherwise cut it off. */
  readonly keepAlive?: (work: Promise<unknown>) => void;
  /** Without it, the proxy serves no widget of its own version. */
  readonly readWidget?: ReadWidget | undefined;
}

export type Wiring = ReturnType<typeof createWiring>;

/** Start `delivery` when the proxy serves, and stop it before the process ends; what it has not sent stays in the store. */
export function createWiring(options: WiringOptions) {
  const { config, store, fetch, telemetry, now, log, counters = UNCOUNTED, keepAlive = () => {} } = options;
  const { browserContext, callsPerMinute, entitlementsOf, failAfterDays, redirects, webhooks } = config;
  const { url } = config.chargebee;
  const budget = createCallBudget({ store, now, callsPerMinute });
  const chargebee = createChargebee(config.chargebee, { fetch, now, url, budget, telemetry, onCall: counters.call });

  const leases = createLeases({ store, now });
  const records = createRecords({ store, now });
  const traces = createTraces({ store, now });
  const usageAlerts = createUsageAlerts({ store, now, allowed: config.usageAlerts });
  const views = createViews({ store, now, caps: config.caps });
  const issuedOffers = createIssuedOffers({ store, now, views });
  const outbox = createOutbox({ store, now });

  const entitlements = createEntitlements({
    store,
    chargebee,
    entitlementsOf,
    hasOpenFulfillment: records.hasOpen,
    hasJustBought: records.hasJustCompleted,
    isStatusChecked: config.isStatusChecked,
    counters,
    keepAlive,
    now,
    log,
  });
  const progress = createProgress({ records, chargebee, entitlements, issuedOffers, counters, now, log });
  const delivery = createDelivery({
    outbox,
    send: ({ queue, kind, reason }) =>
      kind === 'viewed' || kind === 'dismissed'
        ? chargebee.recordOfferEvent(queue, kind)
        : progress.tell(queue, kind, reason),
    roomForEvents: () => budget.room('event'),
    leases,
    now,
    log,
  });

  const offers = createOffers({
    chargebee,
    entitlements,
    features: createFeatures({ chargebee, keepAlive, now, log }),
    usageAlerts,
    issuedOffers,
    prices: createPrices({ price: options.price, chargebee, keepAlive, now, log }),
    tracing: createTracing({ traces, keepAlive, now, log }),
    views,
    outbox,
    delivery,
    isAccepted: progress.isAccepted,
    counters,
    browserContext,
    redirects,
    now,
    log,
  });
  const accept = createAcceptance({
    records,
    progress,
    chargebee,
    entitlements,
    issuedOffers,
    redirects,
    counters,
    keepAlive,
    now,
    log,
  });
  const fulfillments = createFulfillments({ records, progress, outbox, delivery, redirects, now });
  const failAfterMs = failAfterDays === undefined ? undefined : failAfterDays * DAY_MS;
  const reconcile = createReconcile({
    records,
    progress,
    fulfillments,
    issuedOffers,
    outbox,
    leases,
    failAfterMs,
    now,
    log,
  });
  const settle = createSettlement({ records, chargebee, entitlements, issuedOffers, redirects, now });
  const billingWebhook = createBillingWebhook({
    credentials: webhooks.billing,
    store,
    entitlements,
    usageAlerts,
    entitlementsOf,
    now,
    log,
  });
  const growthWebhook = createGrowthWebhook({ secrets: webhooks.growthSecrets, store, now, log });
  const widgetFiles = createWidgetFiles({
    read: options.readWidget ?? (async () => undefined),
    kept: createKeptFiles({ store, now }),
    log,
  });
  const subjects = [issuedOffers, views, traces, entitlements, usageAlerts, outbox, budget, widgetFiles];
  const retention = createRetention({ subjects, leases, log });

  return {
    accept,
    billingWebhook,
    budget,
    counters,
    delivery,
    entitlements,
    fulfillments,
    growthWebhook,
    offers,
    outbox,
    reconcile,
    records,
    retention,
    settle,
    widgetFiles,
  };
}
