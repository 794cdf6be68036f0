/**
 * Every state of the offer, everything that can happen to it, and what each leads to.
 * Pure: no DOM, no clock, no network. An action that does not apply returns the very same state.
 */
import type { AcceptedBy, Access, FailureCode, Offer, OfferAnswer, Outcome, Why } from '../../proxy/contract.js';

/** A reason of the proxy. A newer proxy may give one that this widget does not know. */
export type AnyWhy = Why | (string & Record<never, never>);

/** An answer of the proxy, as the widget has read it. */
export type Answer = Omit<OfferAnswer, 'why' | 'now'> & { readonly why?: AnyWhy | undefined };

/** Where an acceptance stands, as the widget has read it. What it cannot make sense of has failed, and may have no id. */
export type KnownOutcome = Outcome | { status: 'failed'; code: FailureCode; acceptedBefore?: AcceptedBy | undefined };

/**
 * What an offer has to wait for. `shown_elsewhere`: another element or another tab shows it. `out_of_sight`: the place of its
 * dialog is not drawn, or nobody looks at this tab.
 */
export type Hold = 'snoozed' | 'shown_elsewhere' | 'out_of_sight' | 'dialog' | 'typing' | 'full_screen';

/** There is something to see: the offer itself, or where its acceptance stands. */
export type ShownState =
  /** `isKept`: the page has prevented an acceptance and may still go on with it, so no other offer takes its place. */
  | { status: 'offered'; offer: Offer; isKept?: true }
  /** The customer has chosen an option that charges, and is asked once more. */
  | { status: 'confirming'; offer: Offer; optionId: string }
  | { status: 'accepting'; offer: Offer; optionId: string }
  /**
   * The acceptance did not get through. It is safe to send it again: the proxy accepts once.
   * `needsReload`: this page cannot send it.
   */
  | { status: 'interrupted'; offer: Offer; optionId?: string; needsReload?: boolean | undefined }
  /** The offer has ended, or Chargebee no longer knows it. */
  | { status: 'gone'; offer: Offer }
  /** Still being set up after the widget has stopped asking. */
  | { status: 'overdue'; offer: Offer; fulfillmentId: string; acceptedBefore?: AcceptedBy | undefined }
  | (KnownOutcome & { offer: Offer });

export type HiddenState =
  | { status: 'idle' }
  | { status: 'asking' }
  /** The customer may use the feature. `hasReceipt`: they have just got it, and are told so. */
  | { status: 'unlocked'; hasReceipt?: boolean }
  /** The proxy has no offer for this customer now. */
  | { status: 'empty'; access?: Exclude<Access, 'granted'>; why?: AnyWhy }
  /** The proxy could not be reached, or its answer could not be read. */
  | { status: 'unanswered'; problem: string }
  /** There is an offer, but it may not be shown here and now. */
  | { status: 'held'; offer: Offer; by: Hold }
  /** The customer has closed the offer, or the notice that it was fulfilled. */
  | { status: 'closed'; offerId: string; isFulfilled?: true };

export type OfferState = HiddenState | ShownState;

/** What can happen. */
export type OfferAction =
  /** The question is about something else now. */
  | { type: 'forgotten' }
  | { type: 'asked' }
  | { type: 'answered'; answer: Answer }
  | { type: 'unanswered'; problem: string }
  /** An answer has come, but its offer has to wait. */
  | { type: 'held'; answer: Answer; by: Hold }
  /** The offer that is shown has to wait. */
  | { type: 'withheld'; by: Hold }
  /** The offer has ended, and nobody can say what comes after it. */
  | { type: 'expired' }
  /** The customer has chosen an option. The page may have asked them again, and another offer may be shown by now. */
  | { type: 'pressed'; offer: Offer; optionId: string }
  /** The customer has chosen an option that charges, and has not confirmed it. */
  | { type: 'confirming'; optionId: string }
  /** The page has prevented the acceptance, and may go on with it later. */
  | { type: 'prevented' }
  /** The page asks for an offer: one that was prevented no longer keeps its place. */
  | { type: 'released' }
  /** The customer has told the page that they do not want to accept after all. */
  | { type: 'declined' }
  /** The acceptance did not get through. */
  | { type: 'interrupted'; optionId: string | undefined; needsReload?: boolean }
  /** The proxy says that the offer cannot be accepted any more. */
  | { type: 'gone' }
  | { type: 'settled'; offer: Offer; outcome: KnownOutcome }
  /** The fulfillment takes longer than the widget asks. */
  | { type: 'overdue'; offer: Offer }
  /** The customer is told, or has been told, that they have got the feature. */
  | { type: 'receipt'; isShown: boolean }
  /** An acceptance of an earlier page was found again. */
  | { type: 'resumed'; state: ShownState }
  /** The customer closes what is shown. Asked once more, they go back to the offer. */
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
    case 'unanswered':
      return state.status === 'asking' ? { status: 'unanswered', problem: action.problem } : state;
    case 'held':
      return held(state, action.answer, action.by);
    case 'withheld':
      return state.status === 'offered' ? { status: 'held', offer: state.offer, by: action.by } : state;
    case 'expired':
      return isOpen(state) ? { status: 'asking' } : state;
    case 'pressed':
      return canAccept(state) ? { status: 'accepting', offer: action.offer, optionId: action.optionId } : state;
    case 'confirming':
      return isOpen(state) ? { status: 'confirming', offer: state.offer, optionId: action.optionId } : state;
    case 'prevented':
      return state.status === 'offered' || state.status === 'confirming'
        ? { status: 'offered', offer: state.offer, isKept: true }
        : state;
    case 'released':
      return state.status === 'offered' && state.isKept ? { status: 'offered', offer: state.offer } : state;
    case 'declined':
      return state.status === 'accepting' ? { status: 'offered', offer: state.offer } : state;
    case 'interrupted':
      return isOpen(state) || state.status === 'accepting'
        ? {
            status: 'interrupted',
            offer: state.offer,
            ...(action.optionId && { optionId: action.optionId }),
            needsReload: action.needsReload,
          }
        : state;
    case 'gone':
      return state.status === 'accepting' ? { status: 'gone', offer: state.offer } : state;
    case 'settled':
      return isShown(state) && !isOpen(state) && state.offer === action.offer
        ? { ...action.outcome, offer: state.offer }
        : state;
    case 'overdue':
      return state.status === 'pending' && state.offer === action.offer ? overdue(state) : state;
    case 'receipt':
      return state.status === 'unlocked' ? { status: 'unlocked', hasReceipt: action.isShown } : state;
    case 'resumed':
      return isShown(state) || state.status === 'idle' ? state : action.state;
    case 'closed':
      if (state.status === 'confirming') return { status: 'offered', offer: state.offer };
      // The customer hears how an acceptance ends.
      return isShown(state) && state.status !== 'accepting' ? closed(state) : state;
    default:
      return action satisfies never;
  }
}

/** Whether there is something to see. Of what is hidden, only an offer that has to wait is kept. */
export function isShown(state: OfferState): state is ShownState {
  return 'offer' in state && state.status !== 'held';
}

/** Whether the offer can be accepted now. */
export function isOpen(
  state: OfferState,
): state is Extract<ShownState, { status: 'offered' | 'confirming' | 'interrupted' }> {
  return state.status === 'offered' || state.status === 'confirming' || state.status === 'interrupted';
}

/** Also an offer that is no longer shown (`proceed()`), but none when idle, and none for a customer who has the feature. */
function canAccept(state: OfferState): boolean {
  return isShown(state) ? isOpen(state) : state.status !== 'idle' && state.status !== 'unlocked';
}

function answered(state: OfferState, { access, offer, why }: Answer): OfferState {
  if (state.status === 'idle') return state;
  if (access === 'granted') return state.status === 'unlocked' ? state : { status: 'unlocked' };
  // `unknown` never locks out a customer who was let in.
  if (access === 'unknown' && state.status === 'unlocked') return state;
  // The customer is told how an acceptance ends. Only closing the notice makes room for the next offer.
  if (isShown(state) && state.status !== 'offered') return state;
  // A customer who said no is not offered the next thing, unless they ask for it or the question is another one.
  if (state.status === 'closed') return state;
  if (!offer || access === 'unknown') return { status: 'empty', ...(access && { access }), ...(why && { why }) };
  if (state.status === 'offered' && (state.isKept || state.offer.id === offer.id)) return state;
  return { status: 'offered', offer };
}

function held(state: OfferState, answer: Answer, by: Hold): OfferState {
  const next = answered(state, answer);
  return next.status === 'offered' && next !== state ? { status: 'held', offer: next.offer, by } : next;
}

function overdue({ offer, fulfillmentId, acceptedBefore }: Extract<ShownState, { status: 'pending' }>): ShownState {
  return { status: 'overdue', offer, fulfillmentId, ...(acceptedBefore && { acceptedBefore }) };
}

function closed({ status, offer }: ShownState): HiddenState {
  return { status: 'closed', offerId: offer.id, ...(status === 'completed' && { isFulfilled: true }) };
}
