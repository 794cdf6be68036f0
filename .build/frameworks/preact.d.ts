/** `import 'upgrade-offer/preact'` once, and JSX knows the element. */
import type { HTMLAttributes } from 'preact';
import type { UpgradeOffer } from 'upgrade-offer';
import type { UpgradeOfferEvents, UpgradeOfferSettings } from './element.js';

type Listeners = {
  [Name in keyof UpgradeOfferEvents as `on${Name}`]?: ((event: UpgradeOfferEvents[Name]) => void) | undefined;
};

export type UpgradeOfferProps = HTMLAttributes<UpgradeOffer> & UpgradeOfferSettings & Listeners;

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'upgrade-offer': UpgradeOfferProps;
    }
  }
}
