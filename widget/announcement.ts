/** Which event a state of the offer means to the page. Pure: the controller fires it. */
import {
  OfferCheckoutEvent,
  OfferNoneEvent,
  OfferReadyEvent,
  OfferRedirectEvent,
  OfferUnlockedEvent,
} from './events.js';
import type { OfferState } from './offer-state.js';

/** What the answer to a question means to the page. */
export function answerEvent(state: OfferState, feature = ''): Event | undefined {
  if (state.status === 'offered') return new OfferReadyEvent(state.offer);
  if (state.status === 'empty') return new OfferNoneEvent(state.access, state.why);
  if (state.status === 'unlocked') return new OfferUnlockedEvent(feature);
  return undefined;
}

/** What comes before the browser leaves for the next page, if there is one to go to. */
export function leaveEvent(state: OfferState): Event | undefined {
  if (state.status === 'redirect') return new OfferRedirectEvent(state.offer, state.url);
  if (state.status === 'checkout') return new OfferCheckoutEvent(state.offer, state);
  return undefined;
}
