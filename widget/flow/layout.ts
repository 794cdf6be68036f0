/** How an offer stands on the page. The flow has to know: a modal interrupts the customer, the others do not. */
export const LAYOUTS = ['inline', 'banner', 'modal', 'corner'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** What a modal does while the customer is busy with something else. */
export const IF_BUSY = ['wait', 'banner'] as const;
export type IfBusy = (typeof IF_BUSY)[number];

/** What Escape and a click beside a modal do. */
export const BACKDROPS = ['snooze', 'dismiss', 'none'] as const;
export type Backdrop = (typeof BACKDROPS)[number];
