/** What a preview shows: the message that the page sends to the frame. */
import type { Outcome } from '../../proxy/contract.js';
import type { Layout } from '../../widget/flow/layout.js';
import type { MockScenario } from '../../widget/flow/question/mock-scenario.js';

export interface Preview {
  readonly layout: Layout;
  readonly scenario: MockScenario;
  readonly scheme: 'light' | 'dark';
  /** Rules for the widget, as an app would write them in its own stylesheet. */
  readonly css: string;
}

/** The texts of an offer: HTML, and the labels of its buttons. */
export interface OfferWords {
  readonly title: string;
  readonly description: string;
  readonly labels: readonly string[];
}

export const LAYOUT_NAMES: Record<Layout, string> = {
  banner: 'Banner',
  inline: 'Card',
  modal: 'Dialog',
  corner: 'Corner',
};

export const STAGE_NAMES = ['offered', 'accepting', 'pending', 'done', 'failed'] as const;
/** The stage of an offer that a preview can show. */
export type PreviewStage = (typeof STAGE_NAMES)[number];

/** The preview stays pending: nobody looks at it for a day. */
const POLL_AFTER_MS = 24 * 60 * 60 * 1000;

/** The offer of a preview never expires. */
const EXPIRES_AT = Date.UTC(2100, 0);

const FULFILLMENT = { fulfillmentId: 'ful_preview' };

const OUTCOMES: Record<Exclude<PreviewStage, 'offered' | 'accepting'>, Outcome> = {
  pending: { status: 'pending', ...FULFILLMENT, pollAfterMs: POLL_AFTER_MS },
  done: { status: 'completed', ...FULFILLMENT },
  failed: { status: 'failed', ...FULFILLMENT, code: 'billing_failed' },
};

export function scenarioOf({ title, description, labels }: OfferWords, stage: PreviewStage = 'offered'): MockScenario {
  const options = labels.map((label, index) => ({ id: `option_${index + 1}`, label }));
  const offers = { offer: { id: 'preview', title, description, options, expiresAt: EXPIRES_AT } };
  if (stage === 'offered') return { offers };
  return { offers, outcomes: [stage === 'accepting' ? 'silence' : OUTCOMES[stage]], isAccepted: true };
}
