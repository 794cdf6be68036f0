/** What the answer to a question means to the page. Pure: the controller fires the event. */
import { OfferNoneEvent, OfferReadyEvent, OfferUnlockedEvent } from './events.js';
import type { OfferState } from './offer-state.js';

export function answerEvent(state: OfferState, feature = ''): Event | undefined {
  if (state.status === 'offered') return new OfferReadyEvent(state.offer);
  if (state.status === 'empty') return new OfferNoneEvent(state.access, state.why);
  if (state.status === 'unlocked') return new OfferUnlockedEvent(feature);
  return undefined;
}
