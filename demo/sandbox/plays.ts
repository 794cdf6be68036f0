/**
 * Plays: which offer goes to which audience, and what it brings when it is fulfilled.
 * The shapes of an offer are Chargebee's, as they stand in the answer of "List personalized offers". Pure.
 */
import { isInAudience, type Audience } from './audience.js';
import type { Grant } from './entitlements.js';
import type { Fields } from './field-mapping.js';
import type { FailureCode } from './fulfillments.js';

export const PROCESSING_TYPES = ['billing_update', 'checkout', 'url_redirect', 'webhook', 'email'] as const;

export interface Option {
  readonly id: string;
  readonly label: string;
  /** One of `PROCESSING_TYPES`, or a word that Chargebee has not invented yet. */
  readonly processing_type: string;
  /** Only for `checkout`. */
  readonly processing_layout?: 'in_app' | 'full_page' | undefined;
  /** Only for `url_redirect`. */
  readonly redirect_url?: string | undefined;
}

export interface Offer {
  readonly id: string;
  /** HTML, as the editor of Growth writes it. */
  readonly content: { readonly title: string; readonly description: string };
  readonly options: readonly Option[];
}

export interface Play {
  readonly name: string;
  /** The highest number wins. */
  readonly priority: number;
  readonly audience: Audience;
  readonly offer: Offer;
  readonly grants: readonly Grant[];
  /**
   * How a fulfillment leaves the usual way: completed `at_once`, `never` finished by Chargebee, or failed with a code
   * after the delay, whoever would have finished it.
   */
  readonly ending?: 'at_once' | 'never' | FailureCode | undefined;
}

/** The plays whose audience these fields are in, highest priority first. */
export function matchingPlays(plays: readonly Play[], fields: Fields): Play[] {
  return plays
    .filter((play) => isInAudience(play.audience, fields))
    .toSorted((one, other) => other.priority - one.priority);
}
