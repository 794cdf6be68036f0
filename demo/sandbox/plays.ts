/**
 * Plays: which offer goes to which audience, and what it brings when it is fulfilled.
 * The shapes of an offer are Chargebee's, as they stand in the answer of "List personalized offers". Pure.
 */
import { isInAudience, type Audience } from './audience.js';
import type { Grant } from './entitlements.js';
import type { Fields } from './field-mapping.js';

export type ProcessingType = 'billing_update' | 'checkout' | 'url_redirect' | 'webhook' | 'email';

export interface Option {
  readonly id: string;
  readonly label: string;
  /** One of `ProcessingType`, or a word that Chargebee has not invented yet. */
  readonly processing_type: ProcessingType | (string & {});
  readonly processing_layout?: 'in_app' | 'full_page';
  /** Only for `url_redirect`. */
  readonly redirect_url?: string;
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
  /** How a fulfillment leaves the usual way: `fails` where Chargebee would complete it, `at_once` without waiting. */
  readonly ending?: 'fails' | 'at_once';
}

/** The plays whose audience these fields are in, highest priority first. */
export function matchingPlays(plays: readonly Play[], fields: Fields): Play[] {
  return plays
    .filter((play) => isInAudience(play.audience, fields))
    .toSorted((one, other) => other.priority - one.priority);
}
