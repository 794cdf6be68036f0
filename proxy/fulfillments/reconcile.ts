/**
 * Looks after fulfillments that nobody finished: Chargebee fails them after 7 days and has no list of them. Reads how each
 * one stands, warns in time and, if the operator wants it, reports those as failed that only the app could have completed.
 */
import { RECONCILE_EVERY_MS, RECONCILE_LEASE_MS, WARN_AFTER_MS } from '../constants.js';
import type { Log } from '../log.js';
import type { Leases } from '../store/leases.js';
import type { Fulfillments } from './fulfillments.js';
import { isReportable } from './outcome.js';
import type { Progress } from './progress.js';
import type { Fulfillment, Records } from './records.js';

/** What a fulfillment needs. `look_up`: it was accepted, but its id never reached the proxy. */
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
}

interface ReconcileOptions {
  readonly records: Records;
  readonly progress: Progress;
  readonly fulfillments: Fulfillments;
  readonly leases: Leases;
  /** Undefined: nothing is ever reported as failed. */
  readonly failAfterMs: number | undefined;
  readonly now: () => number;
  readonly log: Log;
}

export function createReconcile(options: ReconcileOptions) {
  const { records, progress, fulfillments, leases, failAfterMs, now, log } = options;
  let timer: ReturnType<typeof setInterval> | undefined;

  /** @param options.isDryRun reads how things stand at Chargebee, and changes nothing there. */
  async function sweep({ isDryRun }: { isDryRun: boolean }): Promise<Reconciled[]> {
    const reconciled: Reconciled[] = [];
    for (const known of await records.unfinished()) {
      const fulfillment = await progress.refreshed(known, 'sweep');
      const action = actionFor(fulfillment);
      if (!isDryRun) await act(fulfillment, action);
      reconciled.push(toReconciled(fulfillment, action));
    }
    return reconciled;
  }

  function start(): void {
    timer ??= setInterval(() => {
      sweepAlone().catch((error: unknown) => log.error({ err: error }, 'Failed to look after open fulfillments.'));
    }, RECONCILE_EVERY_MS).unref();
  }

  function stop(): void {
    clearInterval(timer);
  }

  /** Sweeps in one instance at a time. @returns undefined if another one has just done it. */
  async function sweepAlone(): Promise<Reconciled[] | undefined> {
    return (await leases.take('reconcile', RECONCILE_LEASE_MS)) ? sweep({ isDryRun: false }) : undefined;
  }

  function actionFor({ status, processingType, createdAt }: Fulfillment): ReconcileAction {
    const ageMs = now() - createdAt;
    if (status === 'unnamed') return 'look_up';
    if (status !== 'in_progress') return 'none';
    if (failAfterMs !== undefined && ageMs >= failAfterMs && isReportable(processingType)) return 'fail';
    return ageMs >= WARN_AFTER_MS ? 'warn' : 'wait';
  }

  async function act(fulfillment: Fulfillment, action: ReconcileAction): Promise<void> {
    if (action === 'fail' && fulfillment.id !== null) {
      await fulfillments.report(fulfillment.id, { status: 'failed', reason: 'Not completed in time by the app.' });
    }
    if (action !== 'none' && action !== 'wait') {
      log.warn(toReconciled(fulfillment, action), 'A fulfillment needs somebody to look at it.');
    }
  }

  function toReconciled(fulfillment: Fulfillment, action: ReconcileAction): Reconciled {
    const { id, offerId, customerId, subscriptionId, processingType, status, createdAt } = fulfillment;
    return {
      fulfillmentId: id,
      offerId,
      customerId,
      subscriptionId,
      processingType,
      status,
      action,
      ageMs: now() - createdAt,
    };
  }

  return { sweep, sweepAlone, start, stop };
}
