/**
 * Finds fulfillments that nobody finished: Chargebee gives up on them after 7 days, and it has no list of them. Reads how
 * each open one stands, warns in time, and, when the operator wants it, reports those as failed that only the app could
 * have completed.
 */
import type { Fulfillment } from './acceptance.js';
import { RECONCILE_EVERY_MS, RECONCILE_LEASE_MS, WARN_AFTER_MS } from '../constants.js';
import type { Fulfillments } from './fulfillments.js';
import type { Log } from '../log.js';
import { isReportable } from './outcome.js';
import type { Store } from '../store/store.js';

/** What is to be done about one fulfillment. `look_up`: it was accepted under an id that never reached us. */
export type ReconcileAction = 'wait' | 'warn' | 'fail' | 'look_up' | 'none';

export interface ReconcileFinding {
  readonly fulfillmentId: string | null;
  readonly offerId: string;
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly ageMs: number;
  readonly processingType: string | null;
  readonly status: Fulfillment['status'];
  readonly action: ReconcileAction;
}

export interface ReconcileOptions {
  readonly store: Store;
  readonly fulfillments: Fulfillments;
  /** Undefined: nothing is ever marked failed. */
  readonly failAfterMs: number | undefined;
  readonly now: () => number;
  readonly log: Log;
}

export type Reconcile = ReturnType<typeof createReconcile>;

export function createReconcile({ store, fulfillments, failAfterMs, now, log }: ReconcileOptions) {
  let timer: ReturnType<typeof setInterval> | undefined;

  /** @param options.isDryRun asks Chargebee how things stand, and changes nothing there. */
  async function sweep({ isDryRun }: { isDryRun: boolean }): Promise<ReconcileFinding[]> {
    const findings: ReconcileFinding[] = [];
    const open = await store
      .selectFrom('fulfillments')
      .selectAll()
      .where('status', 'in', ['in_progress', 'unnamed'])
      .orderBy('createdAt')
      .execute();
    for (const known of open) {
      const fulfillment = await fulfillments.refreshed(known);
      const action = actionFor(fulfillment);
      if (!isDryRun) await act(fulfillment, action);
      findings.push(toFinding(fulfillment, action));
    }
    return findings;
  }

  function start(): void {
    timer ??= setInterval(() => {
      sweepAlone().catch((error: unknown) => log.error({ err: error }, 'Failed to look after open fulfillments.'));
    }, RECONCILE_EVERY_MS).unref();
  }

  function stop(): void {
    clearInterval(timer);
  }

  /** One instance at a time, and not again before the next round. @returns undefined when another one has done it. */
  async function sweepAlone(): Promise<ReconcileFinding[] | undefined> {
    const until = now() + RECONCILE_LEASE_MS;
    const { numInsertedOrUpdatedRows } = await store
      .insertInto('leases')
      .values({ name: 'reconcile', until })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ until }).where('leases.until', '<=', now()))
      .executeTakeFirst();
    return numInsertedOrUpdatedRows ? sweep({ isDryRun: false }) : undefined;
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
      log.warn(toFinding(fulfillment, action), 'A fulfillment needs somebody to look at it.');
    }
  }

  function toFinding(fulfillment: Fulfillment, action: ReconcileAction): ReconcileFinding {
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
