/**
 * Webhooks of Chargebee Billing: events for each fulfillment that changed what a subscription is entitled to, for
 * each override that was removed after its end, or on demand. They are sent with Basic auth to one endpoint until it answers 2xx. The pauses before the seven retries are
 * the documented ones, on the sandbox's clock: advance it, and the next attempt is due.
 *
 * Nothing here has a timer: `tick` does what is due. Growth's own webhooks are not imitated, because neither their
 * events nor their form are documented.
 */
import * as v from 'valibot';
import { billingEvent, type BillingEvent, type EventType, type UsageAlert } from './billing-event.js';
import { notFound } from './api-error.js';
import { HOUR_MS, MINUTE_MS } from './durations.js';
import type { Entitlements, RemovedOverride } from './entitlements.js';
import { send, type Endpoint } from './webhook-request.js';
import type { Fulfillments } from './fulfillments.js';
import type { Journal } from './records.js';
import type { Subject, Subscriptions } from './subscriptions.js';

export interface Delivery {
  readonly event: BillingEvent;
  readonly subject: Subject;
  readonly state: 'waiting' | 'delivered' | 'given_up';
  readonly attempts: number;
  /** Of the last attempt; 0 when there was no answer. */
  readonly status?: number;
  /** When the next attempt is due, in Unix milliseconds of the sandbox's clock. Meaningless unless `waiting`. */
  readonly due: number;
}

export const WebhookSettings = v.strictObject({
  /** `null` turns webhooks off. */
  url: v.optional(v.nullable(v.pipe(v.string(), v.url('must be a whole URL'), v.regex(/^https?:/, 'must be http(s)')))),
  username: v.optional(v.string()),
  password: v.optional(v.string()),
  /** Every event is sent twice. */
  duplicated: v.optional(v.boolean('must be true or false')),
  /** Events are held back for a moment and sent in reverse order. */
  reordered: v.optional(v.boolean('must be true or false')),
});
export type WebhookSettings = v.InferOutput<typeof WebhookSettings>;

export interface Webhooks {
  configure(settings: WebhookSettings): void;
  /** Leaves out the password. */
  settings(): { url: string | null; username: string; duplicated: boolean; reordered: boolean };
  /**
   * Creates an event, and queues it for delivery when there is an endpoint.
   *
   * @param content replaces the documented content, and makes the event off-spec on purpose.
   */
  announce(
    type: EventType,
    subject: Subject,
    source?: 'api' | 'admin_console' | 'system',
    content?: unknown,
  ): BillingEvent;
  /** The same for a usage alert (beta) that was raised or cleared. */
  changeAlert(subject: Subject, alert: UsageAlert): BillingEvent;
  /** Whether the event has a content that Chargebee's documents do not have. */
  isOffSpec(eventId: string): boolean;
  /**
   * Sends an event again, delivered or not.
   *
   * @throws ApiError `resource_not_found`.
   */
  repeat(eventId: string): void;
  /**
   * The answer to "Retrieve an event".
   *
   * @throws ApiError `resource_not_found`.
   */
  retrieve(eventId: string): { event: BillingEvent & { webhook_status: string } };
  deliveries(): readonly Delivery[];
  /** Sends what is due. */
  tick(): Promise<void>;
}

interface WebhooksOptions {
  readonly now: () => number;
  readonly subscriptions: Subscriptions;
  readonly fulfillments: Fulfillments;
  readonly entitlements: Entitlements;
  readonly journal: Journal;
  readonly initial?: WebhookSettings | undefined;
}

interface Happening {
  readonly source?: 'api' | 'admin_console' | 'system' | undefined;
  readonly content?: unknown;
  readonly alert?: UsageAlert;
}

const RETRY_PAUSES_MS = [
  2 * MINUTE_MS,
  6 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  5 * HOUR_MS,
  24 * HOUR_MS,
  48 * HOUR_MS,
];
/** Reordered events are sent once no new event has happened for this long. */
const REORDER_QUIET_MS = 500;

const STATUSES = { waiting: 'scheduled', delivered: 'succeeded', given_up: 'failed' };

export function createWebhooks({
  now,
  subscriptions,
  fulfillments,
  entitlements,
  journal,
  initial,
}: WebhooksOptions): Webhooks {
  let endpoint: Endpoint = { url: null, username: '', password: '' };
  let order = { duplicated: false, reordered: false };
  let deliveries: readonly Delivery[] = [];
  const events = new Map<string, BillingEvent>();
  const announced = new Set<string>();
  const offSpec = new Set<string>();
  let sending: Promise<void> | undefined;

  const change = (delivery: Delivery, to: Delivery) => {
    deliveries = deliveries.map((each) => (each === delivery ? to : each));
  };

  const find = (eventId: string) => {
    const event = events.get(eventId);
    if (!event) throw notFound('Event', eventId, 'event_id');
    return event;
  };

  const unannounced = () =>
    fulfillments
      .all()
      .filter((each) => !announced.has(each.id) && fulfillments.statusOf(each) === 'completed')
      .filter(({ offer }) => offer.play.grants.length > 0);

  const unannouncedRemovals = () => entitlements.removedOverrides().filter((each) => !announced.has(keyOf(each)));

  const configure = ({ url = endpoint.url, username, password, duplicated, reordered }: WebhookSettings) => {
    // A new endpoint gets no events from before it was set.
    if (endpoint.url === null) {
      for (const { id } of unannounced()) announced.add(id);
      for (const removed of unannouncedRemovals()) announced.add(keyOf(removed));
    }
    endpoint = { url, username: username ?? endpoint.username, password: password ?? endpoint.password };
    order = { duplicated: duplicated ?? order.duplicated, reordered: reordered ?? order.reordered };
  };
  configure(initial ?? {});

  const announce: Webhooks['announce'] = (type, subject, source, content) => happen(type, subject, { source, content });

  function happen(
    type: EventType,
    subject: Subject,
    { source = 'admin_console', content, alert }: Happening = {},
  ): BillingEvent {
    const at = now();
    const id = `ev_${crypto.randomUUID().replaceAll('-', '')}`;
    const status = subscriptions.happened(type, subject.subscription_id);
    const event = billingEvent(type, source, { id, at, subject, status, alert }, content);
    if (content !== undefined) offSpec.add(id);
    events.set(event.id, event);
    const delivery = { event, subject, state: 'waiting', attempts: 0, due: at } as const;
    const copies = endpoint.url === null ? 0 : order.duplicated ? 2 : 1;
    deliveries = [...deliveries, ...Array.from({ length: copies }, () => ({ ...delivery }))];
    return event;
  }

  function announceGrants(): void {
    for (const { id, offer } of endpoint.url === null ? [] : unannounced()) {
      announced.add(id);
      const { customer_id, subscription_id } = offer;
      announce('subscription_changed', { customer_id, subscription_id }, 'system');
      announce('subscription_entitlements_updated', { customer_id, subscription_id }, 'system');
    }
  }

  function announceRemovals(): void {
    for (const removed of endpoint.url === null ? [] : unannouncedRemovals()) {
      announced.add(keyOf(removed));
      announce('entitlement_overrides_auto_removed', subscriptions.subjectOf(removed.subscriptionId), 'system');
    }
  }

  function dueNow(): readonly Delivery[] {
    const due = deliveries.filter(({ state, due }) => state === 'waiting' && due <= now());
    if (!order.reordered) return due;
    const isQuiet = due.every((each) => each.due + REORDER_QUIET_MS <= now());
    return isQuiet ? due.toReversed() : [];
  }

  async function attempt(delivery: Delivery): Promise<void> {
    const status = await send(delivery.event, endpoint);
    const attempts = delivery.attempts + 1;
    const { event, subject } = delivery;
    journal.webhooks.push({
      at: now(),
      ...subject,
      event_id: event.id,
      event_type: event.event_type,
      attempts,
      status,
    });
    const tried = { ...delivery, attempts, status };
    const pause = RETRY_PAUSES_MS[delivery.attempts];
    if (status >= 200 && status < 300) change(delivery, { ...tried, state: 'delivered' });
    else if (pause === undefined) change(delivery, { ...tried, state: 'given_up' });
    else change(delivery, { ...tried, due: now() + pause });
  }

  async function sendWhatIsDue(): Promise<void> {
    if (endpoint.url === null) return;
    // One after the other, as Chargebee calls an endpoint.
    for (const delivery of dueNow()) await attempt(delivery);
  }

  return {
    configure,
    settings: () => ({ url: endpoint.url, username: endpoint.username, ...order }),
    announce,
    changeAlert: (subject, alert) => happen('alert_status_changed', subject, { source: 'system', alert }),
    isOffSpec: (eventId) => offSpec.has(eventId),
    repeat(eventId) {
      const event = find(eventId);
      const earlier = deliveries.find((each) => each.event === event);
      if (!earlier) throw notFound('Delivery of event', eventId, 'event_id');
      deliveries = [...deliveries, { event, subject: earlier.subject, state: 'waiting', attempts: 0, due: now() }];
    },
    retrieve(eventId) {
      const event = find(eventId);
      const delivery = deliveries.find((each) => each.event === event);
      return { event: { ...event, webhook_status: delivery ? STATUSES[delivery.state] : 'not_configured' } };
    },
    deliveries: () => deliveries,
    async tick() {
      announceGrants();
      announceRemovals();
      await (sending ??= sendWhatIsDue().finally(() => void (sending = undefined)));
    },
  };
}

function keyOf({ subscriptionId, featureId }: RemovedOverride): string {
  return JSON.stringify([subscriptionId, featureId]);
}
