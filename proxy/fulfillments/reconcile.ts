/**
 * Looks after fulfillments that nobody finished: Chargebee fails them after 7 days and has no list of them. Reads how each
 * one stands, warns in time and, if the operator wants it, reports those as failed that only the app could have completed.
 */
import { UpstreamFailure } from '../chargebee/call.js';
import { RECONCILE_EVERY_MS, WARN_AFTER_MS } from '../constants.js';
import type { Outbox } from '../events/outbox.js';
import type { Log } from '../log.js';
import type { IssuedOffers } from '../offers/issued-offers.js';
import type { Leases } from '../store/leases.js';
import { createSharedWork } from '../store/shared-work.js';
import type { Fulfillments } from './fulfillments.js';
import { isReportable } from './outcome.js';
import type { Progress } from './progress.js';
import type { Fulfillment, Records } from './records.js';

/** What a fulfillment needs. `look_up`: it was or may have been accepted, but its id never reached the proxy. */
type ReconcileAction = 'wait' | 'warn' | 'fail' | 'look_up' | 'none';

/** One fulfillment as it stands, and what was done or, in a dry run, would be done. */
export interface Reconciled {
  readonly fulfillmentId: string | null;
  readonly offerId: string;
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly ageMs: number;
  readonly processingType: string | null;
  readonly status: Fulfillment['status'];
  readonly action: ReconcileAction;
  /** Why it could not be looked after; it is shown as it was last known. */
  readonly problem?: string;
}

interface ReconcileOptions {
  readonly records: Records;
  readonly progress: Progress;
  readonly fulfillments: Fulfillments;
  readonly issuedOffers: IssuedOffers;
  readonly outbox: Outbox;
  readonly leases: Leases;
  /** Undefined: nothing is ever reported as failed. */
  readonly failAfterMs: number | undefined;
  readonly now: () => number;
  readonly log: Log;
}

export interface SweepOptions {
  /** Reads how things stand at Chargebee, and changes nothing there. */
  readonly isDryRun: boolean;
  readonly isStopping?: () => boolean;
}

const NEEDS_SOMEBODY = 'A fulfillment needs somebody to look at it.';

export function createReconcile(options: ReconcileOptions) {
  const { records, progress, fulfillments, issuedOffers, outbox, leases, failAfterMs, now, log } = options;

  /**
   * One that cannot be looked after does not stop the others. When the call budget has no more room for it, the rest is
   * judged as last known; the next sweep begins with those.
   */
  async function sweep({ isDryRun, isStopping = () => false }: SweepOptions): Promise<Reconciled[]> {
    const reconciled: Reconciled[] = [];
    let unread: UpstreamFailure | undefined;
    for (const known of await records.unfinished()) {
      if (isStopping()) break;
      try {
        if (unread && known.status === 'in_progress') throw unread;
        const fulfillment = await progress.current(known, 'sweep');
        const action = await actionFor(fulfillment);
        if (!isDryRun) await act(fulfillment, action);
        reconciled.push(toReconciled(fulfillment, action));
      } catch (error) {
        const isFirst = error !== unread;
        if (error instanceof UpstreamFailure && error.isSiteBusy) unread = error;
        // Not to be reported as failed by what was known long ago.
        const action = isOld(known) ? 'warn' : 'wait';
        const problem = error instanceof Error ? error.message : String(error);
        const result = { ...toReconciled(known, action), problem };
        if (!isDryRun && isFirst)
          log.error(
            { ...result, err: error },
            'Failed to follow up a fulfillment; the proxy tries again at the next sweep.',
          );
        else if (!isDryRun && action === 'warn') log.warn(result, NEEDS_SOMEBODY);
        reconciled.push(result);
      }
    }
    return reconciled;
  }

  const { doIfDue, start, stop } = createSharedWork({
    name: 'reconcile',
    everyMs: RECONCILE_EVERY_MS,
    work: (isStopping) => sweep({ isDryRun: false, isStopping }),
    leases,
    log,
  });

  async function actionFor(fulfillment: Fulfillment): Promise<ReconcileAction> {
    const { id, status, processingType } = fulfillment;
    if (status === 'unnamed' || status === 'asking') return 'look_up';
    if (status !== 'in_progress' || id === null) return 'none';
    const isOverdue = failAfterMs !== undefined && ageOf(fulfillment) >= failAfterMs && isReportable(processingType);
    // What the app has said about it stands, even if Chargebee has not taken it yet.
    if (isOverdue && !(await outbox.hasReport(id))) return 'fail';
    return isOld(fulfillment) || isOverdue ? 'warn' : 'wait';
  }

  async function act(fulfillment: Fulfillment, action: ReconcileAction): Promise<void> {
    const { status, subscriptionId, baseOfferId } = fulfillment;
    // A crash right after Chargebee's answer leaves the accepted offer in the store.
    if (status === 'in_progress') await issuedOffers.end(subscriptionId, baseOfferId);
    if (action === 'fail') {
      await fulfillments.report(fulfillment, { status: 'failed', reason: 'Not completed in time by the app.' });
    }
    if (action !== 'none' && action !== 'wait') {
      log.warn(toReconciled(fulfillment, action), NEEDS_SOMEBODY);
    }
  }

  function ageOf({ createdAt }: Fulfillment): number {
    return now() - createdAt;
  }

  function isOld(fulfillment: Fulfillment): boolean {
    return ageOf(fulfillment) >= WARN_AFTER_MS;
  }

  function toReconciled(fulfillment: Fulfillment, action: ReconcileAction): Reconciled {
    const { id, offerId, customerId, subscriptionId, processingType, status } = fulfillment;
    const facts = { offerId, customerId, subscriptionId, processingType, status };
    return { ...facts, fulfillmentId: id, action, ageMs: ageOf(fulfillment) };
  }

  return { sweep, sweepIfDue: doIfDue, start, stop };
}
