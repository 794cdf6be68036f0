/**
 * `upgrade-offer`: what an app imports. It defines no element, which `define.ts` does; it only creates the widget's Trusted
 * Types policy. The flow is the
 * element's own, and so are the constructors of the events: a page gets events from the element.
 */
import type { Access } from '../proxy/contract.js';

export { configure, type PageDefaults } from './page-defaults.js';
export { UpgradeOffer } from './upgrade-offer.js';
export type { Access, Offer, OfferOption } from '../proxy/contract.js';
export type {
  OfferAcceptedEvent,
  OfferAcceptEvent,
  OfferCheckoutEvent,
  OfferFailedEvent,
  OfferFulfilledEvent,
  OfferRedirectEvent,
} from './flow/acceptance/events.js';
export type { OfferEventMap } from './flow/event-map.js';
export type {
  OfferDismissedEvent,
  OfferDismissEvent,
  OfferErrorEvent,
  OfferNoneEvent,
  OfferReadyEvent,
  OfferSnoozedEvent,
  OfferUnlockedEvent,
  OfferViewedEvent,
} from './flow/events.js';
export type { KnownOutcome as Outcome } from './flow/offer-state.js';
export type { Backdrop, Layout } from './flow/layout.js';
export type { MockScenario } from './flow/question/mock-scenario.js';
export type { ProxyError, ProxyErrorCode } from './flow/question/proxy-error.js';
export type { IconName, MediaLayout, OptionNote, OptionNotes } from './view/extras/extra.js';
export type { Strings } from './view/words/words.js';

/**
 * Runs the code of a gated feature where access is granted, and shows the offer where it is denied: on the page's own
 * element for that feature, or as a modal. Where nobody can tell, it does neither. Call it from a click.
 * @returns the access. Rejects only with what `run` throws.
 */
export async function gate(feature: string, run: () => unknown): Promise<Access> {
  // It may be gone with its version. Nobody can tell then.
  const fetched = await import('./gate.js').catch(console.warn);
  return fetched ? fetched.gate(feature, run) : 'unknown';
}
