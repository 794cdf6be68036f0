import type { SvelteHTMLElements } from 'svelte/elements';
import 'upgrade-offer/svelte';

/** What svelte-check makes of a template. */
type Props = SvelteHTMLElements['upgrade-offer'];

export const right: Props = {
  class: ['offer'],
  layout: 'modal',
  ifBusy: 'banner',
  backdrop: 'dismiss',
  manual: false,
  used: 12,
  context: { seats: 4, trial: true },
  getToken: async () => 'a token',
  'onoffer-accept': (event) => event.option.label.toUpperCase(),
};

export const wrong: Props[] = [
  // @ts-expect-error There is no such layout.
  { layout: 'popup' },
  // @ts-expect-error Fields are not lists.
  { context: { seats: [4] } },
  // @ts-expect-error The event of an acceptance has no code.
  { 'onoffer-accepted': (event) => event.code },
];
