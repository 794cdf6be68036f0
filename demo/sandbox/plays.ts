/**
 * Plays: which offer goes to which audience, and what it grants when it is fulfilled.
 * An offer has the shape of Chargebee's answer to "List personalized offers". Pure.
 */
import { isInAudience, type Audience } from './audience.js';
import type { Feature } from './entitlement-level.js';
import type { FailureCode } from './failure-code.js';
import type { Fields } from './field-mapping.js';

export const PROCESSING_TYPES = ['billing_update', 'checkout', 'url_redirect', 'webhook', 'email'] as const;

export interface Option {
  readonly id: string;
  readonly label: string;
  /** One of `PROCESSING_TYPES`, or a type that Chargebee may add later. */
  readonly processing_type: string;
  /** How a checkout opens. Chargebee's OpenAPI document requires it of every option; `full_page` when it is left out. */
  readonly processing_layout?: 'in_app' | 'full_page' | undefined;
  /** For `url_redirect`: where the customer goes. For `billing_update`: a page for afterwards, told in the fulfillment. */
  readonly redirect_url?: string | undefined;
}

export interface Offer {
  readonly id: string;
  /** HTML, as Growth's editor writes it. */
  readonly content: { readonly title: string; readonly description: string };
  readonly options: readonly Option[];
}

/**
 * What a completed fulfillment grants: with `add`, one more item of the subscription, which Chargebee combines with the
 * others; with `set`, an override of the subscription, which wins over them.
 */
export type Grant = { readonly feature: Feature } & ({ readonly set: string } | { readonly add: string });

export interface Play {
  readonly name: string;
  /** The highest number wins. */
  readonly priority: number;
  readonly audience: Audience;
  readonly offer: Offer;
  readonly grants: readonly Grant[];
  /**
   * Overrides how a fulfillment ends: completed `at_once`, `never` finished by Chargebee, or failed with this code after
   * the delay, also where the app would have to finish it.
   */
  readonly ending?: 'at_once' | 'never' | FailureCode | undefined;
}

/** The plays whose audience these fields are in, highest priority first. */
export function matchingPlays(plays: readonly Play[], fields: Fields): Play[] {
  return plays
    .filter((play) => isInAudience(play.audience, fields))
    .toSorted((one, other) => other.priority - one.priority);
}
