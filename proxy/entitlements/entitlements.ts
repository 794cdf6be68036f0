/**
 * May this subscription use this feature? A wrong "yes" costs little; a wrong "no" asks somebody to pay twice. So "no" is
 * cached for seconds only, never while a fulfillment is open, and never answered when Chargebee cannot be reached. A "yes"
 * stays the answer for a day while Chargebee is away, and nobody waits long for it. Every cached list is judged against the
 * clock of the check, and a list that was read in the future (by a clock that was wrong) is never fresh.
 */
import * as v from 'valibot';
import { UpstreamFailure } from '../chargebee/call.js';
import type { Chargebee } from '../chargebee/chargebee.js';
import type { Config } from '../config.js';
import {
  DENIED_TTL_MS,
  ENTITLEMENT_FAILURE_KEPT_MS,
  ENTITLEMENT_PATIENCE_MS,
  ENTITLEMENT_REFUSAL_KEPT_MS,
  GRANTED_REVALIDATE_MS,
  GRANTED_STALE_MS,
  GRANTED_TTL_MS,
} from '../constants.js';
import { Used, type EntitlementAnswer } from '../contract.js';
import type { Counters } from '../counters.js';
import type { Log } from '../log.js';
import type { Store } from '../store/store.js';
import { createLists, type EntitlementList, type KnownList, type Subscriber, type SubscriptionNews } from './lists.js';
import { within } from './patience.js';
import { isEntitled, isLocked } from './rule.js';

/** The query of `GET /entitlements/:id`. */
export const EntitlementQuery = v.object({
  used: v.optional(v.pipe(v.string(), v.nonEmpty(), v.transform(Number), Used)),
});

interface EntitlementsOptions {
  readonly store: Store;
  readonly chargebee: Chargebee;
  /** Whose entitlements count. Those of the customer are kept with each of its subscriptions. */
  readonly entitlementsOf: Config['entitlementsOf'];
  /** Whether this subscription may be about to get something: a "no" is not cached then. */
  readonly hasOpenFulfillment: (subscriptionId: string) => Promise<boolean>;
  /** Whether it got something a moment ago. */
  readonly hasJustBought: (subscriptionId: string) => Promise<boolean>;
  /** Asks for the status of the subscription with each list, which costs a second call. */
  readonly isStatusChecked: boolean;
  readonly counters: Counters;
  /** Given work that goes on after the answer, for hosts that would otherwise cut it off. */
  readonly keepAlive: (work: Promise<unknown>) => void;
  readonly now: () => number;
  readonly log: Log;
}

export type Entitlements = ReturnType<typeof createEntitlements>;

type ReadList = Omit<EntitlementList, 'isOld'>;

export function createEntitlements(options: EntitlementsOptions) {
  const { store, chargebee, entitlementsOf, hasOpenFulfillment, hasJustBought, isStatusChecked } = options;
  const { counters, keepAlive, now, log } = options;
  const lists = createLists({ store, now });
  /** Calls to Chargebee under way, by subscription id. */
  const readings = new Map<string, Promise<ReadList>>();

  /** @param used how much of a quantity is used up, in the feature's own unit. */
  async function check(subscriber: Subscriber, featureId: string, used = 0): Promise<EntitlementAnswer> {
    const answer = (list: ReadList) => judge(list, featureId, used);
    const known = await lists.find(subscriber.subscriptionId);
    const cached = known.list && answer(known.list);
    const isGranted = known.list !== undefined && cached?.access === 'granted';
    const isKnown = isGranted ? isWithin(known.list, GRANTED_REVALIDATE_MS) : await isFreshNo(subscriber, known);
    counters.lookup({ kind: 'entitlement', result: isKnown ? 'hit' : 'miss' });
    if (cached && isKnown) {
      if (isGranted && !isWithin(known.list, GRANTED_TTL_MS) && !isFailing(known)) readInBackground(subscriber, known);
      return cached;
    }
    // However the clocks of the two readings differ: the promise is a day.
    const isPromised = isGranted && Math.abs(now() - known.list.readAt) < GRANTED_STALE_MS;
    const fallback = cached && isPromised ? cached : ({ featureId, access: 'unknown' } as const);
    // A customer who has just paid waits for the feature, so Chargebee is asked again at once.
    if (isFailing(known) && !(await isBuying(subscriber))) return fallback;
    const reading = readSafely(subscriber, known);
    // It is read to the end all the same.
    if (isPromised) keepAlive(reading);
    const list = await (isPromised ? within(ENTITLEMENT_PATIENCE_MS, reading) : reading);
    return list ? answer(list) : fallback;
  }

  /**
   * After an acceptance, a completion or a webhook: the next check asks Chargebee. The last known list stays the answer
   * while Chargebee is away.
   */
  async function forget(subscriptionId: string, news?: SubscriptionNews): Promise<void> {
    if (await lists.makeOld(subscriptionId, news)) readings.delete(subscriptionId);
  }

  async function forgetCustomers(customerIds: readonly string[]): Promise<void> {
    await lists.makeAllOld(customerIds);
    readings.clear();
  }

  async function forgetAll(): Promise<void> {
    await lists.makeAllOld();
    readings.clear();
  }

  function judge({ entitlements, status }: ReadList, featureId: string, used: number): EntitlementAnswer {
    const named = entitlements.filter((candidate) => candidate.featureId === featureId);
    const allowing =
      isStatusChecked && isLocked(status) ? undefined : named.find((each) => isEntitled(each, { used, at: now() }));
    const value = (allowing ?? named[0])?.value;
    return { featureId, access: allowing ? 'granted' : 'denied', ...(value !== undefined && { value }) };
  }

  function isWithin({ readAt, isOld }: EntitlementList, milliseconds: number): boolean {
    const ageMs = now() - readAt;
    return !isOld && ageMs >= 0 && ageMs < milliseconds;
  }

  async function isFreshNo({ subscriptionId }: Subscriber, { list }: KnownList): Promise<boolean> {
    return list !== undefined && isWithin(list, DENIED_TTL_MS) && !(await hasOpenFulfillment(subscriptionId));
  }

  async function isBuying({ subscriptionId }: Subscriber): Promise<boolean> {
    return (await hasOpenFulfillment(subscriptionId)) || hasJustBought(subscriptionId);
  }

  function isFailing({ askAgainAt }: KnownList): boolean {
    const waitMs = askAgainAt - now();
    return waitMs > 0 && waitMs <= ENTITLEMENT_REFUSAL_KEPT_MS;
  }

  /** The cached "yes" is the answer meanwhile. */
  function readInBackground(subscriber: Subscriber, known: KnownList): void {
    keepAlive(readSafely(subscriber, known));
  }

  /** @returns undefined if Chargebee gave no list; the log says why. */
  async function readSafely(subscriber: Subscriber, known: KnownList): Promise<ReadList | undefined> {
    try {
      return await read(subscriber, known);
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      log.warn({ err: error, subscriptionId: subscriber.subscriptionId }, FAILED);
      return undefined;
    }
  }

  /** Concurrent callers share one call. @param seen what this caller found too old. */
  function read(subscriber: Subscriber, seen: KnownList): Promise<ReadList> {
    const { subscriptionId } = subscriber;
    const underWay = readings.get(subscriptionId);
    if (underWay) return underWay;
    const reading = readAndKeep(subscriber, seen).finally(() => {
      if (readings.get(subscriptionId) === reading) readings.delete(subscriptionId);
    });
    readings.set(subscriptionId, reading);
    return reading;
  }

  async function readAndKeep(subscriber: Subscriber, seen: KnownList): Promise<ReadList> {
    const { customerId, subscriptionId } = subscriber;
    // Another reading may have finished after this caller looked.
    const known = await lists.find(subscriptionId);
    if (known.list && !known.list.isOld && known.list.readAt !== seen.list?.readAt) return known.list;
    const readAt = now();
    try {
      const [entitlements, status] = await Promise.all([
        entitlementsOf === 'customer'
          ? chargebee.customerEntitlements({ customerId })
          : chargebee.entitlements(subscriptionId, { customerId }),
        isStatusChecked ? statusOf(subscriber, known) : undefined,
      ]);
      const list = { entitlements, status, readAt };
      await lists.keep(subscriber, list, known);
      return list;
    } catch (error) {
      if (error instanceof UpstreamFailure) await lists.keepFailure(subscriber, now() + failureKeptMs(error));
      throw error;
    }
  }

  /** A webhook may know it better than the answer. If Chargebee does not say it, the last known status counts. */
  async function statusOf({ customerId, subscriptionId }: Subscriber, known: KnownList): Promise<string | undefined> {
    try {
      const { status, version } = await chargebee.subscription(subscriptionId, { customerId });
      return version > 0 && version < known.version ? known.status : status;
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      log.warn(
        { err: error, subscriptionId },
        'Failed to read the status of a subscription; its last known one counts.',
      );
      return known.status;
    }
  }

  return { check, forget, forgetCustomers, forgetAll, removeOld: lists.removeOld };
}

/** What Chargebee refuses, it refuses for longer than an outage takes. */
function failureKeptMs({ kind }: UpstreamFailure): number {
  return kind === 'unavailable' || kind === 'busy' ? ENTITLEMENT_FAILURE_KEPT_MS : ENTITLEMENT_REFUSAL_KEPT_MS;
}

const FAILED = 'Failed to read the entitlements of a subscription from Chargebee.';
