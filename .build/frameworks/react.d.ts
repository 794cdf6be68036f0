/**
 * `import 'upgrade-offer/react'` once, and JSX knows the element. React 19 sets properties and hears events; React 18
 * writes attributes only, so that the rest wants a `ref` there.
 */
import type * as React from 'react';
import type { UpgradeOffer } from 'upgrade-offer';
import type { UpgradeOfferAttributes, UpgradeOfferEvents, UpgradeOfferSettings } from './element.js';

type Listeners = {
  [Name in keyof UpgradeOfferEvents as `on${Name}`]?: ((event: UpgradeOfferEvents[Name]) => void) | undefined;
};

/** What React 18 would drop without a word. */
type Unheard = { [Name in keyof Listeners]?: never };

type Own = typeof React extends { use: unknown } ? UpgradeOfferSettings & Listeners : UpgradeOfferAttributes & Unheard;

export type UpgradeOfferProps = React.DetailedHTMLProps<React.HTMLAttributes<UpgradeOffer>, UpgradeOffer> & Own;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'upgrade-offer': UpgradeOfferProps;
    }
  }
}
