/** The script of a page, and `upgrade-offer/define`: defines <upgrade-offer>, its only side effect. */
import { canRun } from './can-run.js';
import { UpgradeOffer } from './index.js';

export * from './index.js';

/** Absent in Node. Where two copies are loaded, the first one has the name. */
const registry = globalThis.customElements;

if (registry && !registry.get('upgrade-offer')) {
  if (canRun()) registry.define('upgrade-offer', UpgradeOffer);
  else {
    console.warn(
      '<upgrade-offer> does nothing here: it needs Chrome 123, Firefox 124 or Safari 17.5, and "trusted-types upgrade-offer".',
    );
  }
}
