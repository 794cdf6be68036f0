/** What the log's line of a request about an offer says: its campaign, and what a click does. */
import type { Offer } from '../contract.js';
import { toAction } from './option-action.js';

export function aboutOffer({ campaignId, options }: Offer) {
  return { campaignId, actions: options.map(({ action = 'unknown' }) => action) };
}

export function aboutOption({ campaignId, options }: Offer, optionId: string) {
  return { campaignId, action: options.find(({ id }) => id === optionId)?.action };
}

/** The processing type is null if Chargebee's answer to the acceptance was lost. */
export function aboutFulfillment(fulfillment: {
  readonly baseOfferId: string;
  readonly processingType: string | null;
}) {
  const { baseOfferId, processingType } = fulfillment;
  return { campaignId: baseOfferId, ...(processingType !== null && { action: toAction(processingType) }) };
}
