/** What the customer is told of an acceptance, in which mood, and the way on. Pure; loaded with the acceptance. */
import { svg, type TemplateResult } from 'lit';
import type { FailureCode } from '../../proxy/contract.js';
import { en } from '../dictionaries/en.js';
import type { ShownState } from '../offer-state.js';
import type { NewsStrings, OfferStrings, WayStrings } from '../strings.js';
import type { Face, OfferHandlers, Way } from './offer-content.js';

type Mood = 'working' | 'later' | 'done' | 'problem';

/** What an acceptance has led to, or not. */
export type AcceptedState = Exclude<ShownState, { status: 'offered' | 'accepting' | 'interrupted' }>;

const MOODS: Record<AcceptedState['status'], Mood> = {
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

/** Drawn on a field of 24 by 24. */
const SIGNS: Record<Mood, TemplateResult> = {
  working: svg`<path d="M12 3.5a8.5 8.5 0 1 1-8.5 8.5" />`,
  later: svg`<circle cx="12" cy="12" r="8.5" /><path d="M12 7.5V12l3 2" />`,
  done: svg`<path d="m5 12.5 4.5 4.5L19 7.5" />`,
  problem: svg`<path d="M12 5v8.5M12 18v.5" />`,
};

const FAILURES: Record<FailureCode, keyof NewsStrings> = {
  billing_failed: 'billingFailed',
  checkout_abandoned: 'checkoutAbandoned',
  app_failed: 'appFailed',
  expired: 'expired',
  internal: 'internal',
  unsupported: 'unsupported',
};

/** @param words what there is of other languages, and of the page's own; English where there is none. */
export function face(
  state: AcceptedState,
  words: OfferStrings & WayStrings & Partial<NewsStrings>,
  handlers: OfferHandlers,
): Face {
  const strings = { ...en, ...words };
  const by = 'acceptedBefore' in state ? state.acceptedBefore : undefined;
  const before = by ?? (state.status === 'already_accepted' && 'you');
  const first = before ? strings[before === 'colleague' ? 'colleagueAccepted' : 'alreadyAccepted'] : '';
  const mood = moodOf(state);
  return {
    mood,
    sign: SIGNS[mood],
    message: `${first} ${news(state, strings)}`.trim(),
    ways: [...wayOn(state, strings, handlers), { label: strings.close, follow: handlers.dismiss }],
  };
}

/** Nothing went wrong where somebody changed their mind, or time has passed. */
function moodOf(state: AcceptedState): Mood {
  const isOver = state.status === 'failed' && (state.code === 'checkout_abandoned' || state.code === 'expired');
  return isOver ? 'later' : MOODS[state.status];
}

function wayOn(state: AcceptedState, strings: WayStrings, { leave, retry }: OfferHandlers): Way[] {
  if ('url' in state) return [{ label: strings.continue, href: state.url, follow: leave }];
  if (state.status === 'gone' || state.status === 'failed') return [{ label: strings.retry, follow: retry }];
  return [];
}

function news(state: AcceptedState, strings: NewsStrings): string {
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
