/**
 * The script of a page: defines <upgrade-offer>, its only side effect. What a page needs at run time is the element;
 * the rest is for its types. The controller and the state are the element's own, and not for others to build on.
 */
import { UpgradeOffer } from './upgrade-offer.js';

export { UpgradeOffer };
export type { Offer, OfferOption, Outcome } from '../proxy/contract.js';
export type { Layout } from './attributes.js';
export type * from './events.js';
export type { ProxyError, ProxyErrorCode } from './proxy-error.js';
export type { Strings } from './strings.js';

/** Absent in Node; and where two copies are loaded, the first one has the name. */
const registry = globalThis.customElements;

if (registry && !registry.get('upgrade-offer')) registry.define('upgrade-offer', UpgradeOffer);
