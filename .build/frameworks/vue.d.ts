/** `import 'upgrade-offer/vue'` once, and vue-tsc and the editors know the element. */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { UpgradeOffer } from 'upgrade-offer';
import type { UpgradeOfferEvents, UpgradeOfferSettings } from './element.js';

type Camel<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${Camel<Rest>}`
  : Capitalize<Name>;

type Listeners = {
  [Name in keyof UpgradeOfferEvents as `on${Camel<Name>}`]?: ((event: UpgradeOfferEvents[Name]) => void) | undefined;
};

export type UpgradeOfferProps = UpgradeOfferSettings & Listeners & HTMLAttributes & PublicProps;

declare module 'vue' {
  interface GlobalComponents {
    'upgrade-offer': new () => UpgradeOffer & {
      /** What a template may set. */
      $props: UpgradeOfferProps;
      $emit: EmitFn<{ [Name in keyof UpgradeOfferEvents]: (event: UpgradeOfferEvents[Name]) => void }>;
    };
  }
}
