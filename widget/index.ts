/**
 * The script of a page: defines <upgrade-offer>, its only side effect. What a page needs at run time is the element;
 * the rest is for its types. The controller and the state are the element's own, and not for others to build on.
 */
import type { Access } from '../proxy/contract.js';
import { UpgradeOffer } from './upgrade-offer.js';

export { UpgradeOffer };
export type { Access, Offer, OfferOption, Outcome } from '../proxy/contract.js';
export type { Layout } from './attributes.js';
export type * from './acceptance-events.js';
export type * from './events.js';
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

/** Absent in Node; and where two copies are loaded, the first one has the name. */
const registry = globalThis.customElements;

if (registry && !registry.get('upgrade-offer')) registry.define('upgrade-offer', UpgradeOffer);
