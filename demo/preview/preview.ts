/** What a preview shows, and how the page around it tells it. */
import type { Outcome } from '../../proxy/contract.js';
import type { Layout } from '../../widget/flow/offer/layout.js';
import type { MockScenario } from '../../widget/flow/question/mock-scenario.js';

export interface Preview {
  readonly layout: Layout;
  readonly scenario: MockScenario;
  readonly scheme: 'light' | 'dark';
  /** Rules for the widget, as an app would have them in its own sheet. */
  readonly css: string;
}

/** An offer as somebody writes it: HTML, and the labels of its buttons. */
export interface OfferWords {
  readonly title: string;
  readonly description: string;
  readonly labels: readonly string[];
}

export const LAYOUT_NAMES: Record<Layout, string> = { banner: 'Banner', inline: 'Card', modal: 'Dialog' };

export const STAGE_NAMES = ['offered', 'accepting', 'pending', 'done', 'failed'] as const;
/** Where an offer stands in a preview. */
export type PreviewStage = (typeof STAGE_NAMES)[number];

/** More than anybody looks at a preview. */
const NOT_AGAIN_MS = 86_400_000;

const FULFILLMENT = { fulfillmentId: 'ful_preview' };

const OUTCOMES: Record<Exclude<PreviewStage, 'offered' | 'accepting'>, Outcome> = {
  pending: { status: 'pending', ...FULFILLMENT, pollAfterMs: NOT_AGAIN_MS },
  done: { status: 'completed', ...FULFILLMENT },
  failed: { status: 'failed', ...FULFILLMENT, code: 'billing_failed' },
};

/** The last moment that a `Date` can say. */
const NEVER_MS = 8.64e15;

export function scenarioOf({ title, description, labels }: OfferWords, stage: PreviewStage = 'offered'): MockScenario {
  const options = labels.map((label, index) => ({ id: `option_${index + 1}`, label }));
  const offers = { offer: { id: 'preview', title, description, options, expiresAt: NEVER_MS } };
  if (stage === 'offered') return { offers };
  return { offers, outcomes: [stage === 'accepting' ? 'silence' : OUTCOMES[stage]], isAccepted: true };
}
