/** The script of a page, and `upgrade-offer/define`: defines <upgrade-offer>, its only side effect. */
import { UpgradeOffer } from './index.js';

export * from './index.js';

/** Absent in Node. Where two copies are loaded, the first one has the name. */
const registry = globalThis.customElements;

if (registry && !registry.get('upgrade-offer')) registry.define('upgrade-offer', UpgradeOffer);
