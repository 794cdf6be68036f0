/**
 * Every event that <upgrade-offer> fires. All bubble and cross shadow roots.
 * Those that come before a step are cancelable: `preventDefault()` leaves that step to the page.
 */
import type {
  AcceptedBy,
  Access,
  FailureCode,
  HostedPage,
  Offer,
  OfferOption,
  Outcome,
  Why,
} from '../proxy/contract.js';
import { ProxyError, type ProxyErrorCode } from './proxy-error.js';

const AFTER: EventInit = { bubbles: true, composed: true };
const BEFORE: EventInit = { ...AFTER, cancelable: true };

/** Before an acceptance is sent to the proxy. */
export class OfferAcceptEvent extends Event {
  readonly offer: Offer;
  readonly option: OfferOption;

  constructor(offer: Offer, option: OfferOption) {
    super('offer-accept', BEFORE);
    this.offer = offer;
    this.option = option;
  }
}

/** Before an offer is put away for good. Prevented, it stays on the page. */
export class OfferDismissEvent extends Event {
  readonly offer: Offer;

  constructor(offer: Offer) {
    super('offer-dismiss', BEFORE);
    this.offer = offer;
  }
}

/** Before the browser goes to the app's own upgrade page. */
export class OfferRedirectEvent extends Event {
  readonly offer: Offer;
  readonly url: string;

  constructor(offer: Offer, url: string) {
    super('offer-redirect', BEFORE);
    this.offer = offer;
    this.url = url;
  }
}

/** Before the browser goes to Chargebee's checkout. `hostedPage` is what `openCheckout` of Chargebee.js takes. */
export class OfferCheckoutEvent extends Event {
  readonly offer: Offer;
  readonly url: string;
  readonly layout: 'in_app' | 'full_page';
  readonly hostedPage: HostedPage;

  constructor(offer: Offer, { url, layout, hostedPage }: Extract<Outcome, { status: 'checkout' }>) {
    super('offer-checkout', BEFORE);
    this.offer = offer;
    this.url = url;
    this.layout = layout;
    this.hostedPage = hostedPage;
  }
}

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

/** The customer has really seen the offer: fired when the view is reported, once per display. */
export class OfferViewedEvent extends Event {
  readonly offer: Offer;

  constructor(offer: Offer) {
    super('offer-viewed', AFTER);
    this.offer = offer;
  }
}

/** The customer has put the offer away. */
export class OfferDismissedEvent extends Event {
  readonly offer: Offer;

  constructor(offer: Offer) {
    super('offer-dismissed', AFTER);
    this.offer = offer;
  }
}

/** The proxy has taken the acceptance; `outcome` says what happens now. */
export class OfferAcceptedEvent extends Event {
  readonly offer: Offer;
  readonly optionId: string;
  readonly outcome: Outcome;

  constructor(offer: Offer, optionId: string, outcome: Outcome) {
    super('offer-accepted', AFTER);
    this.offer = offer;
    this.optionId = optionId;
    this.outcome = outcome;
  }
}

/** The customer has what was offered. */
export class OfferFulfilledEvent extends Event {
  readonly offer: Offer;
  readonly acceptedBefore: AcceptedBy | undefined;

  constructor(offer: Offer, acceptedBefore?: AcceptedBy) {
    super('offer-fulfilled', AFTER);
    this.offer = offer;
    this.acceptedBefore = acceptedBefore;
  }
}

/** The offer was accepted, but the customer will not get what was offered. */
export class OfferFailedEvent extends Event {
  readonly offer: Offer;
  readonly code: FailureCode;

  constructor(offer: Offer, code: FailureCode) {
    super('offer-failed', AFTER);
    this.offer = offer;
    this.code = code;
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
