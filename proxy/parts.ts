/** Everything behind the routes, wired once. No module keeps state of its own: two proxies in one process share nothing. */
import { createAcceptance } from './acceptance.js';
import { createCallBudget } from './call-budget.js';
import { createChargebee } from './chargebee.js';
import type { Config } from './config.js';
import { DAY_MS } from './constants.js';
import { createEntitlements } from './entitlements.js';
import { createFulfillments } from './fulfillments.js';
import type { Log } from './log.js';
import { createMetrics } from './metrics.js';
import { createOffers } from './offers.js';
import { createOutbox } from './outbox.js';
import { createReconcile } from './reconcile.js';
import type { Store } from './store.js';
import type { ChargebeeTelemetry } from './telemetry.js';
import { createWebhooks } from './webhooks.js';

export interface PartsOptions {
  readonly config: Config;
  readonly store: Store;
  readonly fetch: typeof fetch;
  readonly telemetry?: ChargebeeTelemetry | undefined;
  readonly now: () => number;
  readonly log: Log;
}

export type Parts = ReturnType<typeof createParts>;

/** Start `outbox` when the proxy serves and stop it before the process ends: what is left in it waits in the store. */
export function createParts({ config, store, fetch, telemetry, now, log }: PartsOptions) {
  const { browserContext, redirects } = config;
  const budget = createCallBudget({ store, now, callsPerMinute: config.callsPerMinute });
  const metrics = createMetrics({ store, budget, now });
  const { url } = config.chargebee;
  const chargebee = createChargebee(config.chargebee, { fetch, now, url, budget, telemetry, onCall: metrics.call });
  const entitlements = createEntitlements({ store, chargebee, metrics, now, log });
  const outbox = createOutbox({
    store,
    now,
    log,
    deliver: ({ kind, ...entry }) =>
      kind === 'viewed' || kind === 'dismissed'
        ? chargebee.recordOfferEvent(entry.queue, kind)
        : fulfillments.deliver({ kind, ...entry }),
  });
  const offers = createOffers({ store, chargebee, entitlements, outbox, metrics, browserContext, redirects, now, log });
  const accept = createAcceptance({ store, chargebee, entitlements, offers, now, log });
  const fulfillments = createFulfillments({ store, chargebee, entitlements, outbox, redirects, now, log });
  const failAfterMs = config.failAfterDays === undefined ? undefined : config.failAfterDays * DAY_MS;
  const reconcile = createReconcile({ store, fulfillments, failAfterMs, now, log });
  const webhooks = createWebhooks({ config: config.webhooks, store, entitlements, now, log });
  return { store, budget, entitlements, outbox, offers, accept, fulfillments, reconcile, webhooks, chargebee, metrics };
}
