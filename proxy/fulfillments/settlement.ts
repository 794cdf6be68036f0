/**
 * What an operator found out at Chargebee about an acceptance whose answer was lost: the id of its fulfillment, or that there
 * is none. Chargebee has no list, so nothing but a person can.
 */
import * as v from 'valibot';
import { UpstreamFailure } from '../chargebee/call.js';
import type { Chargebee, UpstreamFulfillment } from '../chargebee/chargebee.js';
import { Id } from '../contract.js';
import type { Entitlements } from '../entitlements/entitlements.js';
import { RequestError } from '../errors.js';
import type { IssuedOffers } from '../offers/issued-offers.js';
import { firstSafeRedirect, type RedirectRules } from '../redirect.js';
import { isUnanswered, type Fulfillment, type Records } from './records.js';

/** What an operator gives instead of an id when Chargebee has no fulfillment. */
export const NO_FULFILLMENT = 'none';

/** The message says why, and what to do. */
export class NotSettled extends Error {
  constructor(offerId: string, why: string) {
    super(`Failed to settle the offer ${offerId}: ${why}`);
  }
}

interface SettlementOptions {
  readonly records: Records;
  readonly chargebee: Chargebee;
  readonly entitlements: Entitlements;
  readonly issuedOffers: IssuedOffers;
  readonly redirects: RedirectRules;
  readonly now: () => number;
}

/** @returns `settle(offerId, found)`; `found` is the id of the fulfillment or `none`. It throws NotSettled. */
export function createSettlement({
  records,
  chargebee,
  entitlements,
  issuedOffers,
  redirects,
  now,
}: SettlementOptions) {
  return async function settle(offerId: string, found: string): Promise<Fulfillment | undefined> {
    const row = await unsettled(offerId);
    if (found === NO_FULFILLMENT) {
      if (!(await records.discard(row))) throw changed(offerId);
      return undefined;
    }
    const sent = await atChargebee(offerId, found);
    const redirectUrl = firstSafeRedirect([sent.redirectUrl, await optionUrl(row)], redirects);
    const named = await records.name(row, { ...sent, redirectUrl });
    if (!named) throw changed(offerId);
    await issuedOffers.end(row.subscriptionId, row.baseOfferId);
    await issuedOffers.forgetNone(row.subscriptionId);
    await entitlements.forget(row.subscriptionId);
    return named;
  };

  /** Offers are removed before a late settlement may come. */
  async function optionUrl({ offerId, optionId, customerId, subscriptionId }: Fulfillment) {
    try {
      const { redirectUrls } = await issuedOffers.issuedTo({ customerId, subscriptionId }, offerId);
      return redirectUrls[optionId];
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      return undefined;
    }
  }

  async function unsettled(offerId: string): Promise<Fulfillment> {
    const row = await records.findByOffer(offerId);
    if (!row) {
      throw new NotSettled(
        offerId,
        'the proxy knows of no acceptance of it. Run "upgrade-offer reconcile --dry-run" for those that it knows.',
      );
    }
    if (row.id !== null) throw new NotSettled(offerId, `its fulfillment is ${row.id}. There is nothing to do.`);
    if (row.status === 'asking' && !isUnanswered(row, now())) {
      throw new NotSettled(offerId, "a request is waiting for Chargebee's answer. Run this again in a minute.");
    }
    return row;
  }

  async function atChargebee(offerId: string, id: string): Promise<UpstreamFulfillment> {
    if (!v.is(Id, id)) {
      throw new NotSettled(offerId, `"${id}" is no id of a fulfillment. Copy the id that Chargebee shows.`);
    }
    const other = await records.find(id);
    if (other) {
      throw new NotSettled(offerId, `${id} is the fulfillment of the offer ${other.offerId}. Look for another one.`);
    }
    try {
      const sent = await chargebee.readFulfillment(id);
      if (sent.offerId === undefined || sent.offerId === offerId) return sent;
      throw new NotSettled(
        offerId,
        `Chargebee says that ${id} belongs to the offer ${sent.offerId}. Look for another one.`,
      );
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      throw new NotSettled(offerId, `${error.message} Check the id, and the key and site with "upgrade-offer doctor".`);
    }
  }

  function changed(offerId: string): NotSettled {
    return new NotSettled(offerId, 'it has changed meanwhile. Run this again.');
  }
}
