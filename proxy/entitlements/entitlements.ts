/**
 * May this subscription use this feature? A pure rule, as Chargebee's tutorial on checking entitlements states it, and a
 * cached look-up. A wrong "yes" costs a little; a wrong "no" asks somebody to pay twice: so "no" is kept for a short
 * time, never while a fulfillment is open, and never when Chargebee cannot be asked.
 */
import * as v from 'valibot';
import type { Chargebee, Entitlement } from '../chargebee/chargebee.js';
import { DENIED_TTL_MS, GRANTED_REVALIDATE_MS, GRANTED_STALE_MS, GRANTED_TTL_MS } from '../constants.js';
import type { EntitlementAnswer } from '../contract.js';
import type { Counters } from '../counters.js';
import type { Customer } from '../identity/identity.js';
import type { Log } from '../log.js';
import type { Store } from '../store/store.js';
import { UpstreamFailure } from '../chargebee/call.js';

interface EntitlementList {
  readonly entitlements: readonly Entitlement[];
  readonly readAt: number;
}

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
 * Switch: on when `true` (samples also show `available`). Quantity and range: on while `unlimited` or more than is used.
 * Custom: any level but a word for "none"; what a level means beyond that is the app's to say.
 */
export function isEntitled(entitlement: Entitlement | undefined, used: number): boolean {
  if (!entitlement?.isEnabled) return false;
  const value = entitlement.value?.trim().toLowerCase() ?? '';
  if (YES.has(value)) return true;
  if (entitlement.featureType === 'switch') return false;
  if (value !== '' && Number.isFinite(Number(value))) return Number(value) > used;
  return entitlement.featureType !== 'quantity' && entitlement.featureType !== 'range' && !NO.has(value);
}

export interface EntitlementsOptions {
  readonly store: Store;
  readonly chargebee: Chargebee;
  readonly counters: Counters;
  /** Told of work that goes on after the answer: some hosts would cut it off. */
  readonly keepAlive: (work: Promise<unknown>) => void;
  readonly now: () => number;
  readonly log: Log;
}

type Subscriber = Pick<Customer, 'customerId' | 'subscriptionId'>;

export type Entitlements = ReturnType<typeof createEntitlements>;

export function createEntitlements({ store, chargebee, counters, keepAlive, now, log }: EntitlementsOptions) {
  const readings = new Map<string, Promise<EntitlementList>>();

  async function check(subscriber: Subscriber, featureId: string, used = 0): Promise<EntitlementAnswer> {
    const answer = ({ entitlements }: EntitlementList): EntitlementAnswer => {
      const entitlement = entitlements.find((candidate) => candidate.featureId === featureId);
      const access = isEntitled(entitlement, used) ? 'granted' : 'denied';
      return { featureId, access, ...(entitlement?.value !== undefined && { value: entitlement.value }) };
    };

    const { subscriptionId } = subscriber;
    const kept = await findKept(subscriptionId);
    const keptAnswer = kept && answer(kept);
    const isGranted = keptAnswer?.access === 'granted';
    const age = kept ? now() - kept.readAt : Infinity;
    const isKnown = isGranted
      ? age < GRANTED_REVALIDATE_MS
      : age < DENIED_TTL_MS && !(await hasOpenFulfillment(subscriptionId));
    counters.lookup({ kind: 'entitlement', result: isKnown ? 'hit' : 'miss' });
    if (keptAnswer && isKnown) {
      if (isGranted && age >= GRANTED_TTL_MS) readBehind(subscriber, kept);
      return keptAnswer;
    }
    try {
      return answer(await read(subscriber, kept));
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      log.warn({ err: error, subscriptionId }, FAILED);
      return isGranted && age < GRANTED_STALE_MS ? keptAnswer : { featureId, access: 'unknown' };
    }
  }

  /**
   * After an acceptance, a completion or a webhook: the next question goes to Chargebee.
   * @param version Chargebee's `resource_version`, when a webhook brings one: one that is not newer changes nothing.
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

  /** The old "yes" is answered meanwhile. */
  function readBehind(subscriber: Subscriber, seen: EntitlementList | undefined): void {
    const { subscriptionId } = subscriber;
    keepAlive(read(subscriber, seen).catch((error: unknown) => log.warn({ err: error, subscriptionId }, FAILED)));
  }

  /** Callers at the same moment share one reading. @param seen what this caller found too old. */
  function read(subscriber: Subscriber, seen: EntitlementList | undefined): Promise<EntitlementList> {
    const { subscriptionId } = subscriber;
    const underWay = readings.get(subscriptionId);
    if (underWay) return underWay;
    const reading = readAndKeep(subscriber, seen).finally(() => {
      if (readings.get(subscriptionId) === reading) readings.delete(subscriptionId);
    });
    readings.set(subscriptionId, reading);
    return reading;
  }

  async function readAndKeep(
    { customerId, subscriptionId }: Subscriber,
    seen: EntitlementList | undefined,
  ): Promise<EntitlementList> {
    // A reading may have ended between this caller's look and now.
    const kept = await findKept(subscriptionId);
    if (kept && kept.readAt !== seen?.readAt) return kept;
    const readAt = now();
    const entitlements = await chargebee.entitlements(subscriptionId);
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

  async function findKept(subscriptionId: string): Promise<EntitlementList | undefined> {
    const row = await store
      .selectFrom('entitlements')
      .select(['list', 'readAt'])
      .where('subscriptionId', '=', subscriptionId)
      .where('readAt', '>', 0)
      .executeTakeFirst();
    return row && { entitlements: v.parse(StoredList, row.list), readAt: row.readAt };
  }

  async function hasOpenFulfillment(subscriptionId: string): Promise<boolean> {
    const row = await store
      .selectFrom('fulfillments')
      .select('offerId')
      .where('subscriptionId', '=', subscriptionId)
      .where('status', 'in', ['asking', 'in_progress'])
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  return { check, forget, forgetCustomers, forgetAll };
}

const FAILED = 'Failed to read the entitlements of a subscription.';
