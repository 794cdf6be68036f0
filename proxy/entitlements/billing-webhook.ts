/**
 * Webhooks of Chargebee Billing (Basic auth). They say that entitlements may have changed, so the cached ones are
 * forgotten. Chargebee sends them late, more than once and in any order. The only SQL of the table `webhook_events`.
 */
import { timingSafeEqual } from 'hono/utils/buffer';
import * as v from 'valibot';
import type { Config } from '../config.js';
import { WEBHOOK_MEMORY_MS } from '../constants.js';
import { RequestError } from '../errors.js';
import type { Log } from '../log.js';
import type { Store } from '../store/store.js';
import type { Entitlements } from './entitlements.js';

interface BillingWebhookOptions {
  /** Undefined: every webhook is refused. */
  readonly credentials: Config['webhooks']['billing'];
  readonly store: Store;
  readonly entitlements: Entitlements;
  readonly now: () => number;
  readonly log: Log;
}

const ids = v.optional(v.array(v.string()), []);
const Impacted = v.optional(v.object({ subscription_ids: ids, customer_ids: ids, download: v.optional(v.unknown()) }));
const Detail = v.optional(v.object({ subscription_id: v.optional(v.string()) }));

/** What the proxy reads of an event. Other fields, and types that Chargebee adds later, are tolerated. */
const BillingEvent = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  event_type: v.string(),
  content: v.optional(
    v.object({
      subscription: v.optional(v.object({ id: v.string(), resource_version: v.optional(v.number()) })),
      subscription_entitlements_created_detail: Detail,
      subscription_entitlements_updated_detail: Detail,
      impacted_subscription: Impacted,
      impacted_customer: Impacted,
    }),
    {},
  ),
});
type BillingEvent = v.InferOutput<typeof BillingEvent>;

/** The event types that can change what a subscription may use. */
const RELEVANT = /entitlement|^feature_|^subscription_/;

/**
 * @returns `billingWebhook(authorization, body)`. It throws a RequestError: `wrong_webhook_credentials` for anybody but
 * Chargebee, `invalid_request` for a body that is no event.
 */
export function createBillingWebhook({ credentials, store, entitlements, now, log }: BillingWebhookOptions) {
  return async function billingWebhook(authorization: string | undefined, body: string): Promise<void> {
    if (!(await isFromBilling(authorization))) throw new RequestError('wrong_webhook_credentials');
    const event = parseEvent(body);
    if (await wasHandled(event.id)) return;
    if (RELEVANT.test(event.event_type)) await forgetEntitlements(event);
    await markHandled(event.id);
  };

  async function isFromBilling(authorization: string | undefined): Promise<boolean> {
    const { username, password } = credentials ?? {};
    if (!username || !password || !authorization) return false;
    return timingSafeEqual(authorization, `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`);
  }

  async function forgetEntitlements({ event_type: type, content }: BillingEvent): Promise<void> {
    const { subscription, impacted_subscription: subscriptions, impacted_customer: customers } = content;
    if (subscription) await entitlements.forget(subscription.id, { version: subscription.resource_version });
    const named = [
      content.subscription_entitlements_created_detail?.subscription_id,
      content.subscription_entitlements_updated_detail?.subscription_id,
      ...(subscriptions?.subscription_ids ?? []),
    ].filter((id) => id !== undefined);
    for (const id of named) await entitlements.forget(id);
    if (customers && customers.customer_ids.length > 0) await entitlements.forgetCustomers(customers.customer_ids);
    const isUnnamed = !subscription && named.length === 0 && !customers;
    // Chargebee sends a long list as a file to download. Forgetting everything costs less than reading that file.
    if (subscriptions?.download !== undefined || isUnnamed) await entitlements.forgetAll();
    log.info({ type }, 'Chargebee Billing says that entitlements may have changed; they will be read again.');
  }

  async function wasHandled(id: string): Promise<boolean> {
    const row = await store.selectFrom('webhookEvents').select('id').where('id', '=', id).executeTakeFirst();
    return row !== undefined;
  }

  /** After the work: if the proxy stops in between, Chargebee repeats the event, and forgetting twice is harmless. */
  async function markHandled(id: string): Promise<void> {
    await store
      .insertInto('webhookEvents')
      .values({ id, receivedAt: now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await store
      .deleteFrom('webhookEvents')
      .where('receivedAt', '<', now() - WEBHOOK_MEMORY_MS)
      .execute();
  }
}

function parseEvent(body: string): BillingEvent {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), BillingEvent), body);
  if (parsed.success) return parsed.output;
  throw new RequestError('invalid_request', 'The body is not an event of Chargebee Billing.');
}
