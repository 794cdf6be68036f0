/** The events of an acceptance. `preventDefault()` on one that comes before a step leaves that step to the page. */
import type {
  AcceptedBy,
  CheckoutLayout,
  FailureCode,
  HostedPage,
  Offer,
  OfferOption,
} from '../../../proxy/contract.js';
import { AFTER, BEFORE } from '../events.js';
import type { KnownOutcome } from '../offer-state.js';

/** Before an acceptance is sent to the proxy. A page that asks the customer once more uses `waitUntil` or `proceed`. */
export class OfferAcceptEvent extends Event {
  readonly offer: Offer;
  readonly option: OfferOption;
  readonly #accept: () => Promise<void>;
  readonly isPreview: boolean;
  #accepted: Promise<void> | undefined;
  #confirmation: Promise<boolean> | undefined;

  /** @param accept sends the acceptance, and resolves when its outcome is known. */
  constructor(offer: Offer, option: OfferOption, accept: () => Promise<void>) {
    super('offer-accept', BEFORE);
    this.offer = offer;
    this.isPreview = offer.preview === true;
    this.option = option;
    this.#accept = accept;
  }

  /** Whether the page allows the acceptance. Undefined when no listener has called `waitUntil`. */
  get confirmation(): Promise<boolean> | undefined {
    return this.#confirmation;
  }

  /**
   * Lets the acceptance wait for a promise. It is sent unless the promise resolves with `false` or rejects; until then the
   * offer stays as it is, and its buttons wait. Works in a listener only.
   */
  waitUntil(answer: Promise<unknown>): void {
    const others = this.#confirmation;
    this.#confirmation = Promise.all([others, answer]).then((answers) => !answers.includes(false));
  }

  /**
   * Accepts this offer and this option, also after `preventDefault()`, and fires no second event. However often it is called,
   * it accepts once. Resolves when the outcome is known.
   */
  proceed(): Promise<void> {
    this.preventDefault();
    return (this.#accepted ??= this.#accept());
  }
}

/** Before the browser goes to the app's own upgrade page, or to a page for after the upgrade. */
export class OfferRedirectEvent extends Event {
  readonly offer: Offer;
  readonly url: string;
  readonly isPreview: boolean;

  constructor(offer: Offer, url: string) {
    super('offer-redirect', BEFORE);
    this.offer = offer;
    this.isPreview = offer.preview === true;
    this.url = url;
  }
}

/**
 * Before Chargebee's checkout is opened. For one over the page it is fired within the click, because browsers open a window
 * only then: `openCheckout({ hostedPage: () => event.hostedPage })`.
 */
export class OfferCheckoutEvent extends Event {
  readonly offer: Offer;
  readonly layout: CheckoutLayout;
  /** Rejects when the acceptance leads to no checkout. */
  readonly hostedPage: Promise<HostedPage>;
  /** Undefined within the click: it is that of the hosted page. */
  readonly url: string | undefined;
  readonly isPreview: boolean;

  constructor(offer: Offer, layout: CheckoutLayout, hostedPage: Promise<HostedPage>, url?: string) {
    super('offer-checkout', BEFORE);
    this.offer = offer;
    this.isPreview = offer.preview === true;
    this.layout = layout;
    this.hostedPage = hostedPage;
    this.url = url;
  }
}

/** The proxy has taken the acceptance. `outcome` says what happens now. */
export class OfferAcceptedEvent extends Event {
  readonly offer: Offer;
  readonly optionId: string;
  readonly outcome: KnownOutcome;
  readonly isPreview: boolean;

  constructor(offer: Offer, optionId: string, outcome: KnownOutcome) {
    super('offer-accepted', AFTER);
    this.offer = offer;
    this.isPreview = offer.preview === true;
    this.optionId = optionId;
    this.outcome = outcome;
  }
}

/** The customer has what was offered. */
export class OfferFulfilledEvent extends Event {
  readonly offer: Offer;
  readonly acceptedBefore: AcceptedBy | undefined;
  readonly isPreview: boolean;

  constructor(offer: Offer, acceptedBefore?: AcceptedBy) {
    super('offer-fulfilled', AFTER);
    this.offer = offer;
    this.isPreview = offer.preview === true;
    this.acceptedBefore = acceptedBefore;
  }
}

/** The customer accepted the offer, but will not get what was offered. */
export class OfferFailedEvent extends Event {
  readonly offer: Offer;
  readonly code: FailureCode;
  readonly isPreview: boolean;

  constructor(offer: Offer, code: FailureCode) {
    super('offer-failed', AFTER);
    this.offer = offer;
    this.isPreview = offer.preview === true;
    this.code = code;
  }
}
