/**
 * `import 'upgrade-offer/react'` once, and JSX knows the element. React 19 sets properties and listens to events. React 18
 * writes only attributes; use a `ref` for the rest. `useOffer` is for offers that you draw yourself.
 */
import type * as React from 'react';
import type { UpgradeOffer } from 'upgrade-offer';
import type { Access, HeadlessOffer, OfferOptions, OfferState } from 'upgrade-offer/headless';
import type { UpgradeOfferAttributes, UpgradeOfferEvents, UpgradeOfferSettings } from './element.js';

type Listeners = {
  [Name in keyof UpgradeOfferEvents as `on${Name}`]?: ((event: UpgradeOfferEvents[Name]) => void) | undefined;
};

/** React 18 would ignore these without a warning. */
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

/**
 * An offer that the component draws itself: `state` is what there is to draw, `flow` what the customer can do. It asks when
 * the component is on the page. A render with other options asks again where they make another question.
 */
export function useOffer(options?: OfferOptions): { readonly state: OfferState; readonly flow: HeadlessOffer };

/**
 * May the customer use the feature? For a page that draws it without an offer. `unknown`: the proxy could not tell. `value` is the
 * level as Chargebee writes it. It asks again after an offer of the page was fulfilled, and by `refresh()`, which never rejects.
 * @param used how much of it is used up, in the feature's own unit.
 */
export function useEntitlement(
  feature: string,
  used?: number,
  options?: Pick<OfferOptions, 'proxy' | 'token' | 'getToken' | 'mock'>,
): {
  readonly access: 'asking' | Access;
  readonly value?: string;
  readonly refresh: () => Promise<void>;
};
