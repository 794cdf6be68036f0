/** Every event of <upgrade-offer> by its name, for listeners that know its type. */
import type {
  OfferAcceptedEvent,
  OfferAcceptEvent,
  OfferCheckoutEvent,
  OfferFailedEvent,
  OfferFulfilledEvent,
  OfferRedirectEvent,
} from './acceptance/events.js';
import type {
  OfferDismissedEvent,
  OfferDismissEvent,
  OfferErrorEvent,
  OfferNoneEvent,
  OfferReadyEvent,
  OfferSnoozedEvent,
  OfferUnlockedEvent,
  OfferViewedEvent,
} from './events.js';

export interface OfferEventMap {
  'offer-accept': OfferAcceptEvent;
  'offer-accepted': OfferAcceptedEvent;
  'offer-checkout': OfferCheckoutEvent;
  'offer-dismiss': OfferDismissEvent;
  'offer-dismissed': OfferDismissedEvent;
  'offer-error': OfferErrorEvent;
  'offer-failed': OfferFailedEvent;
  'offer-fulfilled': OfferFulfilledEvent;
  'offer-none': OfferNoneEvent;
  'offer-ready': OfferReadyEvent;
  'offer-redirect': OfferRedirectEvent;
  'offer-snoozed': OfferSnoozedEvent;
  'offer-unlocked': OfferUnlockedEvent;
  'offer-viewed': OfferViewedEvent;
}

declare global {
  interface GlobalEventHandlersEventMap extends OfferEventMap {}
}
