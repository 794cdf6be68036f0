/**
 * Google Analytics 4: two of its recommended events, and ours in its spelling.
 * https://developers.google.com/analytics/devguides/collection/ga4/reference/events#view_promotion
 */
import type { EventNames, TrackedEvent } from './tracked-event.js';

export const GA4_EVENTS: EventNames = {
  'offer-viewed': 'view_promotion',
  'offer-accept': 'select_promotion',
  'offer-accepted': 'offer_accepted',
  'offer-fulfilled': 'offer_fulfilled',
  'offer-failed': 'offer_failed',
  'offer-dismissed': 'offer_dismissed',
  'offer-snoozed': 'offer_snoozed',
};

/** GA4 reads one item of a promotion. Here it is what the campaign sells, and its variant is the option that was chosen. */
export function ga4Parameters({ campaignId, offerId, title, layout, option, outcome, code }: TrackedEvent) {
  return {
    promotion_id: campaignId,
    promotion_name: title,
    creative_slot: layout,
    items: [{ item_id: campaignId ?? offerId, item_name: title, item_variant: option?.label }],
    outcome,
    code,
  };
}
