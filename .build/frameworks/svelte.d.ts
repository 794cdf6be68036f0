/** `import 'upgrade-offer/svelte'` once, and svelte-check and the editors know the element. */
import type { HTMLAttributes } from 'svelte/elements';
import type { UpgradeOffer } from 'upgrade-offer';
import type { UpgradeOfferEvents, UpgradeOfferSettings } from './element.js';

type Listeners = {
  [Name in keyof UpgradeOfferEvents as `on${Name}`]?: ((event: UpgradeOfferEvents[Name]) => void) | undefined;
};

export type UpgradeOfferProps = HTMLAttributes<UpgradeOffer> & UpgradeOfferSettings & Listeners;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'upgrade-offer': UpgradeOfferProps;
  }
}
