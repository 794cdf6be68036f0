/** What an answer without an offer means to the page. Pure: the controller fires the event. */
import { OfferNoneEvent, OfferUnlockedEvent } from './events.js';
import type { OfferState } from './offer-state.js';

export function answerEvent(state: OfferState, feature = ''): Event | undefined {
  if (state.status === 'empty') return new OfferNoneEvent(state.access, state.why);
  if (state.status === 'unlocked') return new OfferUnlockedEvent(feature);
  return undefined;
}
