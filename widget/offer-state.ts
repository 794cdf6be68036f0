/**
 * What the widget knows about the offer, and how each thing that happens changes it.
 * Pure: no DOM, no clock, no network. An action that does not apply leaves the very same state.
 */
import type { AcceptedBy, Access, Offer, OfferAnswer, Outcome, Why } from '../proxy/contract.js';

/** There is something to see: the offer itself, or where its acceptance stands. */
export type ShownState =
  | { status: 'offered'; offer: Offer }
  | { status: 'accepting'; offer: Offer; optionId: string }
  /** The acceptance did not get through; the proxy makes it safe to send again. */
  | { status: 'interrupted'; offer: Offer; optionId: string }
  /** Its time is over, or Chargebee no longer knows it. */
  | { status: 'gone'; offer: Offer }
  /** Still being set up after the widget stopped asking. */
  | { status: 'overdue'; offer: Offer; fulfillmentId: string; acceptedBefore?: AcceptedBy }
  | (Outcome & { offer: Offer });

/** What an offer has to wait for. `elsewhere`: another element or tab shows it. */
export type Hold = 'snoozed' | 'elsewhere' | 'dialog' | 'typing' | 'full_screen';

export type OfferState =
  | { status: 'idle' }
  | { status: 'asking' }
  /** The feature may be used. */
  | { status: 'unlocked' }
  /** The proxy has no offer for this customer now. */
  | { status: 'empty'; access?: Exclude<Access, 'granted'>; why?: Why }
  /** The proxy could not be asked, or its answer could not be read. */
  | { status: 'unanswered'; problem: string }
  /** There is an offer, and this is not its moment or its place. */
  | { status: 'held'; held: Offer; by: Hold }
  /** The customer has put this offer away, or the news that it was fulfilled. */
  | { status: 'closed'; offerId: string; isFulfilled?: true }
  | ShownState;

export type OfferAction =
  | { type: 'forgotten' }
  | { type: 'asked' }
  | { type: 'answered'; answer: OfferAnswer }
  /** As `answered`, but a new offer has to wait. */
  | { type: 'held'; answer: OfferAnswer; by: Hold }
  /** What was shown has to wait again. */
  | { type: 'withheld'; by: Hold }
  | { type: 'unanswered'; problem: string }
  | { type: 'expired' }
  /** An acceptance of an earlier page was found again. */
  | { type: 'resumed'; offer: Offer; outcome: Outcome }
  | { type: 'accepted'; optionId: string }
  | { type: 'interrupted'; optionId: string }
  | { type: 'gone' }
  | { type: 'settled'; outcome: Outcome }
  | { type: 'overdue' }
  | { type: 'closed' };

/** The state after `action`. */
export function transition(state: OfferState, action: OfferAction): OfferState {
  switch (action.type) {
    case 'forgotten':
      return state.status === 'idle' ? state : { status: 'idle' };
    case 'asked':
      // What is on the page stays until the answer is there: asking again must not flicker.
      return state.status === 'idle' ? { status: 'asking' } : state;
    case 'answered':
      return answered(state, action.answer);
    case 'held':
      return held(state, action);
    case 'withheld':
      return state.status === 'offered' ? { status: 'held', held: state.offer, by: action.by } : state;
    case 'expired':
      return isOpen(state) ? { status: 'asking' } : state;
    case 'resumed':
      return isShown(state) || state.status === 'idle' ? state : { ...action.outcome, offer: action.offer };
    case 'unanswered':
      return state.status === 'asking' ? { status: 'unanswered', problem: action.problem } : state;
    case 'accepted':
      return isOpen(state) ? { status: 'accepting', offer: state.offer, optionId: action.optionId } : state;
    case 'interrupted':
      return isOpen(state) || state.status === 'accepting' ? interrupted(state, action.optionId) : state;
    case 'gone':
      return state.status === 'accepting' ? { status: 'gone', offer: state.offer } : state;
    case 'settled':
      return isShown(state) && !isOpen(state) ? { ...action.outcome, offer: state.offer } : state;
    case 'overdue':
      return state.status === 'pending' ? overdue(state) : state;
    case 'closed':
      return isShown(state) ? closed(state) : state;
    default:
      return action satisfies never;
  }
}

/** Whether there is something to see. */
export function isShown(state: OfferState): state is ShownState {
  return 'offer' in state;
}

/** Whether the offer can be accepted now. */
export function isOpen(state: OfferState): state is Extract<ShownState, { status: 'offered' | 'interrupted' }> {
  return state.status === 'offered' || state.status === 'interrupted';
}

function answered(state: OfferState, { access, offer, why }: OfferAnswer): OfferState {
  if (state.status === 'idle') return state;
  if (access === 'granted') return state.status === 'unlocked' ? state : { status: 'unlocked' };
  // Who was let in stays in while nobody can say otherwise.
  if (access === 'unknown' && state.status === 'unlocked') return state;
  // The customer is told how an acceptance ends; only closing it makes room for the next offer.
  if (isShown(state) && state.status !== 'offered') return state;
  if (!offer || access === 'unknown') return { status: 'empty', ...(access && { access }), ...(why && { why }) };
  if (state.status === 'offered' && state.offer.id === offer.id) return state;
  if (state.status === 'closed' && state.offerId === offer.id) return state;
  return { status: 'offered', offer };
}

function interrupted({ offer }: ShownState, optionId: string): OfferState {
  return { status: 'interrupted', offer, optionId };
}

function held(state: OfferState, { answer, by }: Extract<OfferAction, { type: 'held' }>): OfferState {
  const next = answered(state, answer);
  return next.status === 'offered' && next !== state ? { status: 'held', held: next.offer, by } : next;
}

function closed({ status, offer }: ShownState): OfferState {
  return { status: 'closed', offerId: offer.id, ...(status === 'completed' && { isFulfilled: true }) };
}

function overdue({ offer, fulfillmentId, acceptedBefore }: Extract<ShownState, { status: 'pending' }>): ShownState {
  return { status: 'overdue', offer, fulfillmentId, ...(acceptedBefore && { acceptedBefore }) };
}
