/**
 * What Chargebee has recorded, oldest first. Times are Unix milliseconds (`at`); names are Chargebee's.
 * `events` holds the posted offer events. What Chargebee logs by itself (accepted, fulfilled, failed) is in
 * `fulfillments`. Everything is kept until the sandbox stops.
 */
import type { Entitlements } from './entitlements.js';
import { offerFulfillment, type Fulfillments } from './fulfillments.js';

export interface RecordOfSubject {
  readonly at: number;
  /** Both ids where they are known. */
  readonly customer_id?: string | undefined;
  readonly subscription_id?: string | undefined;
}

export interface OfferRecord extends RecordOfSubject {
  readonly personalized_offer_id: string;
  readonly offer_id: string;
  readonly play: string;
}

export interface EventRecord extends RecordOfSubject {
  readonly personalized_offer_id: string;
  readonly offer_id: string;
  readonly type: 'viewed' | 'dismissed';
}

/** The fulfillment as Chargebee would return it now. `ended` is in Unix milliseconds. */
export interface FulfillmentRecord extends RecordOfSubject, ReturnType<typeof offerFulfillment> {
  readonly offer_id: string;
  readonly play: string;
  readonly ended?: number;
}

export interface GrantRecord extends RecordOfSubject {
  readonly offer_fulfillment_id: string;
  readonly feature_id: string;
  /** The resulting level. */
  readonly value?: string | undefined;
}

export interface EntitlementReadRecord extends RecordOfSubject {
  /** The position of the page's first entitlement. */
  readonly start: number;
  readonly returned: number;
}

export interface CallRecord extends RecordOfSubject {
  readonly operation: string;
  readonly method: string;
  /** Includes the query. */
  readonly path: string;
  /** 0: the connection was dropped without an answer. */
  readonly status: number;
  /** Both are parsed JSON, where there was any. */
  readonly body?: unknown;
  readonly answer?: unknown;
}

/** The fields of a request for offers that were ignored, each with the reason. */
export interface IgnoredRecord extends RecordOfSubject {
  readonly fields: readonly string[];
}

/** One attempt to deliver a Billing event. */
export interface WebhookRecord extends RecordOfSubject {
  readonly event_id: string;
  readonly event_type: string;
  /** The number of attempts so far, including this one. */
  readonly attempts: number;
  /** 0: there was no answer. */
  readonly status: number;
}

/** The records that are written as things happen. The others are computed from fulfillments and entitlements. */
export interface Journal {
  readonly offers: OfferRecord[];
  readonly events: EventRecord[];
  readonly entitlementReads: EntitlementReadRecord[];
  readonly calls: CallRecord[];
  readonly ignored: IgnoredRecord[];
  readonly webhooks: WebhookRecord[];
}

export interface SandboxRecords extends Readonly<Journal> {
  readonly fulfillments: FulfillmentRecord[];
  readonly grants: GrantRecord[];
}

export function createJournal(): Journal {
  return { offers: [], events: [], entitlementReads: [], calls: [], ignored: [], webhooks: [] };
}

/** @param customerId keeps only the records that are known to be about this customer. */
export function sandboxRecords(
  journal: Journal,
  fulfillments: Fulfillments,
  entitlements: Entitlements,
  customerId?: string,
): SandboxRecords {
  const isWanted = (record: RecordOfSubject) => customerId === undefined || record.customer_id === customerId;
  return {
    offers: journal.offers.filter(isWanted),
    events: journal.events.filter(isWanted),
    fulfillments: fulfillmentRecords(fulfillments).filter(isWanted),
    grants: grantRecords(entitlements).filter(isWanted),
    entitlementReads: journal.entitlementReads.filter(isWanted),
    calls: journal.calls.filter(isWanted),
    ignored: journal.ignored.filter(isWanted),
    webhooks: journal.webhooks.filter(isWanted),
  };
}

function fulfillmentRecords(fulfillments: Fulfillments): FulfillmentRecord[] {
  return fulfillments.all().map((fulfillment) => {
    const { customer_id, subscription_id, play } = fulfillment.offer;
    const status = fulfillments.statusOf(fulfillment);
    return {
      at: fulfillment.at,
      customer_id,
      subscription_id,
      offer_id: play.offer.id,
      play: play.name,
      ...offerFulfillment(fulfillment, status),
      ...(status !== 'in_progress' && { ended: fulfillment.end.at }),
    };
  });
}

function grantRecords(entitlements: Entitlements): GrantRecord[] {
  return entitlements.granted().map(({ fulfillment, level }) => ({
    at: fulfillment.end.at,
    customer_id: fulfillment.offer.customer_id,
    subscription_id: fulfillment.offer.subscription_id,
    offer_fulfillment_id: fulfillment.id,
    feature_id: level.feature.feature_id,
    value: level.value,
  }));
}
