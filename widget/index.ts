/**
 * `upgrade-offer`: what an app imports to build on. It has no side effect: `define.ts` gives the element its name. The
 * controller and the state are the element's own, and not for others to build on; neither are the constructors of the
 * events, which a page gets from the element.
 */
import type { Access } from '../proxy/contract.js';

export { UpgradeOffer } from './upgrade-offer.js';
export type { Access, Offer, OfferOption, Outcome } from '../proxy/contract.js';
export type {
  OfferAcceptedEvent,
  OfferAcceptEvent,
  OfferCheckoutEvent,
  OfferFailedEvent,
  OfferFulfilledEvent,
  OfferRedirectEvent,
} from './acceptance-events.js';
export type { Layout } from './attributes.js';
export type { OfferErrorEvent, OfferEventMap, OfferNoneEvent, OfferReadyEvent, OfferUnlockedEvent } from './events.js';
export type { OfferDismissedEvent, OfferDismissEvent, OfferViewedEvent } from './encounter-events.js';
export type { MockScenario } from './mock-proxy.js';
export type { ProxyError, ProxyErrorCode } from './proxy-error.js';
export type { Strings } from './strings.js';

/**
 * Runs the code of a gated feature where access is granted, and shows the offer where it is denied: on the page's own
 * element for that feature, or as a modal. Where nobody can tell, it does neither. Call it from a click.
 * @returns the access; rejects only with what `run` throws.
 */
export async function gate(feature: string, run: () => unknown): Promise<Access> {
  return (await import('./gate.js')).gate(feature, run);
}
