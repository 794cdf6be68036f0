/** What the customer is told of an acceptance, in which mood, and the way on. Pure; loaded with the acceptance. */
import { svg, type TemplateResult } from 'lit';
import type { FailureCode } from '../../proxy/contract.js';
import { en } from '../dictionaries/en.js';
import type { ShownState } from '../offer-state.js';
import type { NewsStrings } from '../strings.js';

type Mood = 'working' | 'later' | 'done' | 'problem';

export interface Face {
  readonly mood: Mood;
  /** Stands beside the words, which never depend on it. */
  readonly sign: TemplateResult;
  /** Read out when it changes. */
  readonly message: string;
  /** What the first button does, if there is something to do. */
  readonly way?: 'retry' | 'leave';
}

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

const WAYS: Partial<Record<AcceptedState['status'], 'retry' | 'leave'>> = {
  gone: 'retry',
  failed: 'retry',
  redirect: 'leave',
  checkout: 'leave',
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
export function face(state: AcceptedState, words: Partial<NewsStrings>): Face {
  const strings = { ...en, ...words };
  const by = 'acceptedBefore' in state ? state.acceptedBefore : undefined;
  const before = by ?? (state.status === 'already_accepted' && 'you');
  const first = before ? strings[before === 'colleague' ? 'colleagueAccepted' : 'alreadyAccepted'] : '';
  const mood = MOODS[state.status];
  const way = WAYS[state.status];
  return { mood, sign: SIGNS[mood], message: `${first} ${news(state, strings)}`.trim(), ...(way && { way }) };
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
