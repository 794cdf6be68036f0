import { GA4_EVENTS, ga4Parameters } from './ga4.js';
import type { Adapter } from './tracked-event.js';

/** The function `gtag` of Google's tag. */
export type Gtag = (command: 'event', name: string, parameters: Record<string, unknown>) => void;

/** For GA4 without Tag Manager: calls `gtag`, which does not hear what is pushed to the data layer. */
export function gtag(send: Gtag): Adapter {
  return (event) => {
    const name = GA4_EVENTS[event.type];
    if (name) send('event', name, ga4Parameters(event));
  };
}
