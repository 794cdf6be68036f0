/** The events of Chargebee Billing that affect entitlements, with the content that Chargebee's SDK describes. */
import { subscriptionContent } from './subscription-content.js';
import type { SubscriptionStatus } from './subscription-status.js';
import type { Subject } from './subscriptions.js';

interface Occurrence {
  readonly id: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly subject: Subject;
  /** Of the subscription, once this has happened. */
  readonly status: SubscriptionStatus;
  /** Which usage alert has changed; by default one that was raised. */
  readonly alert?: UsageAlert | undefined;
}

/** The word of the documents for an alert that was raised, and for one that was cleared. */
export const ALARM_STATUSES = ['in_alarm', 'within_limit'] as const;

export interface UsageAlert {
  readonly alert_id: string;
  readonly alarm_status: (typeof ALARM_STATUSES)[number];
}

export type EventType = keyof typeof CONTENTS;

export interface BillingEvent extends ReturnType<typeof billingEvent> {}

/**
 * An event as Chargebee writes it, without `webhook_status`. Times in seconds.
 *
 * @param content replaces the documented content, off-spec on purpose: nulls, a missing id, a list of 60,000 ids.
 */
export function billingEvent(
  event_type: EventType,
  source: 'api' | 'admin_console' | 'system',
  what: Occurrence,
  content?: unknown,
) {
  return {
    id: what.id,
    occurred_at: Math.floor(what.at / 1000),
    source,
    object: 'event',
    api_version: 'v2',
    event_type,
    content: content === undefined ? CONTENTS[event_type](what) : content,
  };
}

function changed({ at, subject, status }: Occurrence) {
  return subscriptionContent(subject, status, at);
}

function impacted({ subject }: Occurrence) {
  return { impacted_subscription: { count: 1, subscription_ids: [subject.subscription_id] } };
}

const FEATURE = {
  feature: { id: 'advanced-analytics', name: 'Advanced Analytics', type: 'switch', object: 'feature' },
};

const RAISED: UsageAlert = { alert_id: 'storage-at-80-percent', alarm_status: 'in_alarm' };

const CONTENTS = {
  subscription_changed: changed,
  subscription_activated: changed,
  subscription_cancelled: changed,
  subscription_paused: changed,
  subscription_resumed: changed,
  subscription_reactivated: changed,
  subscription_entitlements_created: ({ subject: { subscription_id } }: Occurrence) => ({
    subscription_entitlements_created_detail: { subscription_id, has_next: false },
  }),
  subscription_entitlements_updated: ({ subject: { subscription_id } }: Occurrence) => ({
    subscription_entitlements_updated_detail: { subscription_id, has_next: false },
  }),
  entitlement_overrides_updated: impacted,
  entitlement_overrides_removed: impacted,
  entitlement_overrides_auto_removed: (what: Occurrence) => ({ ...FEATURE, ...impacted(what) }),
  item_entitlements_updated: (what: Occurrence) => ({ ...FEATURE, ...impacted(what) }),
  item_entitlements_removed: (what: Occurrence) => ({ ...FEATURE, ...impacted(what) }),
  feature_activated: (what: Occurrence) => ({ ...FEATURE, ...impacted(what) }),
  // The ids are in a file to download, which the sandbox does not have: whose entitlements changed is not known.
  customer_entitlements_updated: ({ at }: Occurrence) => ({
    impacted_customer: {
      download: { download_url: 'https://downloads.invalid/customers.csv', valid_till: Math.floor(at / 1000) + 3600 },
    },
  }),
  alert_status_changed: ({ at, subject: { subscription_id }, alert = RAISED }: Occurrence) => ({
    alert_status: {
      alert_id: alert.alert_id,
      subscription_id,
      alarm_status: alert.alarm_status,
      ...(alert.alarm_status === 'in_alarm' && { alarm_triggered_at: Math.floor(at / 1000) }),
    },
  }),
  feature_archived: () => FEATURE,
  feature_updated: () => FEATURE,
  // Changes no entitlement: receivers must ignore it.
  invoice_generated: ({ subject: { subscription_id } }: Occurrence) => ({
    invoice: { id: '1', subscription_id, object: 'invoice' },
  }),
} satisfies Record<string, (what: Occurrence) => object>;

export const EVENT_TYPES = Object.keys(CONTENTS).filter(isEventType);

function isEventType(type: string): type is EventType {
  return Object.hasOwn(CONTENTS, type);
}
