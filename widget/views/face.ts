/** What the customer is told in each state, and in which mood. Pure. */
import type { FailureCode } from '../../proxy/contract.js';
import type { ShownState } from '../offer-state.js';
import type { Strings } from '../strings.js';

/** Chooses the sign beside the words; the words never depend on it. */
export type Mood = 'offering' | 'working' | 'later' | 'done' | 'problem';

export interface Face {
  mood: Mood;
  /** Read out when it changes; empty while the offer speaks for itself. */
  message: string;
}

const MOODS: Record<ShownState['status'], Mood> = {
  offered: 'offering',
  accepting: 'offering',
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

const FAILURES: Record<FailureCode, keyof Strings> = {
  billing_failed: 'billingFailed',
  checkout_abandoned: 'checkoutAbandoned',
  app_failed: 'appFailed',
  expired: 'expired',
  internal: 'internal',
  unsupported: 'unsupported',
};

export function face(state: ShownState, strings: Strings): Face {
  const wasAccepted = state.status === 'already_accepted' || ('acceptedBefore' in state && state.acceptedBefore);
  const message = `${wasAccepted ? strings.alreadyAccepted : ''} ${news(state, strings)}`.trim();
  return { mood: MOODS[state.status], message };
}

function news(state: ShownState, strings: Strings): string {
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
    case 'offered':
    case 'accepting':
    case 'already_accepted':
      return '';
    default:
      return state satisfies never;
  }
}
