/** What the pages report, and what the funnel counts. */
import * as v from 'valibot';

/** In the order of a funnel. A dismissal is the other way out of it. */
export const STEPS = ['asked', 'offered', 'viewed', 'accepted', 'fulfilled', 'dismissed'] as const;
export type Step = (typeof STEPS)[number];

/** Before there is an offer, nobody knows of which campaign. */
export const StepReport = v.strictObject({
  step: v.picklist(STEPS),
  campaignId: v.optional(v.pipe(v.string(), v.maxLength(50))),
  title: v.optional(v.pipe(v.string(), v.maxLength(200))),
});
export type StepReport = v.InferOutput<typeof StepReport>;

/** How many customers have come to each step. */
export type Counts = Readonly<Record<Step, number>>;

export interface CampaignCounts {
  readonly id: string;
  readonly title: string;
  readonly counts: Counts;
}

/** `GET /app/funnel/counts` */
export interface FunnelCounts {
  readonly all: Counts;
  readonly campaigns: readonly CampaignCounts[];
}
