/**
 * The events of a question and its offer; those of an acceptance are in its chapter. All bubble and cross shadow roots.
 * Those that come before a step are cancelable: `preventDefault()` leaves that step to the page. `isPreview`: a
 * member of the company's own staff has caused it, and it belongs in no figure.
 */
import type { Access, Offer } from '../../proxy/contract.js';
import type { AnyWhy } from './offer-state.js';
import { isProxyError, type ProxyErrorCode } from './question/proxy-error.js';

export const AFTER: EventInit = { bubbles: true, composed: true };
export const BEFORE: EventInit = { ...AFTER, cancelable: true };

/** There is an offer, and it is on the page. */
export class OfferReadyEvent extends Event {
  readonly offer: Offer;
  readonly isPreview: boolean;

  constructor(offer: Offer) {
    super('offer-ready', AFTER);
    this.offer = offer;
    this.isPreview = offer.preview === true;
  }
}

/** There is no offer. `access` is set when a feature was asked about. */
export class OfferNoneEvent extends Event {
  readonly access: Access | undefined;
  readonly why: AnyWhy | undefined;
  readonly isPreview: boolean;

  constructor(isPreview: boolean, access?: Access, why?: AnyWhy) {
    super('offer-none', AFTER);
    this.isPreview = isPreview;
    this.access = access;
    this.why = why;
  }
}

/** The customer may use the feature, and the `unlocked` slot is on the page. */
export class OfferUnlockedEvent extends Event {
  readonly feature: string;
  readonly isPreview: boolean;

  constructor(feature: string, isPreview: boolean) {
    super('offer-unlocked', AFTER);
    this.isPreview = isPreview;
    this.feature = feature;
  }
}

/** Something went wrong that the customer is not shown, such as a proxy that does not answer. */
export class OfferErrorEvent extends Event {
  readonly error: Error;
  /** What went wrong, when it was a call to the proxy. */
  readonly code: ProxyErrorCode | undefined;
  readonly isPreview: boolean;

  constructor(error: Error, isPreview: boolean) {
    super('offer-error', AFTER);
    this.isPreview = isPreview;
    this.error = error;
    this.code = isProxyError(error) ? error.code : undefined;
  }
}

/** The customer has really seen the offer: fired when the view is reported, once per display. */
export class OfferViewedEvent extends Event {
  readonly offer: Offer;
  readonly isPreview: boolean;

  constructor(offer: Offer) {
    super('offer-viewed', AFTER);
    this.offer = offer;
    this.isPreview = offer.preview === true;
  }
}

/** Before an offer is dismissed. Prevented, it stays on the page. */
export class OfferDismissEvent extends Event {
  readonly offer: Offer;
  readonly isPreview: boolean;

  constructor(offer: Offer) {
    super('offer-dismiss', BEFORE);
    this.offer = offer;
    this.isPreview = offer.preview === true;
  }
}

/** The offer is hidden for the tab, or for a time, by the customer or by the page. Chargebee is not told. */
export class OfferSnoozedEvent extends Event {
  readonly offer: Offer;
  readonly isPreview: boolean;

  constructor(offer: Offer) {
    super('offer-snoozed', AFTER);
    this.offer = offer;
    this.isPreview = offer.preview === true;
  }
}

/** The customer has dismissed the offer. */
export class OfferDismissedEvent extends Event {
  readonly offer: Offer;
  readonly isPreview: boolean;

  constructor(offer: Offer) {
    super('offer-dismissed', AFTER);
    this.offer = offer;
    this.isPreview = offer.preview === true;
  }
}
