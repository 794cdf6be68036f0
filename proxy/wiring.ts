/** Everything behind the routes, wired once. No module keeps state of its own: two proxies in one process share nothing. */
import { createAcceptance } from './fulfillments/acceptance.js';
import { createCallBudget, type CallBudget } from './chargebee/call-budget.js';
import { createChargebee } from './chargebee/chargebee.js';
import type { Config } from './config.js';
import { DAY_MS } from './constants.js';
import { UNCOUNTED, type Counters } from './counters.js';
import { createEntitlements } from './entitlements/entitlements.js';
import { createFulfillments } from './fulfillments/fulfillments.js';
import { createIssuedOffers } from './offers/issued-offers.js';
import type { Log } from './log.js';
import { createOffers } from './offers/offers.js';
import { createOutbox } from './events/outbox.js';
import { createReconcile } from './fulfillments/reconcile.js';
import { createRetention } from './store/retention.js';
import type { Store } from './store/store.js';
import type { ChargebeeTelemetry } from './chargebee/telemetry.js';
import type { UpstreamFetch } from './chargebee/call.js';
import { createWebhooks } from './entitlements/webhooks.js';

export interface PartsOptions {
  readonly config: Config;
  readonly store: Store;
  readonly fetch: UpstreamFetch;
  readonly telemetry?: ChargebeeTelemetry | undefined;
  readonly now: () => number;
  readonly log: Log;
  readonly budget?: CallBudget;
  readonly counters?: Counters;
  /** Told of work that goes on after an answer, for hosts that would cut it off. */
  readonly keepAlive?: (work: Promise<unknown>) => void;
}

export type Parts = ReturnType<typeof createParts>;

/** Start `outbox` when the proxy serves and stop it before the process ends: what is left in it waits in the store. */
export function createParts(options: PartsOptions) {
  const { config, store, fetch, telemetry, now, log, counters = UNCOUNTED, keepAlive = () => {} } = options;
  const { callsPerMinute } = config;
  const budget = options.budget ?? createCallBudget({ store, now, callsPerMinute });
  const { browserContext, redirects } = config;
  const { url } = config.chargebee;
  const chargebee = createChargebee(config.chargebee, { fetch, now, url, budget, telemetry, onCall: counters.call });
  const entitlements = createEntitlements({ store, chargebee, counters, keepAlive, now, log });
  const outbox = createOutbox({
    store,
    now,
    log,
    deliver: ({ kind, ...entry }) =>
      kind === 'viewed' || kind === 'dismissed'
        ? chargebee.recordOfferEvent(entry.queue, kind)
        : fulfillments.deliver({ kind, ...entry }),
  });
  const issuedOffers = createIssuedOffers({ store, now });
  const offers = createOffers({
    chargebee,
    entitlements,
    issuedOffers,
    outbox,
    counters,
    browserContext,
    redirects,
    now,
    log,
  });
  const accept = createAcceptance({ store, chargebee, entitlements, issuedOffers, now, log });
  const fulfillments = createFulfillments({ store, chargebee, entitlements, outbox, redirects, now, log });
  const failAfterMs = config.failAfterDays === undefined ? undefined : config.failAfterDays * DAY_MS;
  const reconcile = createReconcile({ store, fulfillments, failAfterMs, now, log });
  const retention = createRetention({ store, now, log });
  const webhooks = createWebhooks({ config: config.webhooks, store, entitlements, now, log });
  return {
    store,
    budget,
    entitlements,
    outbox,
    offers,
    accept,
    fulfillments,
    reconcile,
    retention,
    webhooks,
    chargebee,
    counters,
  };
}
