/**
 * What the customer is told in each state, and what they can do: title, words, tone and buttons. Pure, and the only place
 * that decides it: views draw a notice, tests and other renderers read it.
 */
import type { FailureCode } from '../../proxy/contract.js';
import type { ShownState } from '../flow/offer-state.js';
import type { Strings } from './words/words.js';

export type Tone = 'offer' | 'working' | 'later' | 'done' | 'problem';

export interface Notice {
  readonly tone: Tone;
  /** HTML of Chargebee. */
  readonly title: string;
  /** HTML of Chargebee, while the offer speaks for itself. */
  readonly description?: string;
  /** The widget's own words in its place, read out when they change. */
  readonly message?: string;
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
  /** What it said before it was pressed: it stays as wide. */
  readonly labelBefore?: string;
}

export type ButtonAction =
  /** Without an id, the first option. */
  | { readonly type: 'accept'; readonly optionId?: string | undefined }
  /** Dismisses the offer, or closes the notice of its acceptance. */
  | { readonly type: 'dismiss' }
  /** Asks for the offer again, after an acceptance that came to nothing. */
  | { readonly type: 'retry' }
  /** Follows the link to the next page. */
  | { readonly type: 'leave' };

/** An acceptance has led to something, or to nothing. */
type AcceptedState = Exclude<ShownState, { status: 'offered' | 'accepting' }>;

const TONES: Readonly<Record<AcceptedState['status'], Tone>> = {
  interrupted: 'problem',
  gone: 'later',
  pending: 'working',
  overdue: 'later',
  redirect: 'later',
  checkout: 'later',
  elsewhere: 'done',
  completed: 'done',
  already_accepted: 'done',
  failed: 'problem',
};

const FAILURES: Readonly<Record<FailureCode, keyof Strings>> = {
  billing_failed: 'billingFailed',
  checkout_abandoned: 'checkoutAbandoned',
  app_failed: 'appFailed',
  expired: 'expired',
  internal: 'internal',
  unsupported: 'unsupported',
};

export function noticeOf(state: ShownState, strings: Strings): Notice {
  const { title } = state.offer;
  switch (state.status) {
    case 'offered':
    case 'accepting':
      return {
        tone: 'offer',
        title,
        description: state.offer.description,
        buttons: offerButtons(state, strings),
      };
    default:
      return { tone: toneOf(state), title, message: messageOf(state, strings), buttons: noticeButtons(state, strings) };
  }
}

function offerButtons(
  state: Extract<ShownState, { status: 'offered' | 'accepting' }>,
  strings: Strings,
): readonly NoticeButton[] {
  const { options } = state.offer;
  const pressed = state.status === 'accepting' ? state.optionId : undefined;
  return [
    ...options.map(({ id, label }, index): NoticeButton => {
      const kind = index === 0 ? 'primary' : 'option';
      if (id === pressed) return { kind, label: strings.accepting, labelBefore: label };
      return { kind, label, ...(!pressed && { action: { type: 'accept', optionId: id } }) };
    }),
    { kind: 'dismiss', label: strings.dismiss, ...(!pressed && { action: { type: 'dismiss' } }) },
  ];
}

/** Nothing went wrong where the customer changed their mind, or time has passed. */
function toneOf(state: AcceptedState): Tone {
  const isOver = state.status === 'failed' && (state.code === 'checkout_abandoned' || state.code === 'expired');
  return isOver ? 'later' : TONES[state.status];
}

/** The last one closes the notice. */
function noticeButtons(state: AcceptedState, strings: Strings): readonly NoticeButton[] {
  const close: NoticeButton = { kind: 'dismiss', label: strings.close, action: { type: 'dismiss' } };
  const next = nextStep(state, strings);
  return next ? [next, close] : [close];
}

function nextStep(state: AcceptedState, strings: Strings): NoticeButton | undefined {
  switch (state.status) {
    case 'redirect':
    case 'checkout':
      return leadingTo(state.url, strings);
    case 'interrupted':
      return { kind: 'primary', label: strings.retry, action: { type: 'accept', optionId: state.optionId } };
    case 'gone':
    case 'failed':
      return { kind: 'primary', label: strings.retry, action: { type: 'retry' } };
    case 'pending':
    case 'completed':
      return state.url === undefined ? undefined : leadingTo(state.url, strings);
    default:
      return undefined;
  }
}

function leadingTo(href: string, strings: Strings): NoticeButton {
  return { kind: 'primary', label: strings.continue, href, action: { type: 'leave' } };
}

function messageOf(state: AcceptedState, strings: Strings): string {
  const news = newsOf(state, strings);
  const before = 'acceptedBefore' in state && state.acceptedBefore;
  if (!before && state.status !== 'already_accepted') return news;
  return `${strings[before === 'colleague' ? 'colleagueAccepted' : 'alreadyAccepted']} ${news}`.trim();
}

function newsOf(state: AcceptedState, strings: Strings): string {
  switch (state.status) {
    case 'interrupted':
    case 'pending':
    case 'overdue':
    case 'completed':
      return strings[state.status];
    case 'redirect':
    case 'checkout':
      return strings[state.acceptedBefore ? 'resume' : state.status];
    case 'elsewhere':
      return strings[state.channel];
    case 'failed':
      return strings[FAILURES[state.code]];
    case 'gone':
      return strings.expired;
    case 'already_accepted':
      return '';
    default:
      return state satisfies never;
  }
}
