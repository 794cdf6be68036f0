import { GA4_EVENTS, ga4Parameters } from './ga4.js';
import type { Adapter } from './tracked-event.js';

export interface DataLayer {
  push(entry: Record<string, unknown>): unknown;
}

/** Not declared for all: a page may have a type of its own for it. */
type Page = Window & { dataLayer?: DataLayer };

/**
 * For Google Tag Manager: pushes GA4's events to the data layer, each with its parameters in `ecommerce`.
 * @param layer the page's own, where it is not `window.dataLayer`.
 */
export function dataLayer(layer?: DataLayer): Adapter {
  return (event) => {
    const name = GA4_EVENTS[event.type];
    if (!name) return;
    const page: Page = window;
    const to = layer ?? (page.dataLayer ??= []);
    // Tag Manager merges what is pushed into what was pushed before.
    to.push({ ecommerce: null });
    to.push({ event: name, ecommerce: ga4Parameters(event) });
  };
}
