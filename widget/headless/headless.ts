/**
 * `upgrade-offer/headless`: for pages that draw the offer with components of their own. All that the element does, except
 * drawing. Without Lit. A server that renders the page can import it, and nothing happens there before `ask()`.
 */
import { OwnOffer, type HeadlessOffer } from './headless-offer.js';
import type { OfferOptions } from './offer-options.js';

export { configure, type PageDefaults } from '../page-defaults.js';
export { richText } from './rich-text.js';
export type { HeadlessOffer } from './headless-offer.js';
export type { OfferOptions } from './offer-options.js';
export type { Offer, OfferOption, OfferState } from './snapshot.js';
export type { Access } from '../../proxy/contract.js';
export type { OfferEventMap } from '../flow/event-map.js';
export type { Hold } from '../flow/offer-state.js';
export type { Layout } from '../flow/layout.js';
export type { MockScenario } from '../flow/question/mock-scenario.js';

/** Nothing is asked before its `ask()`. */
export function createOfferFlow(options: OfferOptions = {}): HeadlessOffer {
  return new OwnOffer(options);
}
