/**
 * May this subscription use this feature? A pure rule, as Chargebee's tutorial on checking entitlements states it, and a
 * cached look-up. A wrong "yes" costs little; a wrong "no" asks somebody to pay twice. So "no" is cached for seconds only,
 * never while a fulfillment is open, and never answered when Chargebee cannot be reached. The only SQL of the table
 * `entitlements`.
 */
import * as v from 'valibot';
import { UpstreamFailure } from '../chargebee/call.js';
import type { Chargebee, Entitlement } from '../chargebee/chargebee.js';
import {
  DENIED_TTL_MS,
  GRANTED_REVALIDATE_MS,
  GRANTED_STALE_MS,
  GRANTED_TTL_MS,
  WEBHOOK_MEMORY_MS,
} from '../constants.js';
import { Used, type EntitlementAnswer } from '../contract.js';
import type { Counters } from '../counters.js';
import type { Customer } from '../customer.js';
import type { Log } from '../log.js';
import type { Store } from '../store/store.js';

interface EntitlementList {
  readonly entitlements: readonly Entitlement[];
  readonly readAt: number;
}

/** The query of `GET /entitlements/:id`. */
export const EntitlementQuery = v.object({
  used: v.optional(v.pipe(v.string(), v.nonEmpty(), v.transform(Number), Used)),
});

const StoredList = v.pipe(
  v.string(),
  v.parseJson(),
  v.array(
    v.object({
      featureId: v.string(),
      featureType: v.optional(v.string()),
      value: v.optional(v.string()),
      isEnabled: v.boolean(),
    }),
  ),
);

const YES = new Set(['true', 'available', 'unlimited']);
const NO = new Set(['', 'false', 'not available', 'none', 'no', '0']);

/**
 * A switch is on if its value is `true` (samples also show `available`). A quantity or range is on if it is `unlimited` or
 * larger than what is used. A custom feature is on at any level that does not mean "none"; what a level means beyond that
 * is up to the app.
 */
export function isEntitled(entitlement: Entitlement | undefined, used: number): boolean {
  if (!entitlement?.isEnabled) return false;
  const value = entitlement.value?.trim().toLowerCase() ?? '';
  if (YES.has(value)) return true;
  if (entitlement.featureType === 'switch') return false;
  if (value !== '' && Number.isFinite(Number(value))) return Number(value) > used;
  return entitlement.featureType !== 'quantity' && entitlement.featureType !== 'range' && !NO.has(value);
}

interface EntitlementsOptions {
  readonly store: Store;
  readonly chargebee: Chargebee;
  /** Whether this subscription may be about to get something: a "no" is not cached then. */
  readonly hasOpenFulfillment: (subscriptionId: string) => Promise<boolean>;
  readonly counters: Counters;
  /** Given work that goes on after the answer, for hosts that would otherwise cut it off. */
  readonly keepAlive: (work: Promise<unknown>) => void;
  readonly now: () => number;
  readonly log: Log;
}

type Subscriber = Pick<Customer, 'customerId' | 'subscriptionId'>;

export type Entitlements = ReturnType<typeof createEntitlements>;

export function createEntitlements(options: EntitlementsOptions) {
  const { store, chargebee, hasOpenFulfillment, counters, keepAlive, now, log } = options;
  /** Calls to Chargebee under way, by subscription id. */
  const readings = new Map<string, Promise<EntitlementList>>();

  /** @param used how much of a quantity is used up, in the feature's own unit. */
  async function check(subscriber: Subscriber, featureId: string, used = 0): Promise<EntitlementAnswer> {
    const toAnswer = ({ entitlements }: EntitlementList): EntitlementAnswer => {
      const entitlement = entitlements.find((candidate) => candidate.featureId === featureId);
      const access = isEntitled(entitlement, used) ? 'granted' : 'denied';
      return { featureId, access, ...(entitlement?.value !== undefined && { value: entitlement.value }) };
    };

    const { subscriptionId } = subscriber;
    const cached = await findCached(subscriptionId);
    const cachedAnswer = cached && toAnswer(cached);
    const isGranted = cachedAnswer?.access === 'granted';
    const age = cached ? now() - cached.readAt : Infinity;
    const isKnown = isGranted
      ? age < GRANTED_REVALIDATE_MS
      : age < DENIED_TTL_MS && !(await hasOpenFulfillment(subscriptionId));
    counters.lookup({ kind: 'entitlement', result: isKnown ? 'hit' : 'miss' });
    if (cachedAnswer && isKnown) {
      if (isGranted && age >= GRANTED_TTL_MS) readInBackground(subscriber, cached);
      return cachedAnswer;
    }
    try {
      return toAnswer(await read(subscriber, cached));
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      log.warn({ err: error, subscriptionId }, FAILED);
      return isGranted && age < GRANTED_STALE_MS ? cachedAnswer : { featureId, access: 'unknown' };
    }
  }

  /**
   * After an acceptance, a completion or a webhook: the next check asks Chargebee.
   * @param version Chargebee's `resource_version`, if a webhook brings one. A version that is not newer changes nothing.
   */
  async function forget(subscriptionId: string, version?: number): Promise<void> {
    const forgetting = { readAt: 0, forgottenAt: now(), ...(version !== undefined && { version }) };
    const { numInsertedOrUpdatedRows } = await store
      .insertInto('entitlements')
      .values({ subscriptionId, customerId: '', list: '[]', version: 0, ...forgetting })
      .onConflict((conflict) =>
        conflict
          .column('subscriptionId')
          .doUpdateSet(forgetting)
          .where('entitlements.version', '<', version ?? Number.MAX_SAFE_INTEGER),
      )
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows) readings.delete(subscriptionId);
  }

  async function forgetCustomers(customerIds: readonly string[]): Promise<void> {
    await store
      .updateTable('entitlements')
      .set({ readAt: 0, forgottenAt: now() })
      .where('customerId', 'in', customerIds)
      .execute();
    readings.clear();
  }

  async function forgetAll(): Promise<void> {
    await store.updateTable('entitlements').set({ readAt: 0, forgottenAt: now() }).execute();
    readings.clear();
  }

  /** Keeps a list for longer than it is answered from, and as long as an outdated webhook for it may still arrive. */
  async function removeOld(): Promise<void> {
    const unusedSince = now() - WEBHOOK_MEMORY_MS;
    await store
      .deleteFrom('entitlements')
      .where('readAt', '<', unusedSince)
      .where('forgottenAt', '<', unusedSince)
      .execute();
  }

  /** The cached "yes" is the answer meanwhile. */
  function readInBackground(subscriber: Subscriber, seen: EntitlementList | undefined): void {
    const { subscriptionId } = subscriber;
    keepAlive(read(subscriber, seen).catch((error: unknown) => log.warn({ err: error, subscriptionId }, FAILED)));
  }

  /** Concurrent callers share one call. @param seen the cached list that this caller found too old. */
  function read(subscriber: Subscriber, seen: EntitlementList | undefined): Promise<EntitlementList> {
    const { subscriptionId } = subscriber;
    const underWay = readings.get(subscriptionId);
    if (underWay) return underWay;
    const reading = readAndCache(subscriber, seen).finally(() => {
      if (readings.get(subscriptionId) === reading) readings.delete(subscriptionId);
    });
    readings.set(subscriptionId, reading);
    return reading;
  }

  async function readAndCache(
    { customerId, subscriptionId }: Subscriber,
    seen: EntitlementList | undefined,
  ): Promise<EntitlementList> {
    // Another reading may have finished after this caller looked.
    const cached = await findCached(subscriptionId);
    if (cached && cached.readAt !== seen?.readAt) return cached;
    const readAt = now();
    const entitlements = await chargebee.entitlements(subscriptionId, { customerId });
    const list = { list: JSON.stringify(entitlements), customerId, readAt };
    await store
      .insertInto('entitlements')
      .values({ subscriptionId, forgottenAt: 0, version: 0, ...list })
      .onConflict((conflict) =>
        conflict.column('subscriptionId').doUpdateSet(list).where('entitlements.forgottenAt', '<', readAt),
      )
      .execute();
    return { entitlements, readAt };
  }

  async function findCached(subscriptionId: string): Promise<EntitlementList | undefined> {
    const row = await store
      .selectFrom('entitlements')
      .select(['list', 'readAt'])
      .where('subscriptionId', '=', subscriptionId)
      .where('readAt', '>', 0)
      .executeTakeFirst();
    return row && { entitlements: v.parse(StoredList, row.list), readAt: row.readAt };
  }

  return { check, forget, forgetCustomers, forgetAll, removeOld };
}

const FAILED = 'Failed to read the entitlements of a subscription from Chargebee.';
