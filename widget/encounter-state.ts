/**
 * What the customer does to an offer that is on the page, but for accepting it. Loaded once it has been drawn.
 * Pure: no DOM, no clock, no network. An action that does not apply leaves the very same state.
 */
import { isOpen, isShown, type OfferState, type ShownState } from './offer-state.js';

export type EncounterAction =
  /** An acceptance did not get through. */
  { type: 'interrupted'; optionId: string } | { type: 'closed' };

/** The state after `action`. */
export function encounterTransition(state: OfferState, action: EncounterAction): OfferState {
  switch (action.type) {
    case 'interrupted':
      return isOpen(state) || state.status === 'accepting' ? interrupted(state, action.optionId) : state;
    case 'closed':
      return isShown(state) ? closed(state) : state;
    default:
      return action satisfies never;
  }
}

function interrupted({ offer }: ShownState, optionId: string): OfferState {
  return { status: 'interrupted', offer, optionId };
}

function closed({ status, offer }: ShownState): OfferState {
  return { status: 'closed', offerId: offer.id, ...(status === 'completed' && { isFulfilled: true }) };
}
