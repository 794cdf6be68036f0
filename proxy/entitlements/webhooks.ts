/**
 * The two kinds of webhook, which have nothing in common but the word. Billing's (Basic auth) say that entitlements may
 * have changed: what is cached is forgotten. They come late, twice and in any order. Growth's (HMAC) have no documented
 * form: they are kept as they came, for the operator.
 */
import { createHmac } from 'node:crypto';
import { timingSafeEqual } from 'hono/utils/buffer';
import * as v from 'valibot';
import type { Config } from '../config.js';
import { GROWTH_NOTICES_KEPT_MS, WEBHOOK_MEMORY_MS } from '../constants.js';
import type { Entitlements } from './entitlements.js';
import { ProxyError } from '../errors.js';
import type { Log } from '../log.js';
import type { Store } from '../store/store.js';

export interface WebhooksOptions {
  readonly config: Config['webhooks'];
  readonly store: Store;
  readonly entitlements: Entitlements;
  readonly now: () => number;
  readonly log: Log;
}

const ids = v.optional(v.array(v.string()), []);
const Impacted = v.optional(v.object({ subscription_ids: ids, customer_ids: ids, download: v.optional(v.unknown()) }));
const Detail = v.optional(v.object({ subscription_id: v.optional(v.string()) }));

/** What we read of an event; all else in it, and every type that is new tomorrow, is tolerated. */
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

export type Webhooks = ReturnType<typeof createWebhooks>;

export function createWebhooks({ config, store, entitlements, now, log }: WebhooksOptions) {
  /** @throws ProxyError `unauthenticated` for anybody but Chargebee, `invalid_request` for what is no event. */
  async function billing(authorization: string | undefined, body: string): Promise<void> {
    if (!(await isBilling(authorization))) throw new ProxyError('wrong_webhook_credentials');
    const event = parseEvent(body);
    if (await wasObeyed(event.id)) return;
    if (RELEVANT.test(event.event_type)) await obey(event);
    // After the work: if we stop in between, Chargebee sends it again and we forget twice, which harms nobody.
    await store
      .insertInto('webhookEvents')
      .values({ id: event.id, receivedAt: now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await store
      .deleteFrom('webhookEvents')
      .where('receivedAt', '<', now() - WEBHOOK_MEMORY_MS)
      .execute();
  }

  /** @param signature `X-Hub-Signature`: hex HMAC-SHA1 of the body, with or without `sha1=` before it. */
  async function growth(signature: string | undefined, body: string): Promise<void> {
    if (!(await isGrowth(signature, body))) throw new ProxyError('wrong_webhook_credentials');
    await store.insertInto('growthNotices').values({ receivedAt: now(), body }).execute();
    await store
      .deleteFrom('growthNotices')
      .where('receivedAt', '<', now() - GROWTH_NOTICES_KEPT_MS)
      .execute();
    log.info({ bytes: body.length }, 'Growth sent a webhook; it is kept in the table growth_notices.');
  }

  async function obey({ event_type: type, content }: BillingEvent): Promise<void> {
    const { subscription, impacted_subscription: subscriptions, impacted_customer: customers } = content;
    if (subscription) await entitlements.forget(subscription.id, subscription.resource_version);
    const named = [
      content.subscription_entitlements_created_detail?.subscription_id,
      content.subscription_entitlements_updated_detail?.subscription_id,
      ...(subscriptions?.subscription_ids ?? []),
    ].filter((id) => id !== undefined);
    for (const id of named) await entitlements.forget(id);
    if (customers && customers.customer_ids.length > 0) await entitlements.forgetCustomers(customers.customer_ids);
    const isUnnamed = !subscription && named.length === 0 && !customers;
    // A long list comes as a file to download; forgetting everything is cheaper than reading it.
    if (subscriptions?.download !== undefined || isUnnamed) await entitlements.forgetAll();
    log.info({ type }, 'Billing says that entitlements may have changed; they are read anew.');
  }

  async function wasObeyed(id: string): Promise<boolean> {
    const row = await store.selectFrom('webhookEvents').select('id').where('id', '=', id).executeTakeFirst();
    return row !== undefined;
  }

  async function isBilling(authorization: string | undefined): Promise<boolean> {
    const { username, password } = config.billing ?? {};
    if (!username || !password || !authorization) return false;
    return timingSafeEqual(authorization, `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`);
  }

  async function isGrowth(signature: string | undefined, body: string): Promise<boolean> {
    if (!config.growthSecret || !signature) return false;
    const expected = createHmac('sha1', config.growthSecret).update(body).digest('hex');
    return timingSafeEqual(signature.replace(/^sha1=/, '').toLowerCase(), expected);
  }

  return { billing, growth };
}

function parseEvent(body: string): BillingEvent {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), BillingEvent), body);
  if (parsed.success) return parsed.output;
  throw new ProxyError('invalid_request', 'The body is not an event of Chargebee Billing.');
}
