/**
 * The only file that knows the `chargebee` SDK. It takes the proxy's words and returns them, parsed, or throws an
 * `UpstreamFailure`; Chargebee's own names stay in here. It decides nothing, caches nothing and retries nothing but a call
 * that found its resource locked.
 */
import ChargebeeSdk from 'chargebee';
import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import type { Config } from '../config.js';
import {
  CALL_TIMEOUT_MS,
  ENTITLEMENT_PAGES_MAX,
  ENTITLEMENT_PAGE_SIZE,
  LOCK_RETRIES,
  LOCK_RETRY_MS,
  LOCALE_MAX_CHARACTERS,
  OFFER_TIMEOUT_MS,
  TIMEZONE_MAX_CHARACTERS,
  URL_MAX_CHARACTERS,
  USER_AGENT_MAX_CHARACTERS,
} from '../constants.js';
import type { Context, OfferEventType, Page } from '../contract.js';
import type { Customer } from '../customer.js';
import {
  CustomerEntitlementPage,
  EntitlementPage,
  EstimateAnswer,
  FeaturePage,
  FulfillmentAnswer,
  HostedPageAnswer,
  PersonalizedOffers,
  SubscriptionAnswer,
  WebhookEndpointPage,
} from './answers.js';
import type { CallBudget } from './call-budget.js';
import type { CallPurpose } from './call-purpose.js';
import type { CausedBy } from './caused-calls.js';
import { createHttpClient, inPath, UpstreamFailure, type HttpClientOptions } from './call.js';
import type { Estimate, Money, SubscriptionChange } from './estimate.js';
import type { ChargebeeTelemetry } from './telemetry.js';

/** Everything the proxy asks of Chargebee. Every method throws `UpstreamFailure`. */
export type Chargebee = ReturnType<typeof createChargebee>;
export type PersonalizedOffer = NonNullable<Awaited<ReturnType<Chargebee['personalizedOffer']>>>;
export type UpstreamFulfillment = ReturnType<typeof toFulfillment>;

/** Whom an offer is for, which custom fields are known, and where the customer is. */
interface Audience {
  readonly customer: Customer;
  readonly custom: Context;
  readonly page: Page;
  readonly userAgent: string | undefined;
}

/** Where Chargebee Billing sends events. */
export interface WebhookEndpoint {
  readonly url: string;
  readonly isDisabled: boolean;
  /** The types of the events that it gets; absent for all. */
  readonly events: readonly string[] | undefined;
}

/** What a subscription includes of one feature. */
export interface Entitlement {
  readonly featureId: string;
  /** `switch`, `quantity`, `range` or `custom`; the tutorial's sample leaves it out. */
  readonly featureType?: string | undefined;
  readonly value?: string | undefined;
  readonly isEnabled: boolean;
  /** Unix milliseconds; of an override that ends. */
  readonly expiresAt?: number | undefined;
  /** Unix milliseconds; of an override that begins later. */
  readonly effectiveFrom?: number | undefined;
  /** `activated`, `scheduled` or `failed`. */
  readonly scheduleStatus?: string | undefined;
}

interface ChargebeeOptions extends HttpClientOptions {
  readonly budget: Pick<CallBudget, 'spend'>;
  readonly telemetry?: ChargebeeTelemetry | undefined;
}

export function createChargebee(
  { site, apiKey }: Config['chargebee'],
  { budget, telemetry, ...calls }: ChargebeeOptions,
) {
  const httpClient = createHttpClient(calls);
  const open = (timeout: number) =>
    new ChargebeeSdk({
      site,
      apiKey,
      httpClient,
      timeout,
      sdkTelemetryEnabled: telemetry?.header ?? false,
      ...(telemetry?.adapter && { telemetryAdapter: telemetry.adapter }),
    });
  const growthOffers = open(OFFER_TIMEOUT_MS);
  const chargebee = open(CALL_TIMEOUT_MS);

  /** Chargebee locks a resource while it changes it, and then refuses a second call for it, of which nothing was done. */
  async function spend<T>(
    purpose: CallPurpose,
    causedBy: CausedBy | undefined,
    call: () => Promise<T>,
    retries = LOCK_RETRIES,
  ): Promise<T> {
    try {
      return await budget.spend(purpose, causedBy, call);
    } catch (error) {
      const isLocked = error instanceof UpstreamFailure && error.code === 'lock_timeout';
      if (!isLocked || retries === 0) throw error;
      await wait(LOCK_RETRY_MS);
      return spend(purpose, causedBy, call, retries - 1);
    }
  }

  return {
    /** The offer of the highest-priority play that matches, or undefined. Chargebee sends one at most today. */
    async personalizedOffer(audience: Audience) {
      const call = () => growthOffers.personalizedOffer.personalizedOffers(toInput(audience));
      const answer = parse(PersonalizedOffers, await spend('offer', audience.customer, call));
      const offer = answer.personalized_offers[0];
      return offer && toOffer(offer, answer);
    },

    /** Chargebee takes `viewed` and `dismissed` only. It records acceptances and fulfillments itself. */
    async recordOfferEvent(offerId: string, type: OfferEventType): Promise<void> {
      await spend('event', undefined, () => chargebee.offerEvent.offerEvents({ personalized_offer_id: offerId, type }));
    },

    /** Accepts the offer. Not idempotent at Chargebee: a second call fails with `duplicate` or `conflict`. */
    async createFulfillment(offerId: string, optionId: string, acceptedBy: CausedBy): Promise<UpstreamFulfillment> {
      const input = { personalized_offer_id: offerId, option_id: optionId };
      return toFulfillment(
        await spend('accept', acceptedBy, () => chargebee.offerFulfillment.offerFulfillments(input)),
      );
    },

    /** @param askedBy the customer who waits for it; undefined if it is nobody. */
    async readFulfillment(
      id: string,
      purpose: Extract<CallPurpose, 'poll' | 'sweep' | 'report'> = 'report',
      askedBy?: CausedBy,
    ): Promise<UpstreamFulfillment> {
      return toFulfillment(
        await spend(purpose, askedBy, () => chargebee.offerFulfillment.offerFulfillmentsGet(inPath(id))),
      );
    },

    /** The state of a checkout's page, in Chargebee's word; what it says of the customer is not read. */
    async hostedPageState(id: string, askedBy: CausedBy): Promise<string> {
      const read = () => chargebee.hostedPage.retrieve(inPath(id));
      return parse(HostedPageAnswer, await spend('poll', askedBy, read)).hosted_page.state;
    },

    /** Only for fulfillments that the app carries out. Both statuses are final. */
    async reportFulfillment(
      id: string,
      status: 'completed' | 'failed',
      reason: string | null,
    ): Promise<UpstreamFulfillment> {
      const input = { id, status, ...(reason && { failure_reason: reason }) };
      return toFulfillment(
        await spend('report', undefined, () => chargebee.offerFulfillment.offerFulfillmentsUpdate(inPath(id), input)),
      );
    },

    /**
     * The whole list: a feature that is not on it is not included.
     * @param askedBy the customer whose request needs it; undefined if it is nobody's.
     */
    async entitlements(subscriptionId: string, askedBy?: CausedBy): Promise<Entitlement[]> {
      const list = await allPages('the entitlements of a subscription', async (query, causes) => {
        const read = () =>
          chargebee.subscriptionEntitlement.subscriptionEntitlementsForSubscription(inPath(subscriptionId), query);
        return parse(EntitlementPage, await spend('entitlement', causes ? askedBy : undefined, read));
      });
      return list.map((item) => toEntitlement(item.subscription_entitlement));
    },

    /** The same for all active and non-renewing subscriptions of the customer together, on sites that have it. */
    async customerEntitlements(askedBy: CausedBy): Promise<Entitlement[]> {
      const id = inPath(askedBy.customerId);
      const list = await allPages('the entitlements of a customer', async (query, causes) => {
        const read = () =>
          chargebee.customerEntitlement.entitlementsForCustomer(id, { ...query, consolidate_entitlements: true });
        return parse(CustomerEntitlementPage, await spend('entitlement', causes ? askedBy : undefined, read));
      });
      return list.map((item) => toEntitlement(item.customer_entitlement));
    },

    /** Of every feature that the site has, also of drafts and archived ones. */
    async featureIds(): Promise<string[]> {
      const list = await allPages('the features of the site', async (query) =>
        parse(FeaturePage, await spend('entitlement', undefined, () => chargebee.feature.list(query))),
      );
      return list.map(({ feature }) => feature.id);
    },

    async webhookEndpoints(): Promise<WebhookEndpoint[]> {
      const list = await allPages('the webhooks of the site', async (query) =>
        parse(WebhookEndpointPage, await spend('entitlement', undefined, () => chargebee.webhookEndpoint.list(query))),
      );
      return list.map(({ webhook_endpoint: { url, disabled, enabled_events } }) => ({
        url,
        isDisabled: disabled === true,
        events: enabled_events ?? undefined,
      }));
    },

    /** Its status in Chargebee's word, and its `resource_version`. @param askedBy the customer whose request needs it. */
    async subscription(subscriptionId: string, askedBy: CausedBy) {
      const read = () => chargebee.subscription.retrieve(inPath(subscriptionId));
      const { subscription } = parse(SubscriptionAnswer, await spend('entitlement', askedBy, read));
      return { status: subscription.status, version: subscription.resource_version ?? 0 };
    },

    /** What the change would cost. It changes nothing. @param askedBy whose subscription it is. */
    async estimate({ itemPrices }: SubscriptionChange, askedBy: Customer): Promise<Estimate> {
      const input = {
        subscription: { id: askedBy.subscriptionId },
        subscription_items: itemPrices.map(({ id, quantity }) => defined({ item_price_id: id, quantity })),
      };
      const ask = () => chargebee.estimate.updateSubscriptionForItems(input);
      return toEstimate(parse(EstimateAnswer, await spend('price', askedBy, ask)));
    },
  };
}

function toInput({ customer, custom, page, userAgent }: Audience) {
  return defined({
    customer_id: customer.customerId,
    subscription_id: customer.subscriptionId,
    external_user_id: customer.userId,
    email: customer.email,
    first_name: customer.firstName,
    last_name: customer.lastName,
    roles: customer.roles && [...customer.roles],
    custom,
    request_context: defined({
      user_agent: cut(userAgent, USER_AGENT_MAX_CHARACTERS),
      locale: cut(page.locale, LOCALE_MAX_CHARACTERS),
      timezone: cut(page.timezone, TIMEZONE_MAX_CHARACTERS),
      url: cut(page.url, URL_MAX_CHARACTERS),
      referrer_url: cut(page.referrer, URL_MAX_CHARACTERS),
    }),
  });
}

function toOffer(
  offer: v.InferOutput<typeof PersonalizedOffers>['personalized_offers'][number],
  { expires_at, brand }: v.InferOutput<typeof PersonalizedOffers>,
) {
  return {
    id: offer.id,
    baseOfferId: offer.offer_id,
    title: offer.content.title,
    description: offer.content.description,
    options: offer.options.map(({ id, label, processing_type, processing_layout, redirect_url }) => ({
      id,
      label,
      processingType: processing_type,
      processingLayout: processing_layout ?? undefined,
      redirectUrl: redirect_url ?? undefined,
    })),
    brand: brand ?? undefined,
    expiresAt: expires_at * 1_000,
  };
}

function toFulfillment(sent: unknown) {
  const { offer_fulfillment: fulfillment, hosted_page } = parse(FulfillmentAnswer, sent);
  return {
    id: fulfillment.id,
    offerId: fulfillment.personalized_offer_id ?? undefined,
    processingType: fulfillment.processing_type,
    status: fulfillment.status,
    redirectUrl: fulfillment.redirect_url ?? undefined,
    hostedPage: hosted_page ?? undefined,
    failureCode: fulfillment.error?.code,
  };
}

/** @param read reads one page. `causes` is false from the second page on: a customer cannot help how long its list is. */
async function allPages<Item>(
  what: string,
  read: (
    query: { limit: number; offset?: string },
    causes: boolean,
  ) => Promise<{ list: readonly Item[]; next_offset?: string | null | undefined }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let offset: string | null | undefined;
  for (let page = 0; page < ENTITLEMENT_PAGES_MAX; page += 1) {
    const answer = await read({ limit: ENTITLEMENT_PAGE_SIZE, ...(offset && { offset }) }, page === 0);
    items.push(...answer.list);
    offset = answer.next_offset;
    if (!offset) return items;
  }
  throw new UpstreamFailure(
    'unavailable',
    `Failed to read ${what}: they did not end after ${ENTITLEMENT_PAGES_MAX} pages.`,
  );
}

/** An entitlement of a customer has neither a type nor times. */
function toEntitlement(
  sent: Partial<v.InferOutput<typeof EntitlementPage>['list'][number]['subscription_entitlement']>,
): Entitlement {
  return {
    featureId: sent.feature_id ?? '',
    featureType: sent.feature_type ?? undefined,
    value: sent.value ?? undefined,
    isEnabled: sent.is_enabled ?? true,
    expiresAt: milliseconds(sent.expires_at),
    effectiveFrom: milliseconds(sent.effective_from),
    scheduleStatus: sent.schedule_status ?? undefined,
  };
}

function toEstimate({ estimate }: v.InferOutput<typeof EstimateAnswer>): Estimate {
  const { subscription_estimate, invoice_estimate, next_invoice_estimate } = estimate;
  const nothing = { amount: 0, currency: subscription_estimate.currency_code };
  return {
    dueNow: invoice_estimate ? toMoney(invoice_estimate) : nothing,
    ...(next_invoice_estimate && { next: toMoney(next_invoice_estimate) }),
  };
}

function toMoney({ amount_due, currency_code }: { amount_due: number; currency_code: string }): Money {
  return { amount: amount_due, currency: currency_code };
}

function milliseconds(seconds: number | null | undefined): number | undefined {
  return seconds == null ? undefined : seconds * 1_000;
}

function parse<const S extends v.GenericSchema>(schema: S, sent: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, sent);
  if (parsed.success) return parsed.output;
  const paths = parsed.issues.map((issue) => v.getDotPath(issue) ?? 'the answer').join(', ');
  throw new UpstreamFailure(
    'unavailable',
    `Failed to read Chargebee's answer: it does not have the documented form (${paths}).`,
  );
}

function cut(text: string | undefined, characters: number): string | undefined {
  return text?.slice(0, characters);
}

/** Chargebee takes an absent key but not an undefined one. The type says the same as the filter. */
function defined<T extends object>(input: T) {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
