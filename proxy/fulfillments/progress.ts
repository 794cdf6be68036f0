/** Keeps the records in step with Chargebee: reads how a fulfillment stands there, and tells Chargebee how it ended. */
import { UpstreamFailure } from '../chargebee/call.js';
import type { Chargebee, UpstreamFulfillment } from '../chargebee/chargebee.js';
import type { Entitlements } from '../entitlements/entitlements.js';
import type { Log } from '../log.js';
import type { IssuedOffers } from '../offers/issued-offers.js';
import { pollAfterMs } from './outcome.js';
import type { Fulfillment, Records } from './records.js';

interface ProgressOptions {
  readonly records: Records;
  readonly chargebee: Chargebee;
  readonly entitlements: Entitlements;
  readonly issuedOffers: IssuedOffers;
  readonly now: () => number;
  readonly log: Log;
}

export type Progress = ReturnType<typeof createProgress>;

export function createProgress({ records, chargebee, entitlements, issuedOffers, now, log }: ProgressOptions) {
  /**
   * Asks Chargebee unless the fulfillment has ended or was read a moment ago: no sooner than a page is told to ask again,
   * whatever the page does. If Chargebee does not answer, the last known state is better than an error.
   * @param purpose `poll` if the customer waits, `sweep` if nobody does.
   */
  async function refreshed(fulfillment: Fulfillment, purpose: 'poll' | 'sweep'): Promise<Fulfillment> {
    const isFresh = now() - fulfillment.checkedAt < pollAfterMs(now() - fulfillment.createdAt);
    if (fulfillment.id === null || fulfillment.status !== 'in_progress' || isFresh) return fulfillment;
    try {
      const askedBy = purpose === 'poll' ? fulfillment : undefined;
      return await record(fulfillment.id, await chargebee.readFulfillment(fulfillment.id, purpose, askedBy));
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      log.warn(
        { err: error, fulfillmentId: fulfillment.id },
        'Failed to read a fulfillment from Chargebee; the customer sees its last known state.',
      );
      return fulfillment;
    }
  }

  /** @throws UpstreamFailure; the outbox then decides whether it is tried again. */
  async function tell(id: string, status: 'completed' | 'failed', reason: string | null): Promise<void> {
    try {
      await record(id, await chargebee.reportFulfillment(id, status, reason));
    } catch (error) {
      if (!(error instanceof UpstreamFailure) || (error.kind !== 'conflict' && error.kind !== 'duplicate')) throw error;
      // It has ended at Chargebee already, by an attempt whose answer was lost or by the 7-day rule. That end is final.
      const ended = await chargebee.readFulfillment(id);
      await record(id, ended);
      if (ended.status !== status) throw error;
    }
  }

  async function record(id: string, sent: UpstreamFulfillment): Promise<Fulfillment> {
    const advanced = await records.advance(id, sent);
    const fulfillment = advanced ?? (await records.find(id));
    if (!fulfillment) throw new Error(`Failed to update the fulfillment ${id}: the store has no record of it.`);
    // An answer that was under way while the fulfillment ended is outdated.
    if (sent.status === 'in_progress') return fulfillment;
    if (fulfillment.status !== sent.status) {
      log.error(
        { fulfillmentId: id, recorded: fulfillment.status, atChargebee: sent.status },
        'Chargebee and the proxy disagree on how a fulfillment ended; the record stays. Look it up in Chargebee.',
      );
    }
    // Its end may have unlocked the feature, or have made an offer possible again.
    await entitlements.forget(fulfillment.subscriptionId);
    await issuedOffers.forgetNone(fulfillment.subscriptionId);
    return fulfillment;
  }

  return { refreshed, tell };
}
