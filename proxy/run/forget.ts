/**
 * `upgrade-offer forget CUSTOMER`: erases a customer from the store, in one transaction. What has not ended stays, because
 * money may be on its way and the store has the only record of it: the acceptances that are in progress or of which nobody
 * knows how they ended, with their offers and reports. Webhook ids, leases and digests of questions name nobody.
 */
import { createCausedCalls } from '../chargebee/caused-calls.js';
import type { Config } from '../config.js';
import { createLists } from '../entitlements/lists.js';
import { createUsageAlerts } from '../entitlements/usage-alerts.js';
import { createGrowthWebhook } from '../events/growth-webhook.js';
import { createOutbox } from '../events/outbox.js';
import { createRecords, type Fulfillment } from '../fulfillments/records.js';
import type { Log } from '../log.js';
import { createIssuedOffers } from '../offers/issued-offers.js';
import { createTraces } from '../offers/traces.js';
import { createViews } from '../offers/views.js';
import type { Store } from '../store/store.js';

export interface Forgotten {
  /** How many rows were removed, by what they were. */
  readonly removed: Readonly<Record<string, number>>;
  /** The acceptances that stay until they have ended. */
  readonly kept: readonly Fulfillment[];
}

interface ForgetOptions {
  readonly store: Store;
  readonly config: Pick<Config, 'callsPerMinute'>;
  readonly now: () => number;
  readonly log: Log;
}

/** Databases limit how many values a statement may have; PostgreSQL's 65,535 is the most. */
const AT_ONCE = 1_000;

export function forget(customerId: string, { store, config, now, log }: ForgetOptions): Promise<Forgotten> {
  return store.transaction().execute(async (transaction) => {
    const tables = { store: transaction, now };
    const records = createRecords(tables);
    const views = createViews({ ...tables, caps: [] });
    const issuedOffers = createIssuedOffers(tables);
    const lists = createLists(tables);
    const traces = createTraces(tables);
    const usageAlerts = createUsageAlerts({ ...tables, allowed: [] });
    const outbox = createOutbox(tables);
    const causedCalls = createCausedCalls({ ...tables, callsPerMinute: config.callsPerMinute });
    const growthWebhook = createGrowthWebhook({ ...tables, secrets: [], log });

    const fulfillments = await records.listOf(customerId);
    const kept = fulfillments.filter(({ status }) => status !== 'completed' && status !== 'failed');
    const ended = fulfillments.filter((each) => !kept.includes(each));
    const issued = await issuedOffers.listOf(customerId);
    const offerIds = issued.map(({ id }) => id).filter((id) => !kept.some(({ offerId }) => offerId === id));
    const subscriptionIds = unique([
      ...[...fulfillments, ...issued, ...(await traces.listOf(customerId))].map(({ subscriptionId }) => subscriptionId),
      ...(await lists.subscriptionsOf(customerId)),
    ]);
    const queues = unique([
      ...offerIds,
      ...ended.flatMap(({ id, offerId }) => (id === null ? offerId : [id, offerId])),
    ]);

    for (const id of subscriptionIds) await issuedOffers.forgetNone(id);
    const removed = {
      offers: await inParts(offerIds, issuedOffers.forget),
      'last questions and views': await traces.forget(customerId),
      'counted views': await views.forget(customerId),
      acceptances: await records.forget(customerId),
      'events and reports': await inParts(queues, outbox.forget),
      entitlements: await inParts(subscriptionIds, lists.forget),
      'usage alerts': await inParts(subscriptionIds, usageAlerts.forget),
      'call counts': await causedCalls.forget(customerId),
      "Growth's webhooks": await inParts([customerId, ...subscriptionIds], growthWebhook.forget),
    };
    return { removed, kept };
  });
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}

/** @returns the sum. */
async function inParts(ids: readonly string[], remove: (part: readonly string[]) => Promise<number>): Promise<number> {
  let sum = 0;
  for (let from = 0; from < ids.length; from += AT_ONCE) sum += await remove(ids.slice(from, from + AT_ONCE));
  return sum;
}
