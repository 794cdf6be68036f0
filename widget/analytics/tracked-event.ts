/** What an adapter gets. */
import type { FailureCode, OfferOption } from '../../proxy/contract.js';
import type { OfferEventMap } from '../flow/event-map.js';
import type { KnownOutcome } from '../flow/offer-state.js';

/** The events of the element that say how far a customer got. `offer-accept` is the click. */
export const TRACKED = [
  'offer-none',
  'offer-unlocked',
  'offer-ready',
  'offer-viewed',
  'offer-accept',
  'offer-accepted',
  'offer-fulfilled',
  'offer-failed',
  'offer-dismissed',
  'offer-snoozed',
] as const satisfies readonly (keyof OfferEventMap)[];
export type TrackedType = (typeof TRACKED)[number];

/** An event of the element as plain data. Before an offer is there, in `offer-none` and `offer-unlocked`, it has a type only. */
export interface TrackedEvent {
  readonly type: TrackedType;
  /** The offer as it is configured in Chargebee: the same for every customer. Absent from an older proxy. */
  readonly campaignId: string | undefined;
  /** The offer of this customer. */
  readonly offerId: string | undefined;
  /** The title without its HTML. */
  readonly title: string | undefined;
  /** `inline`, `banner`, `modal` or `corner`. Undefined where the page hides the element in a closed shadow root. */
  readonly layout: string | undefined;
  /** What the customer has chosen: in `offer-accept` and `offer-accepted`. */
  readonly option: OfferOption | undefined;
  /** What follows: in `offer-accepted`. */
  readonly outcome: KnownOutcome['status'] | undefined;
  /** Why it failed: in `offer-failed`. */
  readonly code: FailureCode | undefined;
}

/** Sends an event on. A page can write its own. */
export type Adapter = (event: TrackedEvent) => void;

export interface Tracking {
  /** Nothing is sent any more. */
  stop(): void;
}

/** The names of a vendor. What is sent is about an offer that a customer could see. */
export type EventNames = Readonly<
  Partial<Record<TrackedType, string>> &
    Record<Exclude<TrackedType, 'offer-none' | 'offer-unlocked' | 'offer-ready'>, string>
>;
