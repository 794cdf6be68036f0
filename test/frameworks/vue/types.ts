import type { GlobalComponents } from 'vue';
import 'upgrade-offer/vue';

/** What vue-tsc makes of a template. */
type Props = InstanceType<GlobalComponents['upgrade-offer']>['$props'];

export const right: Props = {
  key: 'storage',
  class: ['offer'],
  layout: 'modal',
  ifBusy: 'banner',
  backdrop: 'dismiss',
  manual: false,
  used: 12,
  context: { seats: 4, trial: true },
  getToken: async () => 'a token',
  onOfferAccept: (event) => event.option.label.toUpperCase(),
};

export const wrong: Props[] = [
  // @ts-expect-error There is no such layout.
  { layout: 'popup' },
  // @ts-expect-error Fields are not lists.
  { context: { seats: [4] } },
  // @ts-expect-error The event of an acceptance has no code.
  { onOfferAccepted: (event) => event.code },
];
