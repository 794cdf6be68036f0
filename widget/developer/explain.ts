/** Why there is an offer or none, in words for the developer of the page. */
import type { Why } from '../../proxy/contract.js';
import type { AnyWhy, Hold, OfferState } from '../flow/offer-state.js';

export const REASONS: Record<Why, string> = {
  entitled: 'The customer may use the feature already.',
  no_match:
    'Chargebee has no offer for this customer now. The usual causes: no active play matches what was sent; a field of ' +
    '`context` is not mapped in Growth, and so ignored; the offer was accepted before; it was dismissed and is cooling down.',
  budget: 'The proxy did not ask Chargebee for an offer, to stay within the calls per minute that the site may make.',
  upstream_unavailable: 'Chargebee did not answer the proxy. Nothing is sold meanwhile.',
  access_unknown:
    'Nobody can tell now whether the customer may use the feature, so it is neither unlocked nor sold to somebody who may have paid.',
  unknown_feature:
    'The Chargebee site has no feature with the id in `feature`. Check its spelling against the id of the feature in Chargebee.',
  signed_out: 'Nobody is signed in, as far as the app that the proxy is part of can tell.',
};

const HOLDS: Record<Hold, string> = {
  snoozed: 'it was snoozed in this tab: by snooze(), or by Escape or a click beside its dialog. show() brings it back.',
  shown_elsewhere:
    'it is shown elsewhere: by another element of this page, or in another tab. It moves here when it is free.',
  out_of_sight: 'it waits until its place on the page is drawn, and its tab is in front.',
  dialog: 'it waits until the dialog, the menu or the other offer that is open above this page is closed.',
  typing: 'it waits while the customer types, or has the focus in a frame.',
  full_screen: 'it waits until the customer leaves full screen.',
};

export function explain(state: OfferState): string {
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
      return state.problem;
    case 'closed':
      return `The offer ${state.offerId} was closed. show() asks again.`;
    case 'held':
      return `There is the offer ${state.offer.id}, but ${HOLDS[state.by]}`;
    case 'offered':
      return `The offer ${state.offer.id} is shown.`;
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
  if (!why) return 'The proxy has no offer and does not say why.';
  if (isKnown(why)) return REASONS[why];
  return `The proxy has no offer, for a reason that this version of the widget does not know: ${why}.`;
}

function isKnown(why: AnyWhy): why is Why {
  return Object.hasOwn(REASONS, why);
}
