/** An adapter of one's own for `track`: a function that gets each event as plain data, and sends what this app counts. */
import type { TrackedEvent, TrackedType } from '../../../widget/analytics/analytics.js';
import type { Step, StepReport } from './step.js';

/** Every answer, with an offer or without, says that a customer was asked about. */
const STEPS_OF: Readonly<Partial<Record<TrackedType, readonly Step[]>>> = {
  'offer-none': ['asked'],
  'offer-unlocked': ['asked'],
  'offer-ready': ['asked', 'offered'],
  'offer-viewed': ['viewed'],
  'offer-accepted': ['accepted'],
  'offer-fulfilled': ['fulfilled'],
  'offer-dismissed': ['dismissed'],
};

export function toFunnel({ type, campaignId, title }: TrackedEvent): void {
  for (const step of STEPS_OF[type] ?? []) send({ step, campaignId, title });
}

/** An acceptance may leave the page at once, so it uses `keepalive`. The app works without its funnel. */
function send(report: StepReport): void {
  const headers = { 'content-type': 'application/json' };
  fetch('/app/funnel/steps', { method: 'POST', keepalive: true, headers, body: JSON.stringify(report) }).catch(
    () => {},
  );
}
