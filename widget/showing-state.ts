/**
 * What happens to an offer on its way to the page, and back. Loaded with the first offer.
 * Pure: no DOM, no clock, no network. An action that does not apply leaves the very same state.
 */
import type { OfferAnswer } from '../proxy/contract.js';
import { isOpen, transition, type Hold, type OfferState } from './offer-state.js';

export type ShowingAction =
  /** An answer has come, but a new offer has to wait. */
  | { type: 'held'; answer: OfferAnswer; by: Hold }
  /** What was shown has to wait again. */
  | { type: 'withheld'; by: Hold }
  /** Its time is over, or it could not be acted on. */
  | { type: 'expired' };

/** The state after `action`. */
export function showingTransition(state: OfferState, action: ShowingAction): OfferState {
  switch (action.type) {
    case 'held':
      return held(state, action);
    case 'withheld':
      return state.status === 'offered' ? { status: 'held', held: state.offer, by: action.by } : state;
    case 'expired':
      return isOpen(state) ? { status: 'asking' } : state;
    default:
      return action satisfies never;
  }
}

function held(state: OfferState, { answer, by }: Extract<ShowingAction, { type: 'held' }>): OfferState {
  const next = transition(state, { type: 'answered', answer });
  return next.status === 'offered' && next !== state ? { status: 'held', held: next.offer, by } : next;
}
