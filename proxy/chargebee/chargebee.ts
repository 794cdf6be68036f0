/**
 * The only file that knows the `chargebee` SDK. It takes the proxy's words and returns them, parsed, or throws an
 * `UpstreamFailure`; Chargebee's own names stay in here. It decides nothing, caches nothing and retries nothing.
 */
import ChargebeeSdk from 'chargebee';
import * as v from 'valibot';
import type { Config } from '../config.js';
import {
  CALL_TIMEOUT_MS,
  ENTITLEMENT_PAGES_MAX,
  ENTITLEMENT_PAGE_SIZE,
  LOCALE_MAX_CHARACTERS,
  OFFER_TIMEOUT_MS,
  TIMEZONE_MAX_CHARACTERS,
  URL_MAX_CHARACTERS,
  USER_AGENT_MAX_CHARACTERS,
} from '../constants.js';
import type { Context, OfferEventType, Page } from '../contract.js';
import type { Customer } from '../customer.js';
import { EntitlementPage, FeaturePage, FulfillmentAnswer, PersonalizedOffers, SubscriptionAnswer } from './answers.js';
import type { CallBudget, CallPurpose } from './call-budget.js';
import { createHttpClient, inPath, UpstreamFailure, type HttpClientOptions } from './call.js';
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
  readonly budget: CallBudget;
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

  async function spend<T>(purpose: CallPurpose, call: () => Promise<T>): Promise<T> {
    await budget.take(purpose);
    try {
      return await call();
    } catch (error) {
      if (error instanceof UpstreamFailure && error.kind === 'busy') await budget.pause(error.retryAfterMs);
      throw error;
    }
  }

  return {
    /** The offer of the highest-priority play that matches, or undefined. Chargebee sends one at most today. */
    async personalizedOffer(audience: Audience) {
      const call = () => growthOffers.personalizedOffer.personalizedOffers(toInput(audience));
      const answer = parse(PersonalizedOffers, await spend('offer', call));
      const offer = answer.personalized_offers[0];
      return offer && toOffer(offer, answer);
    },

    /** Chargebee takes `viewed` and `dismissed` only. It records acceptances and fulfillments itself. */
    async recordOfferEvent(offerId: string, type: OfferEventType): Promise<void> {
      await spend('event', () => chargebee.offerEvent.offerEvents({ personalized_offer_id: offerId, type }));
    },

    /** Accepts the offer. Not idempotent at Chargebee: a second call fails with `duplicate` or `conflict`. */
    async createFulfillment(offerId: string, optionId: string): Promise<UpstreamFulfillment> {
      const input = { personalized_offer_id: offerId, option_id: optionId };
      return toFulfillment(await spend('fulfillment', () => chargebee.offerFulfillment.offerFulfillments(input)));
    },

    async readFulfillment(id: string, purpose: CallPurpose = 'fulfillment'): Promise<UpstreamFulfillment> {
      return toFulfillment(await spend(purpose, () => chargebee.offerFulfillment.offerFulfillmentsGet(id)));
    },

    /** Only for fulfillments that the app carries out. Both statuses are final. */
    async reportFulfillment(
      id: string,
      status: 'completed' | 'failed',
      reason: string | null,
    ): Promise<UpstreamFulfillment> {
      const input = { id, status, ...(reason && { failure_reason: reason }) };
      return toFulfillment(
        await spend('fulfillment', () => chargebee.offerFulfillment.offerFulfillmentsUpdate(id, input)),
      );
    },

    /** The whole list: a feature that is not on it is not included. */
    async entitlements(subscriptionId: string): Promise<Entitlement[]> {
      const entitlements: Entitlement[] = [];
      let offset: string | null | undefined;
      for (let page = 0; page < ENTITLEMENT_PAGES_MAX; page += 1) {
        const query = { limit: ENTITLEMENT_PAGE_SIZE, ...(offset && { offset }) };
        const read = () =>
          chargebee.subscriptionEntitlement.subscriptionEntitlementsForSubscription(inPath(subscriptionId), query);
        const answer = parse(EntitlementPage, await spend('entitlement', read));
        entitlements.push(...answer.list.map((item) => toEntitlement(item.subscription_entitlement)));
        offset = answer.next_offset;
        if (!offset) return entitlements;
      }
      throw new UpstreamFailure(
        'unavailable',
        `Failed to read the entitlements of a subscription: they did not end after ${ENTITLEMENT_PAGES_MAX} pages.`,
      );
    },

    /** Of every feature that the site has, also of drafts and archived ones. */
    async featureIds(): Promise<string[]> {
      const ids: string[] = [];
      let offset: string | null | undefined;
      for (let page = 0; page < ENTITLEMENT_PAGES_MAX; page += 1) {
        const query = { limit: ENTITLEMENT_PAGE_SIZE, ...(offset && { offset }) };
        const answer = parse(FeaturePage, await spend('entitlement', () => chargebee.feature.list(query)));
        ids.push(...answer.list.map(({ feature }) => feature.id));
        offset = answer.next_offset;
        if (!offset) return ids;
      }
      throw new UpstreamFailure(
        'unavailable',
        `Failed to read the features of the site: they did not end after ${ENTITLEMENT_PAGES_MAX} pages.`,
      );
    },

    /** Its status in Chargebee's word, and its `resource_version`. */
    async subscription(subscriptionId: string) {
      const read = () => chargebee.subscription.retrieve(inPath(subscriptionId));
      const { subscription } = parse(SubscriptionAnswer, await spend('entitlement', read));
      return { status: subscription.status, version: subscription.resource_version ?? 0 };
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
    options: offer.options.map(({ id, label, processing_type, redirect_url }) => ({
      id,
      label,
      processingType: processing_type,
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

function toEntitlement(
  sent: v.InferOutput<typeof EntitlementPage>['list'][number]['subscription_entitlement'],
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
