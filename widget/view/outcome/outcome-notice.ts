/**
 * What the customer is told in every state: until the proxy has answered an acceptance, the notice of the offer, and then
 * where the acceptance stands. Fetched with the acceptance, because no page needs it before.
 */
import type { FailureCode } from '../../../proxy/contract.js';
import type { ShownState } from '../../flow/offer-state.js';
import { offerNotice, type Notice, type NoticeButton, type Tone, type UndecidedState } from '../notice.js';
import { en } from '../words/en.js';
import type { SpokenStrings, Strings } from '../words/words.js';

/** An acceptance has led to something, or to nothing. */
type DecidedState = Exclude<ShownState, UndecidedState>;

const TONES: Readonly<Record<DecidedState['status'], Tone>> = {
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

/** @param spoken the page's language. English says what it lacks. */
export function noticeOf(state: ShownState, spoken: SpokenStrings): Notice {
  switch (state.status) {
    case 'offered':
    case 'accepting':
    case 'interrupted':
      return offerNotice(state, spoken);
    default:
      return outcomeNotice(state, { ...en, ...spoken });
  }
}

function outcomeNotice(state: DecidedState, strings: Strings): Notice {
  const { title } = state.offer;
  return { tone: toneOf(state), title, message: messageOf(state, strings), buttons: noticeButtons(state, strings) };
}

/** Nothing went wrong where the customer changed their mind, or time has passed. */
function toneOf(state: DecidedState): Tone {
  const isOver = state.status === 'failed' && (state.code === 'checkout_abandoned' || state.code === 'expired');
  return isOver ? 'later' : TONES[state.status];
}

/** The last one closes the notice. */
function noticeButtons(state: DecidedState, strings: Strings): readonly NoticeButton[] {
  const close: NoticeButton = { kind: 'dismiss', label: strings.close, action: { type: 'dismiss' } };
  const next = nextStep(state, strings);
  return next ? [next, close] : [close];
}

function nextStep(state: DecidedState, strings: Strings): NoticeButton | undefined {
  switch (state.status) {
    case 'redirect':
    case 'checkout':
      return leadingTo(state.url, strings);
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

function messageOf(state: DecidedState, strings: Strings): string {
  const news = newsOf(state, strings);
  const before = 'acceptedBefore' in state && state.acceptedBefore;
  if (!before && state.status !== 'already_accepted') return news;
  return `${strings[before === 'colleague' ? 'colleagueAccepted' : 'alreadyAccepted']} ${news}`.trim();
}

function newsOf(state: DecidedState, strings: Strings): string {
  switch (state.status) {
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
