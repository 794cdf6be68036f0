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

/** What a question leads to. What happens to an offer that is there is loaded with it: `showing-state.ts`, `encounter-state.ts`, `acceptance-state.ts`. */
export type OfferAction =
  | { type: 'forgotten' }
  | { type: 'asked' }
  | { type: 'answered'; answer: OfferAnswer }
  | { type: 'unanswered'; problem: string };

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
    case 'unanswered':
      return state.status === 'asking' ? { status: 'unanswered', problem: action.problem } : state;
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
