/**
 * The events of an offer that is on the page, loaded with the first one. All bubble and cross shadow roots; the one that comes
 * before a step is cancelable: `preventDefault()` leaves that step to the page.
 */
import type { Offer } from '../proxy/contract.js';
import { AFTER, BEFORE } from './events.js';

/** The customer has really seen the offer: fired when the view is reported, once per display. */
export class OfferViewedEvent extends Event {
  readonly offer: Offer;

  constructor(offer: Offer) {
    super('offer-viewed', AFTER);
    this.offer = offer;
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

/** The customer has put the offer away. */
export class OfferDismissedEvent extends Event {
  readonly offer: Offer;

  constructor(offer: Offer) {
    super('offer-dismissed', AFTER);
    this.offer = offer;
  }
}
