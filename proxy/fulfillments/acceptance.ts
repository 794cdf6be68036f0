/**
 * Accepts an offer once, however often and from wherever it is asked to. Chargebee takes no idempotency key for this, and its
 * error for a duplicate names no id. So a record is written before the call, and the id is added after it. If the answer is
 * lost, the next request asks again, and the error for a duplicate then shows that the first call went through.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { UpstreamFailure } from '../chargebee/call.js';
import type { Chargebee, UpstreamFulfillment } from '../chargebee/chargebee.js';
import { ACCEPTANCE_ABANDONED_MS, ACCEPTANCE_LOOK_MS } from '../constants.js';
import type { Outcome } from '../contract.js';
import type { Customer } from '../customer.js';
import type { Entitlements } from '../entitlements/entitlements.js';
import { RequestError } from '../errors.js';
import type { Log } from '../log.js';
import type { IssuedOffer, IssuedOffers } from '../offers/issued-offers.js';
import type { RedirectRules } from '../redirect.js';
import { toOutcome } from './outcome.js';
import type { Fulfillment, Records } from './records.js';

interface AcceptanceOptions {
  readonly records: Records;
  readonly chargebee: Chargebee;
  readonly entitlements: Entitlements;
  readonly issuedOffers: IssuedOffers;
  readonly redirects: RedirectRules;
  readonly now: () => number;
  readonly log: Log;
}

interface Acceptance {
  readonly fulfillment: Fulfillment;
  /** False if another request made the fulfillment. */
  readonly isNew: boolean;
}

/**
 * @returns `accept(customer, offerId, optionId)`. It throws a RequestError: `not_found` (also for another customer's offer),
 * `offer_expired`, `upstream_unavailable` (asking again is safe), `upstream_busy`, `upstream_refused`.
 */
export function createAcceptance(options: AcceptanceOptions) {
  const { records, chargebee, entitlements, issuedOffers, redirects, now, log } = options;

  return async function accept(customer: Customer, offerId: string, optionId: string): Promise<Outcome> {
    const issued = await issuedOffers.issuedTo(customer, offerId);
    if (!issued.offer.options.some((option) => option.id === optionId)) throw new RequestError('not_found');
    const { fulfillment, isNew } = await acceptOnce(customer, issued, optionId);
    const acceptedBefore = fulfillment.userId === (customer.userId ?? '') ? 'you' : 'colleague';
    return toOutcome(fulfillment, { now: now(), redirects, ...(!isNew && { acceptedBefore }) });
  };

  async function acceptOnce(customer: Customer, issued: IssuedOffer, optionId: string): Promise<Acceptance> {
    const { subscriptionId } = customer;
    const { offer, baseOfferId } = issued;
    // Chargebee takes one acceptance of a configured offer, no matter who on the subscription accepts it.
    const earlier = await records.findEarlier({ offerId: offer.id, baseOfferId, subscriptionId });
    if (earlier) return settledEarlier(earlier, issued);
    if (offer.expiresAt <= now()) throw new RequestError('offer_expired');
    const held = await records.begin(customer, { offerId: offer.id, baseOfferId, optionId });
    return held ? askChargebee(held, issued) : asItStands(offer.id, issued);
  }

  /** @param held the record that this request has written or taken over. */
  async function askChargebee(held: Fulfillment, issued: IssuedOffer): Promise<Acceptance> {
    try {
      const sent = await chargebee.createFulfillment(held.offerId, held.optionId, held);
      log.info({ fulfillmentId: sent.id, offerId: held.offerId }, 'An offer was accepted.');
      return await storeAnswer(held, sent, issued);
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      return await afterFailure(held, issued, error);
    }
  }

  async function storeAnswer(held: Fulfillment, sent: UpstreamFulfillment, issued: IssuedOffer): Promise<Acceptance> {
    const { offerId, optionId, baseOfferId, subscriptionId } = held;
    // Chargebee's tutorial omits the URL in the fulfillment and sends the customer to the option's.
    const redirectUrl = sent.redirectUrl ?? issued.redirectUrls[optionId];
    const named = await records.name(held, { ...sent, redirectUrl });
    await issuedOffers.end(subscriptionId, baseOfferId);
    await entitlements.forget(subscriptionId);
    if (named) return { fulfillment: named, isNew: true };
    const stands = await asItStands(offerId, issued);
    if (stands.fulfillment.id !== sent.id) {
      log.error(
        { offerId, subscriptionId, fulfillmentId: stands.fulfillment.id, otherFulfillmentId: sent.id },
        'Chargebee has two fulfillments of one offer; the proxy follows the first. Look up the other one in Chargebee.',
      );
    }
    return stands;
  }

  async function afterFailure(held: Fulfillment, issued: IssuedOffer, failure: UpstreamFailure): Promise<Acceptance> {
    const { offerId, baseOfferId, subscriptionId } = held;
    if (failure.kind === 'unavailable') {
      // It may have gone through, so the record stays, and the next request may ask again at once.
      if (!(await records.release(held))) return asItStands(offerId, issued);
      throw new RequestError('upstream_unavailable', undefined, { cause: failure });
    }
    if (failure.kind === 'duplicate' || failure.kind === 'conflict') {
      const other = await records.findOther(held);
      if (other) return (await records.remove(held)) ? settledEarlier(other, issued) : asItStands(offerId, issued);
      if (failure.kind === 'duplicate') {
        const unnamed = await records.markUnnamed(held);
        if (!unnamed) return asItStands(offerId, issued);
        log.error(
          { offerId, subscriptionId },
          'An offer was accepted, but the id of its fulfillment never reached the proxy. Look it up in Chargebee and complete it there.',
        );
        await issuedOffers.end(subscriptionId, baseOfferId);
        return { fulfillment: unnamed, isNew: false };
      }
    }
    if (!(await records.remove(held))) return asItStands(offerId, issued);
    if (failure.kind === 'busy') {
      throw new RequestError('upstream_busy', undefined, { cause: failure, retryAfterMs: failure.retryAfterMs });
    }
    throw new RequestError(failure.kind === 'not_found' ? 'offer_expired' : 'upstream_refused', undefined, {
      cause: failure,
    });
  }

  /** For a request that does not hold the record, or no longer does: what the others make of it is the answer. */
  async function asItStands(offerId: string, issued: IssuedOffer): Promise<Acceptance> {
    return settledEarlier(await findOrGiveUp(offerId), issued);
  }

  /** Waits while another request, here or in another instance, asks Chargebee, and takes over from one that died. */
  async function settledEarlier(seen: Fulfillment, issued: IssuedOffer): Promise<Acceptance> {
    let fulfillment = seen;
    while (fulfillment.status === 'asking') {
      if (now() - fulfillment.checkedAt > ACCEPTANCE_ABANDONED_MS) {
        const held = await records.takeOver(fulfillment);
        if (held) return { ...(await askChargebee(held, issued)), isNew: false };
      }
      await wait(ACCEPTANCE_LOOK_MS);
      fulfillment = await findOrGiveUp(fulfillment.offerId);
    }
    return { fulfillment, isNew: false };
  }

  async function findOrGiveUp(offerId: string): Promise<Fulfillment> {
    const fulfillment = await records.findByOffer(offerId);
    // The request that held it was refused and has removed it.
    if (!fulfillment) throw new RequestError('upstream_unavailable');
    return fulfillment;
  }
}
