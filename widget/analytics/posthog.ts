import type { Adapter, EventNames } from './tracked-event.js';

/** PostHog has no words for promotions. Named as it asks: https://posthog.com/docs/product-analytics/capture-events */
export const POSTHOG_EVENTS: EventNames = {
  'offer-viewed': 'offer viewed',
  'offer-accept': 'offer clicked',
  'offer-accepted': 'offer accepted',
  'offer-fulfilled': 'offer fulfilled',
  'offer-failed': 'offer failed',
  'offer-dismissed': 'offer dismissed',
  'offer-snoozed': 'offer snoozed',
};

/** `posthog` of posthog-js. */
export interface PostHogClient {
  capture(name: string, properties: Record<string, string | undefined>): unknown;
}

export function posthog(client: PostHogClient): Adapter {
  return ({ type, campaignId, offerId, title, layout, option, outcome, code }) => {
    const name = POSTHOG_EVENTS[type];
    if (!name) return;
    client.capture(name, {
      campaign_id: campaignId,
      offer_id: offerId,
      title,
      layout,
      option_id: option?.id,
      outcome,
      code,
    });
  };
}
