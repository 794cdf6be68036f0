/** `upgrade-offer/define` in Node: for unit tests with a DOM that is no browser's. Without one, it defines nothing. */
import { fillGaps } from './developer/test-dom.js';
import { UpgradeOffer } from './index.js';

export * from './index.js';

/** When its tests have ended, a runner takes `document` and all else away. An element would need them to leave. */
class TestedOffer extends UpgradeOffer {
  override get isConnected(): boolean {
    return super.isConnected || !('document' in globalThis);
  }
}

const registry = globalThis.customElements;

if (registry && !registry.get('upgrade-offer')) {
  fillGaps();
  registry.define('upgrade-offer', TestedOffer);
}
