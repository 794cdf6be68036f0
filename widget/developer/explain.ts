/** Why there is an offer or none, in words for the developer of the page. */
import type { AnyWhy, Hold, OfferState } from '../flow/offer-state.js';
import { misspelt } from './misspelt.js';
import { reasonOf, whatWasSaid } from './problem.js';

const HOLDS: Record<Hold, string> = {
  snoozed: 'it was snoozed in this tab: by snooze(), or by Escape or a click beside its dialog. show() brings it back.',
  shown_elsewhere:
    'it is shown elsewhere: by another element of this page, or in another tab. It moves here when it is free.',
  out_of_sight: 'it waits until its place on the page is drawn, and its tab is in front.',
  dialog: 'it waits until the dialog, the menu or the other offer that is open above this page is closed.',
  typing: 'it waits while the customer types, or has the focus in a frame.',
  full_screen: 'it waits until the customer leaves full screen.',
};

/** @param asker the element that asks, unless the page draws offers itself. */
export function explain(state: OfferState, asker?: Element & { readonly feature?: string | undefined }): string {
  const sentences = [explainState(state)];
  if ('offer' in state && state.offer.preview) sentences.push('It is a preview: nothing is reported or charged.');
  if (asker && !asker.feature && state.status === 'empty') sentences.push('No `feature` was asked about.');
  if (asker) sentences.push(...misspelt(asker));
  return sentences.join(' ');
}

function explainState(state: OfferState): string {
  switch (state.status) {
    case 'idle':
      return 'Nothing was asked yet: the element is not on the page, or `manual` is set and show() was not called.';
    case 'asking':
      return 'The proxy has been asked and has not answered yet.';
    case 'unlocked':
      return 'The customer may use the feature, so its slot is shown and no offer was asked for.';
    case 'empty':
      return explainEmpty(state.why);
    case 'unanswered':
      return whatWasSaid(state.problem);
    case 'closed':
      return `The offer ${state.offerId} was closed. show() asks again.`;
    case 'held':
      return `There is the offer ${state.offer.id}, but ${HOLDS[state.by]}`;
    case 'offered':
      return `The offer ${state.offer.id} is shown.`;
    case 'confirming':
      return `The customer is asked to confirm an option of the offer ${state.offer.id}. Nothing was sent yet.`;
    case 'accepting':
      return `The customer has chosen an option of the offer ${state.offer.id}, and the proxy has not answered yet.`;
    case 'interrupted':
      return `The acceptance of the offer ${state.offer.id} did not get through. The customer can try again.`;
    case 'gone':
      return `The customer wanted to accept the offer ${state.offer.id}, but it had ended.`;
    case 'pending':
    case 'overdue':
    case 'redirect':
    case 'checkout':
    case 'elsewhere':
    case 'completed':
    case 'already_accepted':
      return `The offer ${state.offer.id} was accepted, and its state is shown: ${state.status}.`;
    case 'failed':
      return `The offer ${state.offer.id} was accepted and not fulfilled (${state.code}). The customer is told.`;
    default:
      return state satisfies never;
  }
}

function explainEmpty(why: AnyWhy | undefined): string {
  return why ? reasonOf(why) : 'The proxy has no offer and does not say why.';
}
