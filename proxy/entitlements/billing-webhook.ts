/**
 * Webhooks of Chargebee Billing (Basic auth). They say that entitlements may have changed, so the cached ones are old, and how
 * usage alerts stand.
 * Chargebee sends them late, more than once and in any order. The only SQL of the table `webhook_events`.
 */
import { timingSafeEqual } from 'hono/utils/buffer';
import * as v from 'valibot';
import type { Config } from '../config.js';
import { WEBHOOK_IDS_MAX, WEBHOOK_MEMORY_MS } from '../constants.js';
import { Id } from '../contract.js';
import { RequestError } from '../errors.js';
import type { Log } from '../log.js';
import type { Store } from '../store/store.js';
import type { Entitlements } from './entitlements.js';
import type { UsageAlerts } from './usage-alerts.js';

interface BillingWebhookOptions {
  /** Any of them is taken. With none, every webhook is refused. */
  readonly credentials: Config['webhooks']['billing'];
  readonly store: Store;
  readonly entitlements: Entitlements;
  readonly usageAlerts: Pick<UsageAlerts, 'change'>;
  readonly entitlementsOf: Config['entitlementsOf'];
  readonly now: () => number;
  readonly log: Log;
}

/** What is null, missing or of another type says nothing. To refuse the webhook for it would lose what it does say. */
const lenient = <const S extends v.GenericSchema>(schema: S) => v.fallback(v.optional(schema), undefined);
const id = lenient(Id);
const ids = v.pipe(
  v.fallback(v.array(v.unknown()), []),
  v.transform((items) => items.filter((item) => v.is(Id, item))),
);
const Impacted = lenient(v.object({ subscription_ids: ids, customer_ids: ids, download: v.nullish(v.unknown()) }));
const Detail = lenient(v.object({ subscription_id: id }));
const Content = v.object({
  subscription: lenient(
    v.object({
      id: Id,
      customer_id: id,
      resource_version: lenient(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
      status: lenient(v.pipe(v.string(), v.regex(/^\w{1,50}$/))),
    }),
  ),
  subscription_entitlements_created_detail: Detail,
  subscription_entitlements_updated_detail: Detail,
  impacted_subscription: Impacted,
  impacted_customer: Impacted,
  alert_status: lenient(
    v.object({ alert_id: Id, subscription_id: Id, alarm_status: v.picklist(['in_alarm', 'within_limit']) }),
  ),
});

/** What the proxy reads of an event. Other fields, and types that Chargebee adds later, are tolerated. */
const BillingEvent = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  event_type: v.string(),
  /** Unix seconds. */
  occurred_at: lenient(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  content: lenient(Content),
});
type BillingEvent = v.InferOutput<typeof BillingEvent>;

/** The event types that can change what a subscription may use. */
const RELEVANT = /entitlement|^feature_|^subscription_/;

/** Both functions throw RequestError `wrong_webhook_credentials` for anybody but Chargebee. */
export function createBillingWebhook(options: BillingWebhookOptions) {
  const { credentials, store, entitlements, usageAlerts, entitlementsOf, now, log } = options;

  /** Then a change of one subscription changes what its customer's other subscriptions may use. */
  const isOfCustomer = entitlementsOf === 'customer';

  /** Before a body is read: strangers must not fill the memory. */
  async function admit(authorization: string | undefined): Promise<void> {
    if (!(await isFromBilling(authorization))) throw new RequestError('wrong_webhook_credentials');
  }

  /** @throws RequestError `invalid_request` for a body that is no event. */
  async function billingWebhook(body: string): Promise<void> {
    const event = parseEvent(body);
    if (await wasHandled(event.id)) return;
    if (RELEVANT.test(event.event_type)) await makeOld(event);
    if (event.event_type === 'alert_status_changed') await changeAlert(event);
    await markHandled(event.id);
  }

  async function changeAlert({ content, occurred_at: seconds }: BillingEvent): Promise<void> {
    if (!content?.alert_status) return;
    const { alert_id: alertId, subscription_id: subscriptionId, alarm_status: status } = content.alert_status;
    const changedAt = seconds === undefined ? now() : seconds * 1_000;
    if (await usageAlerts.change({ subscriptionId, alertId, status, changedAt })) {
      log.info({ alertId, subscriptionId, status }, 'Chargebee Billing says how a usage alert stands.');
    }
  }

  async function isFromBilling(authorization: string | undefined): Promise<boolean> {
    const [scheme, encoded] = authorization?.trim().split(/ +/) ?? [];
    if (scheme?.toLowerCase() !== 'basic' || !encoded) return false;
    const sent = Buffer.from(encoded, 'base64').toString();
    const matches = await Promise.all(
      credentials.map(({ username, password }) => timingSafeEqual(sent, `${username}:${password}`)),
    );
    return matches.includes(true);
  }

  async function makeOld({ event_type: type, content }: BillingEvent): Promise<void> {
    const { subscription, impacted_subscription: subscriptions, impacted_customer: customers } = content ?? {};
    if (subscription) {
      const { id: subscriptionId, customer_id: customerId, resource_version: version, status } = subscription;
      await entitlements.forget(subscriptionId, { version, status });
      if (isOfCustomer && customerId) await entitlements.forgetCustomers([customerId]);
    }
    const named = [
      content?.subscription_entitlements_created_detail?.subscription_id,
      content?.subscription_entitlements_updated_detail?.subscription_id,
      ...(subscriptions?.subscription_ids ?? []),
    ].filter((each) => each !== undefined);
    const customerIds = customers?.customer_ids ?? [];
    // Their customers are not in the webhook.
    const isOthers = isOfCustomer && named.length > 0;
    const isUnnamed = !subscription && named.length === 0 && customerIds.length === 0;
    const isLong = named.length > WEBHOOK_IDS_MAX || customerIds.length > WEBHOOK_IDS_MAX;
    // Chargebee sends a longer list as a file to download. To make every list old costs less than reading that file.
    const isFile = [subscriptions?.download, customers?.download].some((file) => file !== undefined && file !== null);
    if (isUnnamed || isOthers || isLong || isFile) await entitlements.forgetAll();
    else {
      for (const each of named) await entitlements.forget(each);
      if (customerIds.length > 0) await entitlements.forgetCustomers(customerIds);
    }
    log.info({ type }, 'Chargebee Billing says that entitlements may have changed; they will be read again.');
  }

  async function wasHandled(eventId: string): Promise<boolean> {
    const row = await store.selectFrom('webhookEvents').select('id').where('id', '=', eventId).executeTakeFirst();
    return row !== undefined;
  }

  /** After the work: if the proxy stops in between, Chargebee repeats the event, and that is harmless. */
  async function markHandled(eventId: string): Promise<void> {
    await store
      .insertInto('webhookEvents')
      .values({ id: eventId, receivedAt: now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await store
      .deleteFrom('webhookEvents')
      .where('receivedAt', '<', now() - WEBHOOK_MEMORY_MS)
      .execute();
  }

  return { admit, receive: billingWebhook };
}

function parseEvent(body: string): BillingEvent {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), BillingEvent), body);
  if (parsed.success) return parsed.output;
  throw new RequestError('invalid_request', 'The body is not an event of Chargebee Billing.');
}
