import type { Adapter, EventNames } from './tracked-event.js';

/** Two events of its ecommerce spec, and ours as objects and actions. https://segment.com/docs/connections/spec/ecommerce/v2/ */
export const SEGMENT_EVENTS: EventNames = {
  'offer-viewed': 'Promotion Viewed',
  'offer-accept': 'Promotion Clicked',
  'offer-accepted': 'Offer Accepted',
  'offer-fulfilled': 'Offer Fulfilled',
  'offer-failed': 'Offer Failed',
  'offer-dismissed': 'Offer Dismissed',
  'offer-snoozed': 'Offer Snoozed',
};

/** `analytics` of Segment, or of any library with its `track`. */
export interface SegmentClient {
  track(name: string, properties: Record<string, string | undefined>): unknown;
}

export function segment(analytics: SegmentClient): Adapter {
  return ({ type, campaignId, offerId, title, layout, option, outcome, code }) => {
    const name = SEGMENT_EVENTS[type];
    if (!name) return;
    analytics.track(name, {
      promotion_id: campaignId,
      name: title,
      // An offer has one look for each place.
      creative: layout,
      position: layout,
      offer_id: offerId,
      option_id: option?.id,
      outcome,
      code,
    });
  };
}
