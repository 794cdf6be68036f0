/**
 * What became of the acceptances: read for the customer who waits, reported by the app that carries them out, listed for
 * the app's jobs. Chargebee has no list of fulfillments; this store is the only one.
 */
import type { Accepted, Fulfillment } from './acceptance.js';
import type { Chargebee, UpstreamFulfillment } from '../chargebee/chargebee.js';
import { FULFILLMENT_FRESH_MS, FULFILLMENT_PAGE_SIZE } from '../constants.js';
import type { FulfillmentList, FulfillmentRecord, Outcome } from '../contract.js';
import type { Entitlements } from '../entitlements/entitlements.js';
import { ProxyError } from '../errors.js';
import type { Customer } from '../identity/identity.js';
import type { Log } from '../log.js';
import type { Outbox, OutboxEntry } from '../events/outbox.js';
import { isReportable, toOutcome } from './outcome.js';
import type { RedirectRules } from '../redirect.js';
import type { Store } from '../store/store.js';
import { UpstreamFailure } from '../chargebee/call.js';

export interface FulfillmentsOptions {
  readonly store: Store;
  readonly chargebee: Chargebee;
  readonly entitlements: Entitlements;
  readonly outbox: Outbox;
  readonly redirects: RedirectRules;
  readonly now: () => number;
  readonly log: Log;
}

/** What the app's backend may filter its list by. */
export interface FulfillmentFilter {
  readonly status?: FulfillmentRecord['status'] | undefined;
  readonly customerId?: string | undefined;
  readonly subscriptionId?: string | undefined;
  /** `next` of the page before. */
  readonly after?: string | undefined;
}

/** What the app's backend says of a fulfillment it carried out. */
export type Report = { readonly status: 'completed' } | { readonly status: 'failed'; readonly reason: string };

export type Fulfillments = ReturnType<typeof createFulfillments>;

export function createFulfillments(options: FulfillmentsOptions) {
  const { store, chargebee, entitlements, outbox, redirects, now, log } = options;

  function outcomeOf({ fulfillment, acceptedBefore }: Accepted): Outcome {
    return toOutcome(fulfillment, { now: now(), redirects, acceptedBefore });
  }

  /** @throws ProxyError `not_found`, also for another customer's. */
  async function outcome(customer: Customer, id: string): Promise<Outcome> {
    const fulfillment = await find(id);
    const isTheirs =
      fulfillment?.customerId === customer.customerId && fulfillment.subscriptionId === customer.subscriptionId;
    if (!isTheirs) throw new ProxyError('not_found');
    return outcomeOf({ fulfillment: await refreshed(fulfillment) });
  }

  /** Takes the app's report durably. @returns true when Chargebee has it already, false when it will be told. */
  async function report(id: string, wanted: Report): Promise<boolean> {
    const fulfillment = await find(id);
    if (!fulfillment) throw new ProxyError('not_found');
    if (!isReportable(fulfillment.processingType)) throw new ProxyError('not_reportable');
    if (fulfillment.status === wanted.status) return true;
    if (fulfillment.status !== 'in_progress') throw new ProxyError('already_final');
    const entry = await outbox.addReport({
      queue: id,
      kind: wanted.status,
      reason: wanted.status === 'failed' ? wanted.reason : null,
    });
    if (entry && entry.kind !== wanted.status) throw new ProxyError('already_final');
    const delivery = entry ? await outbox.deliverNow(entry.id) : 'waiting';
    if (delivery === 'delivered') return true;
    const after = await find(id);
    if (after && after.status !== 'in_progress' && after.status !== wanted.status)
      throw new ProxyError('already_final');
    if (delivery === 'dead') throw new ProxyError('upstream_refused');
    outbox.wake();
    return after?.status === wanted.status;
  }

  /** The outbox calls this for a report until it does not throw. */
  async function deliver({ queue: id, kind, reason }: OutboxEntry & { kind: Report['status'] }): Promise<void> {
    try {
      await write(id, await chargebee.reportFulfillment(id, kind, reason));
    } catch (error) {
      if (!(error instanceof UpstreamFailure) || (error.kind !== 'conflict' && error.kind !== 'duplicate')) throw error;
      // It has ended there already: by a try whose answer was lost, or by the 7-day rule. That end stands.
      const ended = await chargebee.readFulfillment(id);
      await write(id, ended);
      if (ended.status !== kind) throw error;
    }
  }

  async function list({ status, customerId, subscriptionId, after }: FulfillmentFilter): Promise<FulfillmentList> {
    let query = store.selectFrom('fulfillments').selectAll().where('id', 'is not', null);
    if (status) query = query.where('status', '=', status);
    if (customerId) query = query.where('customerId', '=', customerId);
    if (subscriptionId) query = query.where('subscriptionId', '=', subscriptionId);
    if (after) query = query.where('id', '>', after);
    const rows = await query
      .orderBy('id')
      .limit(FULFILLMENT_PAGE_SIZE + 1)
      .execute();
    const fulfillments = rows.slice(0, FULFILLMENT_PAGE_SIZE).flatMap(toRecord);
    const next = rows.length > FULFILLMENT_PAGE_SIZE ? fulfillments.at(-1)?.id : undefined;
    return { fulfillments, ...(next && { next }) };
  }

  /** Asks Chargebee unless it has ended, or was asked a moment ago. What was known last is better than an error. */
  async function refreshed(fulfillment: Fulfillment): Promise<Fulfillment> {
    const isFresh = now() - fulfillment.checkedAt < FULFILLMENT_FRESH_MS;
    if (fulfillment.id === null || fulfillment.status !== 'in_progress' || isFresh) return fulfillment;
    try {
      return await write(fulfillment.id, await chargebee.readFulfillment(fulfillment.id));
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      log.warn(
        { err: error, fulfillmentId: fulfillment.id },
        'Failed to read a fulfillment; its last known state is shown.',
      );
      return fulfillment;
    }
  }

  async function write(id: string, sent: UpstreamFulfillment): Promise<Fulfillment> {
    const times = { checkedAt: now(), ...(sent.status !== 'in_progress' && { endedAt: now() }) };
    const fulfillment = await store
      .updateTable('fulfillments')
      .set({ status: sent.status, failureCode: sent.failureCode ?? null, ...times })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    if (sent.status !== 'in_progress') await afterEnd(fulfillment.subscriptionId);
    return fulfillment;
  }

  /** What was true before it ended may be so no longer: the feature is there, or the offer may be made again. */
  async function afterEnd(subscriptionId: string): Promise<void> {
    await entitlements.forget(subscriptionId);
    await store.deleteFrom('unoffered').where('subscriptionId', '=', subscriptionId).execute();
  }

  function find(id: string): Promise<Fulfillment | undefined> {
    return store.selectFrom('fulfillments').selectAll().where('id', '=', id).executeTakeFirst();
  }

  return { outcomeOf, outcome, refreshed, report, deliver, list };
}

function toRecord(row: Fulfillment): FulfillmentRecord[] {
  const { id, status, processingType, offerId, optionId, customerId, subscriptionId, createdAt } = row;
  if (id === null || processingType === null || status === 'asking' || status === 'unnamed') return [];
  return [{ id, offerId, optionId, customerId, subscriptionId, processingType, status, createdAt }];
}
