/** Keeps the records in step with Chargebee: reads how a fulfillment stands there, and tells Chargebee how it ended. */
import { UpstreamFailure } from '../chargebee/call.js';
import type { Chargebee, UpstreamFulfillment } from '../chargebee/chargebee.js';
import type { HostedPage } from '../contract.js';
import type { Counters } from '../counters.js';
import type { Entitlements } from '../entitlements/entitlements.js';
import { NeverDelivered } from '../events/delivery.js';
import type { Log } from '../log.js';
import type { IssuedOffers } from '../offers/issued-offers.js';
import { countEnd } from './count-end.js';
import { isPayable, readHostedPage } from './hosted-page.js';
import { pollAfterMs } from './outcome.js';
import type { Fulfillment, Records } from './records.js';

interface ProgressOptions {
  readonly records: Records;
  readonly chargebee: Chargebee;
  readonly entitlements: Entitlements;
  readonly issuedOffers: IssuedOffers;
  readonly counters: Counters;
  readonly now: () => number;
  readonly log: Log;
}

export type Progress = ReturnType<typeof createProgress>;

export function createProgress(options: ProgressOptions) {
  const { records, chargebee, entitlements, issuedOffers, counters, now, log } = options;
  /**
   * Asks Chargebee unless the fulfillment has ended or was read a moment ago: no sooner than a page is told to ask again,
   * whatever the page does.
   * @param purpose `poll` if the customer waits, `sweep` if nobody does.
   * @throws UpstreamFailure
   */
  async function current(fulfillment: Fulfillment, purpose: 'poll' | 'sweep'): Promise<Fulfillment> {
    // Read in the future, by a clock that was wrong, is not fresh.
    const isFresh = Math.abs(now() - fulfillment.checkedAt) < pollAfterMs(now() - fulfillment.createdAt);
    if (fulfillment.id === null || fulfillment.status !== 'in_progress' || isFresh) return fulfillment;
    const askedBy = purpose === 'poll' ? fulfillment : undefined;
    const sent = await chargebee.readFulfillment(fulfillment.id, purpose, askedBy);
    const hostedPage = sent.status === 'in_progress' && askedBy ? await pageNow(fulfillment) : undefined;
    return record(fulfillment.id, { ...sent, hostedPage });
  }

  /** A checkout stays in progress for a while after it was paid, and its page must not be offered to the customer again. */
  async function pageNow(fulfillment: Fulfillment): Promise<HostedPage | undefined> {
    const page = readHostedPage(fulfillment.hostedPage);
    if (!page || !isPayable(page, now())) return undefined;
    try {
      return { ...page, state: await chargebee.hostedPageState(page.id, fulfillment) };
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      log.warn(
        { err: error, fulfillmentId: fulfillment.id },
        'Failed to read from Chargebee whether a checkout was paid; its page may be offered again.',
      );
      return undefined;
    }
  }

  /** The same for a customer: if Chargebee does not answer, the last known state is better than an error. */
  async function refreshed(fulfillment: Fulfillment): Promise<Fulfillment> {
    try {
      return await current(fulfillment, 'poll');
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      log.warn(
        { err: error, fulfillmentId: fulfillment.id },
        'Failed to read a fulfillment from Chargebee; the customer sees its last known state.',
      );
      return fulfillment;
    }
  }

  /**
   * Whether a configured offer is being carried out, or was a moment ago. One that is open is read first: that Chargebee lists
   * the offer may mean that it has failed.
   */
  async function isAccepted(offer: { subscriptionId: string; baseOfferId: string }): Promise<boolean> {
    if (!(await records.isAccepted(offer))) return false;
    const open = await records.findOpen(offer);
    if (!open) return true;
    await refreshed(open);
    return records.isAccepted(offer);
  }

  /** @throws UpstreamFailure, which is tried again, or NeverDelivered if it has ended in the opposite way. */
  async function tell(id: string, status: 'completed' | 'failed', reason: string | null): Promise<void> {
    try {
      await record(id, await chargebee.reportFulfillment(id, status, reason));
    } catch (error) {
      if (!(error instanceof UpstreamFailure) || (error.kind !== 'conflict' && error.kind !== 'duplicate')) throw error;
      // It has ended at Chargebee already, by an attempt whose answer was lost or by the 7-day rule. That end is final.
      const ended = await chargebee.readFulfillment(id);
      await record(id, ended);
      if (ended.status === 'in_progress') throw error;
      if (ended.status !== status) {
        throw new NeverDelivered(`Chargebee has ended the fulfillment ${id} as ${ended.status}.`, { cause: error });
      }
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
    if (advanced) countEnd(counters, advanced);
    // Its end may have unlocked the feature, or have made an offer possible again.
    await entitlements.forget(fulfillment.subscriptionId);
    await issuedOffers.forgetNone(fulfillment.subscriptionId);
    return fulfillment;
  }

  return { current, refreshed, isAccepted, tell };
}
