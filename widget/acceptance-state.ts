/**
 * What happens to an offer that was accepted. Loaded with the first acceptance.
 * Pure: no DOM, no clock, no network. An action that does not apply leaves the very same state.
 */
import type { Offer, Outcome } from '../proxy/contract.js';
import { isOpen, isShown, type OfferState, type ShownState } from './offer-state.js';

export type AcceptanceAction =
  /** An acceptance of an earlier page was found again. */
  | { type: 'resumed'; offer: Offer; outcome: Outcome }
  | { type: 'accepted'; optionId: string }
  | { type: 'gone' }
  | { type: 'settled'; outcome: Outcome }
  | { type: 'overdue' };

/** The state after `action`. */
export function acceptanceTransition(state: OfferState, action: AcceptanceAction): OfferState {
  switch (action.type) {
    case 'resumed':
      return isShown(state) || state.status === 'idle' ? state : { ...action.outcome, offer: action.offer };
    case 'accepted':
      return isOpen(state) ? { status: 'accepting', offer: state.offer, optionId: action.optionId } : state;
    case 'gone':
      return state.status === 'accepting' ? { status: 'gone', offer: state.offer } : state;
    case 'settled':
      return isShown(state) && !isOpen(state) ? { ...action.outcome, offer: state.offer } : state;
    case 'overdue':
      return state.status === 'pending' ? overdue(state) : state;
    default:
      return action satisfies never;
  }
}

function overdue({ offer, fulfillmentId, acceptedBefore }: Extract<ShownState, { status: 'pending' }>): ShownState {
  return { status: 'overdue', offer, fulfillmentId, ...(acceptedBefore && { acceptedBefore }) };
}
