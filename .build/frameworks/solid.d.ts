/** `import 'upgrade-offer/solid'` once, and JSX knows the element. */
import type { JSX } from 'solid-js';
import type { UpgradeOffer } from 'upgrade-offer';
import type { UpgradeOfferAttributes, UpgradeOfferEvents, UpgradeOfferProperties } from './element.js';

type Properties = { [Name in keyof UpgradeOfferProperties as `prop:${Name}`]: UpgradeOfferProperties[Name] };

type Listeners = {
  [Name in keyof UpgradeOfferEvents as `on:${Name}`]?: ((event: UpgradeOfferEvents[Name]) => void) | undefined;
};

export type UpgradeOfferProps = JSX.HTMLAttributes<UpgradeOffer> & UpgradeOfferAttributes & Properties & Listeners;

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'upgrade-offer': UpgradeOfferProps;
    }
  }
}
