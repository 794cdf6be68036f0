/** What the vendors publish of their events, as they stood in November 2026. */
import * as v from 'valibot';

const text = v.optional(v.string());

/**
 * `view_promotion` and `select_promotion` of Google Analytics 4:
 * https://developers.google.com/analytics/devguides/collection/ga4/reference/events#view_promotion
 * https://developers.google.com/analytics/devguides/collection/ga4/reference/events#select_promotion
 * "The items array is expected to have a single element, representing the item associated with the promotion."
 */
export const Ga4Promotion = v.strictObject({
  creative_name: text,
  creative_slot: text,
  promotion_id: text,
  promotion_name: text,
  items: v.pipe(
    v.array(
      v.pipe(
        v.strictObject({
          item_id: text,
          item_name: text,
          creative_name: text,
          creative_slot: text,
          item_brand: text,
          item_category: text,
          item_variant: text,
          promotion_id: text,
          promotion_name: text,
        }),
        v.check(({ item_id, item_name }) => Boolean(item_id ?? item_name), 'One of item_id or item_name is required.'),
      ),
    ),
    v.length(1),
  ),
});

/**
 * A name of one's own: https://support.google.com/analytics/answer/13316687 (letters, digits and underscores, reserved
 * prefixes) and https://support.google.com/analytics/answer/9267744 (40 characters).
 */
export const Ga4EventName = v.pipe(v.string(), v.regex(/^(?!ga_|google_|gtag\.|firebase_)[a-z][a-z0-9_]{0,39}$/));

/**
 * `Promotion Viewed` and `Promotion Clicked` of Segment's ecommerce spec, version 2. Properties of one's own may be added.
 * https://segment.com/docs/connections/spec/ecommerce/v2/#promotions
 */
export const SegmentPromotion = v.looseObject({
  promotion_id: v.string(),
  creative: v.string(),
  name: v.string(),
  position: v.string(),
});

/** Object and action in the past tense, in title case: https://segment.com/docs/getting-started/04-full-install/#event-naming-best-practices */
export const SegmentEventName = v.pipe(v.string(), v.regex(/^([A-Z][a-z]+ )+[A-Z][a-z]+(ed|en)$/));

/** "[object] [verb]", such as "project created": https://posthog.com/docs/product-analytics/capture-events */
export const PostHogEventName = v.pipe(v.string(), v.regex(/^[a-z]+( [a-z]+)* [a-z]+ed$/));

/** Names of its own begin with `$`: https://posthog.com/docs/data/events */
export const PostHogProperties = v.record(v.pipe(v.string(), v.regex(/^[a-z][a-z_]*$/)), v.string());
