/**
 * What the customer is told, and what they can do: title, words, tone and buttons. Pure, and the only place that decides it:
 * views draw a notice, tests and other renderers read it. Here is the notice of an offer, until the proxy has answered an
 * acceptance. `outcome/outcome-notice.ts` has those of its outcomes, and comes with the acceptance.
 */
import type { ShownState } from '../flow/offer-state.js';
import type { OfferStrings } from './words/words.js';

export type Tone = 'offer' | 'confirm' | 'working' | 'later' | 'next' | 'done' | 'problem';

/** The offer speaks for itself, or the widget says where its acceptance stands. */
export type Notice = OfferNotice | OutcomeNotice;

interface OfferNotice extends Buttons {
  readonly tone: 'offer';
  /** HTML of Chargebee. */
  readonly title: string;
  /** HTML of Chargebee. */
  readonly description: string;
  readonly message?: undefined;
}

/** An offer's own title asks for something. It is never the headline of what came of it. */
export interface OutcomeNotice extends Buttons {
  readonly tone: Exclude<Tone, 'offer'>;
  /** The widget's own words, read out with the message when they change. */
  readonly title: string;
  readonly message: string;
  /** What it is about: the offer's own title, HTML of Chargebee. */
  readonly subject: string;
  /** The path of its sign on a field of 24 by 24. The words never depend on it. */
  readonly sign: string;
}

interface Buttons {
  /** In their order. */
  readonly buttons: readonly NoticeButton[];
}

export interface NoticeButton {
  readonly label: string;
  readonly kind: 'primary' | 'option' | 'dismiss';
  /** Absent while the button waits for an answer. */
  readonly action?: ButtonAction;
  /** The button leads to another page. */
  readonly href?: string;
  /** The page's own element in this slot stands in its place. */
  readonly slot?: 'done';
  /** What it said before it was pressed: it stays as wide. */
  readonly labelBefore?: string;
  /** What a press costs, where it charges at once. */
  readonly charge?: string | undefined;
}

export type ButtonAction =
  /** Without an id, the first option. */
  | { readonly type: 'accept'; readonly optionId?: string | undefined }
  /** Dismisses the offer, or closes the notice of its acceptance. */
  | { readonly type: 'dismiss' }
  /** Asks for the offer again, after an acceptance that came to nothing. */
  | { readonly type: 'retry' }
  /** Reloads the page. */
  | { readonly type: 'reload' }
  /** Follows the link to the next page. */
  | { readonly type: 'leave' };

/** The sign of a problem. */
export const PROBLEM = 'M12 5v8.5m0 4.5v.5';

/** The proxy has not answered an acceptance. */
export type UndecidedState = Extract<ShownState, { status: 'offered' | 'accepting' | 'interrupted' }>;

/** The customer is asked once more. */
export type ConfirmingState = Extract<ShownState, { status: 'confirming' }>;

/** An acceptance has led to something, or to nothing. */
export type DecidedState = Exclude<ShownState, UndecidedState | ConfirmingState>;

/** @param isPriced the page itself says what the offer costs. */
export function offerNotice(state: UndecidedState, strings: OfferStrings, isPriced?: boolean): Notice {
  const { title, description } = state.offer;
  if (state.status !== 'interrupted') {
    return { tone: 'offer', title, description, buttons: offerButtons(state, strings, isPriced) };
  }
  const again: Pick<NoticeButton, 'label' | 'action'> = state.needsReload
    ? { label: strings.reload, action: { type: 'reload' } }
    : { label: strings.retry, action: { type: 'accept', optionId: state.optionId } };
  return {
    tone: 'problem',
    sign: PROBLEM,
    title: strings.interruptedTitle,
    message: strings.interrupted,
    subject: title,
    buttons: [
      { kind: 'primary', ...again },
      { kind: 'dismiss', label: strings.close, action: { type: 'dismiss' } },
    ],
  };
}

function offerButtons(
  state: Exclude<UndecidedState, { status: 'interrupted' }>,
  strings: OfferStrings,
  isPriced?: boolean,
): readonly NoticeButton[] {
  const { options } = state.offer;
  const pressed = state.status === 'accepting' ? state.optionId : undefined;
  return [
    ...options.map(({ id, label, action, price }, index): NoticeButton => {
      const kind = index === 0 ? 'primary' : 'option';
      const charge = action === 'billing' && !isPriced ? price || strings.charge : undefined;
      if (id === pressed) return { kind, label: strings.accepting, labelBefore: label, charge };
      return { kind, label, charge, ...(!pressed && { action: { type: 'accept', optionId: id } }) };
    }),
    { kind: 'dismiss', label: strings.dismiss, ...(!pressed && { action: { type: 'dismiss' } }) },
  ];
}
