/**
 * The events that <upgrade-offer> fires, but for what follows once there is an offer. All bubble and cross shadow roots.
 * Those that come before a step are cancelable: `preventDefault()` leaves that step to the page.
 */
import type { Access, Offer, Why } from '../proxy/contract.js';
import type {
  OfferAcceptedEvent,
  OfferAcceptEvent,
  OfferCheckoutEvent,
  OfferFailedEvent,
  OfferFulfilledEvent,
  OfferRedirectEvent,
} from './acceptance-events.js';
import type { OfferDismissedEvent, OfferDismissEvent, OfferViewedEvent } from './encounter-events.js';
import { ProxyError, type ProxyErrorCode } from './proxy-error.js';

export const AFTER: EventInit = { bubbles: true, composed: true };
export const BEFORE: EventInit = { ...AFTER, cancelable: true };

/** There is an offer and it is on the page. */
export class OfferReadyEvent extends Event {
  readonly offer: Offer;

  constructor(offer: Offer) {
    super('offer-ready', AFTER);
    this.offer = offer;
  }
}

/** There is no offer; `access` when a feature was asked about. */
export class OfferNoneEvent extends Event {
  readonly access: Access | undefined;
  readonly why: Why | undefined;

  constructor(access?: Access, why?: Why) {
    super('offer-none', AFTER);
    this.access = access;
    this.why = why;
  }
}

/** The feature may be used and the `unlocked` slot is on the page. */
export class OfferUnlockedEvent extends Event {
  readonly feature: string;

  constructor(feature: string) {
    super('offer-unlocked', AFTER);
    this.feature = feature;
  }
}

/** Something went wrong that the customer is not shown, such as a proxy that does not answer. */
export class OfferErrorEvent extends Event {
  readonly error: Error;
  /** What went wrong, when it was a call to the proxy. */
  readonly code: ProxyErrorCode | undefined;

  constructor(error: Error) {
    super('offer-error', AFTER);
    this.error = error;
    this.code = error instanceof ProxyError ? error.code : undefined;
  }
}

/** The events by their names. */
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
  'offer-unlocked': OfferUnlockedEvent;
  'offer-viewed': OfferViewedEvent;
}

declare global {
  interface GlobalEventHandlersEventMap extends OfferEventMap {}
}
