/**
 * May this subscription use this feature? A pure rule, as Chargebee's tutorial on checking entitlements states it, and a
 * cached look-up. A wrong "yes" costs a little; a wrong "no" asks somebody to pay twice: so "no" is kept for a short
 * time, never while a fulfillment is open, and never when Chargebee cannot be asked.
 */
import * as v from 'valibot';
import type { Chargebee, Entitlement } from './chargebee.js';
import { DENIED_TTL_MS, GRANTED_STALE_MS, GRANTED_TTL_MS } from './constants.js';
import type { EntitlementAnswer } from './contract.js';
import type { Log } from './log.js';
import type { Store } from './store.js';
import { UpstreamFailure } from './upstream.js';

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

export type Entitlements = ReturnType<typeof createEntitlements>;

export function createEntitlements({
  store,
  chargebee,
  now,
  log,
}: {
  store: Store;
  chargebee: Chargebee;
  now: () => number;
  log: Log;
}) {
  const readings = new Map<string, Promise<EntitlementList>>();

  async function check(subscriptionId: string, featureId: string, used = 0): Promise<EntitlementAnswer> {
    const answer = ({ entitlements }: EntitlementList): EntitlementAnswer => {
      const entitlement = entitlements.find((candidate) => candidate.featureId === featureId);
      const access = isEntitled(entitlement, used) ? 'granted' : 'denied';
      return { featureId, access, ...(entitlement?.value !== undefined && { value: entitlement.value }) };
    };

    const kept = await findKept(subscriptionId);
    const keptAnswer = kept && answer(kept);
    const age = kept ? now() - kept.readAt : Infinity;
    if (keptAnswer?.access === 'granted' && age < GRANTED_TTL_MS) return keptAnswer;
    if (keptAnswer?.access === 'denied' && age < DENIED_TTL_MS && !(await hasOpenFulfillment(subscriptionId)))
      return keptAnswer;
    try {
      return answer(await read(subscriptionId));
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      log.warn({ err: error, subscriptionId }, 'Failed to read the entitlements of a subscription.');
      if (keptAnswer?.access === 'granted' && age < GRANTED_STALE_MS) return keptAnswer;
      return { featureId, access: 'unknown' };
    }
  }

  /** After an acceptance, a completion or a webhook: the next question goes to Chargebee. */
  async function forget(subscriptionId: string): Promise<void> {
    readings.delete(subscriptionId);
    const forgottenAt = now();
    await store
      .insertInto('entitlements')
      .values({ subscriptionId, list: '[]', readAt: 0, forgottenAt })
      .onConflict((conflict) => conflict.column('subscriptionId').doUpdateSet({ readAt: 0, forgottenAt }))
      .execute();
  }

  /** Callers at the same moment share one reading. */
  function read(subscriptionId: string): Promise<EntitlementList> {
    const underWay = readings.get(subscriptionId);
    if (underWay) return underWay;
    const reading = readAndKeep(subscriptionId).finally(() => {
      if (readings.get(subscriptionId) === reading) readings.delete(subscriptionId);
    });
    readings.set(subscriptionId, reading);
    return reading;
  }

  async function readAndKeep(subscriptionId: string): Promise<EntitlementList> {
    const readAt = now();
    const entitlements = await chargebee.entitlements(subscriptionId);
    const list = JSON.stringify(entitlements);
    await store
      .insertInto('entitlements')
      .values({ subscriptionId, list, readAt, forgottenAt: 0 })
      .onConflict((conflict) =>
        conflict.column('subscriptionId').doUpdateSet({ list, readAt }).where('entitlements.forgottenAt', '<', readAt),
      )
      .execute();
    return { entitlements, readAt };
  }

  async function findKept(subscriptionId: string): Promise<EntitlementList | undefined> {
    const row = await store
      .selectFrom('entitlements')
      .selectAll()
      .where('subscriptionId', '=', subscriptionId)
      .executeTakeFirst();
    if (!row || row.readAt === 0) return undefined;
    return { entitlements: v.parse(StoredList, row.list), readAt: row.readAt };
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

  return { check, forget };
}
