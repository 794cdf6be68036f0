/**
 * The form of Chargebee's answers, written from its documents and not from the sandbox, which is checked against it.
 *
 * Sources: OAS is Chargebee's OpenAPI document (chargebee/openapi, `chargebee_api_v2_pc_v2_spec.yaml`, 2026-09-24). SDK is
 * the types of its SDK for Node, chargebee 3.33.0. S0 to S3 are its tutorials: S0 on entitlement-gated offers, S1 on
 * usage-based upsells, S2 on checking entitlements, and S3, the page on offer events.
 *
 * Where the documents contradict each other, the shape says which one it follows. A field that no document has is wrong.
 */
import * as v from 'valibot';
import { atMost } from './at-most.js';

// ---- Parts

function text(limit: number) {
  return v.pipe(v.string(), atMost(limit));
}

const id = v.pipe(text(50), v.nonEmpty());

/** UTC, in seconds (OAS). Milliseconds would be a year beyond 5000. */
const seconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(99_999_999_999));

const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0));

const PROCESSING_TYPES = ['billing_update', 'checkout', 'url_redirect', 'webhook', 'email'] as const;

/** OAS: at most 1000 characters, opaque. */
const nextOffset = v.optional(v.pipe(text(1000), v.nonEmpty()));

// ---- Growth

/**
 * OAS `PersonalizedOffer.options`; `processing_layout` is required there and missing in the samples of S0 and S1. OAS requires
 * `redirect_url` too, but its prose returns it for `url_redirect` only, as S0 and S1 do: the shape follows the prose.
 */
const Option = v.pipe(
  v.strictObject({
    id,
    label: text(50),
    processing_type: v.picklist(PROCESSING_TYPES),
    processing_layout: v.picklist(['in_app', 'full_page']),
    redirect_url: v.optional(text(250)),
  }),
  v.check(
    ({ processing_type, redirect_url }) => (processing_type === 'url_redirect') === (redirect_url !== undefined),
    'redirect_url is for url_redirect, and only for it',
  ),
);

/** OAS. Its limit of 100 characters for the content is shorter than the sample of S1, so it is not checked. */
const PersonalizedOffer = v.strictObject({
  id,
  offer_id: id,
  content: v.strictObject({ title: v.string(), description: v.string() }),
  options: v.pipe(v.array(Option), v.minLength(1)),
});

/** OAS `POST /personalized_offers`, 200. OAS and S0: one offer or none. `expires_at` is required for none, too. */
export const PersonalizedOffersAnswer = v.strictObject({
  personalized_offers: v.pipe(v.array(PersonalizedOffer), v.maxLength(1)),
  brand: v.optional(v.strictObject({ id, name: v.string() })),
  expires_at: seconds,
});

/** OAS `OfferFulfillment`. `created_at` is required there and missing in the samples of S0 and S1. */
const OfferFulfillment = v.pipe(
  v.strictObject({
    id,
    personalized_offer_id: id,
    option_id: id,
    processing_type: v.picklist(PROCESSING_TYPES),
    status: v.picklist(['in_progress', 'completed', 'failed']),
    created_at: seconds,
    redirect_url: v.optional(text(250)),
    completed_at: v.optional(seconds),
    failed_at: v.optional(seconds),
    error: v.optional(
      v.strictObject({
        code: v.picklist([
          'billing_update_failed',
          'checkout_abandoned',
          'external_fulfillment_failed',
          'internal_error',
          'fulfillment_expired',
        ]),
        message: text(200),
      }),
    ),
  }),
  v.check(
    ({ processing_type, redirect_url }) =>
      redirect_url === undefined || processing_type === 'url_redirect' || processing_type === 'billing_update',
    'redirect_url is for url_redirect and billing_update only',
  ),
  v.check(
    ({ status, completed_at }) => (status === 'completed') === (completed_at !== undefined),
    'completed_at is for completed, and only for it',
  ),
  v.check(
    ({ status, failed_at, error }) =>
      (status === 'failed') === (failed_at !== undefined) && (status === 'failed') === (error !== undefined),
    'failed_at and error are for failed, and only for it',
  ),
);

/** OAS, SDK `HostedPage`: `content` is required. Limits: OAS. */
const HostedPage = v.strictObject({
  id: v.pipe(text(70), v.nonEmpty()),
  type: v.picklist([
    'checkout_new',
    'checkout_existing',
    'manage_payment_sources',
    'collect_now',
    'extend_subscription',
    'checkout_one_time',
    'pre_cancel',
    'view_voucher',
    'accept_quote',
    'checkout_gift',
    'claim_gift',
  ]),
  url: text(250),
  state: v.picklist(['created', 'requested', 'succeeded', 'cancelled', 'acknowledged']),
  failure_reason: v.optional(v.picklist(['card_error', 'server_error'])),
  pass_thru_content: v.optional(text(2048)),
  embed: v.boolean(),
  layout: v.optional(v.picklist(['in_app', 'full_page'])),
  created_at: seconds,
  expires_at: seconds,
  updated_at: v.optional(seconds),
  resource_version: v.optional(milliseconds),
  content: v.lazy(() => v.strictObject({ subscription: v.optional(Subscription), customer: v.optional(Customer) })),
  object: v.literal('hosted_page'),
});

/** OAS `POST /offer_fulfillments`, 202: with a hosted page for `checkout`, and only then. */
export const CreatedFulfillmentAnswer = v.pipe(
  v.strictObject({ offer_fulfillment: OfferFulfillment, hosted_page: v.optional(HostedPage) }),
  v.check(
    ({ offer_fulfillment: { processing_type }, hosted_page }) =>
      (processing_type === 'checkout') === (hosted_page !== undefined),
    'hosted_page is for checkout, and only for it',
  ),
);

/** OAS `GET` and `POST /offer_fulfillments/{id}`, 200: without a hosted page. */
export const FulfillmentAnswer = v.strictObject({ offer_fulfillment: OfferFulfillment });

// ---- Billing

/** SDK `Subscription`: the fields that are always there, and those that the sandbox knows. */
const Subscription = v.strictObject({
  id,
  customer_id: id,
  currency_code: v.pipe(v.string(), v.length(3)),
  status: v.picklist(['future', 'in_trial', 'active', 'non_renewing', 'paused', 'cancelled', 'transferred']),
  cancelled_at: v.optional(seconds),
  pause_date: v.optional(seconds),
  has_scheduled_advance_invoices: v.boolean(),
  has_scheduled_changes: v.boolean(),
  deleted: v.boolean(),
  decommissioned: v.boolean(),
  updated_at: v.optional(seconds),
  resource_version: v.optional(milliseconds),
  object: v.literal('subscription'),
});

/** SDK `Customer`: the same. */
const Customer = v.strictObject({
  id,
  auto_collection: v.picklist(['on', 'off']),
  net_term_days: v.pipe(v.number(), v.integer()),
  allow_direct_debit: v.boolean(),
  created_at: seconds,
  deleted: v.boolean(),
  resource_version: v.optional(milliseconds),
  object: v.literal('customer'),
});

/** SDK `RetrieveResponse` of Subscription. */
export const SubscriptionAnswer = v.strictObject({ subscription: Subscription, customer: Customer });

/** OAS, SDK `SubscriptionEntitlement`; S2 prints an older form. */
const SubscriptionEntitlement = v.strictObject({
  subscription_id: id,
  feature_id: v.optional(id),
  feature_name: v.optional(text(50)),
  feature_unit: v.optional(text(50)),
  feature_type: v.optional(v.picklist(['switch', 'quantity', 'range', 'custom'])),
  value: v.optional(text(50)),
  name: v.optional(text(50)),
  is_overridden: v.boolean(),
  is_enabled: v.boolean(),
  effective_from: v.optional(seconds),
  schedule_status: v.optional(v.picklist(['activated', 'scheduled', 'failed'])),
  expires_at: v.optional(seconds),
});

/** OAS `GET /subscriptions/{id}/subscription_entitlements`, 200. `components` is not returned by the list. */
export const SubscriptionEntitlementsAnswer = v.strictObject({
  list: v.pipe(v.array(v.strictObject({ subscription_entitlement: SubscriptionEntitlement })), v.maxLength(100)),
  next_offset: nextOffset,
});

/** SDK `CustomerEntitlement`. */
export const CustomerEntitlementsAnswer = v.strictObject({
  list: v.pipe(
    v.array(
      v.strictObject({
        customer_entitlement: v.strictObject({
          customer_id: id,
          subscription_id: v.optional(id),
          feature_id: v.optional(id),
          value: v.optional(text(50)),
          name: v.optional(text(50)),
          is_enabled: v.boolean(),
        }),
      }),
    ),
    v.maxLength(100),
  ),
  next_offset: nextOffset,
});

/** SDK `WebhookEndpoint`. */
const WebhookEndpointsAnswer = v.strictObject({
  list: v.array(
    v.strictObject({
      webhook_endpoint: v.strictObject({
        id,
        name: text(50),
        url: v.pipe(v.string(), v.url()),
        disabled: v.boolean(),
        primary_url: v.boolean(),
        api_version: v.picklist(['v1', 'v2']),
        enabled_events: v.optional(v.array(v.string())),
      }),
    }),
  ),
  next_offset: v.optional(v.string()),
});

/** SDK `Feature`. */
export const FeaturesAnswer = v.strictObject({
  list: v.pipe(
    v.array(
      v.strictObject({
        feature: v.strictObject({
          id,
          name: text(50),
          description: v.optional(v.string()),
          status: v.optional(v.picklist(['active', 'archived', 'draft'])),
          type: v.optional(v.picklist(['switch', 'custom', 'quantity', 'range'])),
          unit: v.optional(text(50)),
          resource_version: v.optional(milliseconds),
          updated_at: v.optional(seconds),
          created_at: seconds,
          metered: v.boolean(),
          levels: v.optional(
            v.array(
              v.strictObject({
                name: v.optional(v.string()),
                value: v.string(),
                level: v.number(),
                is_unlimited: v.boolean(),
              }),
            ),
          ),
        }),
      }),
    ),
    v.maxLength(100),
  ),
  next_offset: nextOffset,
});

/** OAS `GET /hosted_pages/{id}`, 200. */
export const HostedPageAnswer = v.strictObject({ hosted_page: HostedPage });

/** OAS, SDK `Event`. The content depends on the type, and is a set of resources. */
const Event = v.strictObject({
  id: v.pipe(text(40), v.nonEmpty()),
  occurred_at: seconds,
  source: v.picklist([
    'admin_console',
    'api',
    'bulk_operation',
    'scheduled_job',
    'hosted_page',
    'portal',
    'system',
    'none',
    'js_api',
    'migration',
    'external_service',
  ]),
  object: v.literal('event'),
  api_version: v.literal('v2'),
  event_type: v.string(),
  webhook_status: v.picklist([
    'not_configured',
    'scheduled',
    'succeeded',
    're_scheduled',
    'failed',
    'skipped',
    'not_applicable',
    'disabled',
    'rate_limited',
  ]),
  content: v.record(v.string(), v.looseObject({})),
});

/** OAS `GET /events/{id}`, 200. */
export const EventAnswer = v.strictObject({ event: Event });

const amount = v.pipe(v.number(), v.integer(), v.minValue(0));

const currency = v.pipe(v.string(), v.length(3));

/** SDK `InvoiceEstimate`; `date` and the names of the objects are in the sample of the API's page on estimates only. */
const InvoiceEstimate = v.strictObject({
  recurring: v.boolean(),
  price_type: v.picklist(['tax_exclusive', 'tax_inclusive']),
  currency_code: currency,
  sub_total: amount,
  total: v.optional(amount),
  credits_applied: v.optional(amount),
  amount_paid: v.optional(amount),
  amount_due: v.optional(amount),
  line_items: v.optional(
    v.array(
      v.strictObject({
        id: v.optional(text(40)),
        date_from: seconds,
        date_to: seconds,
        unit_amount: amount,
        quantity: v.optional(amount),
        amount: v.optional(amount),
        pricing_model: v.optional(v.picklist(['flat_fee', 'per_unit', 'tiered', 'volume', 'stairstep'])),
        is_taxed: v.boolean(),
        description: text(250),
        entity_type: v.picklist(['adhoc', 'plan_item_price', 'addon_item_price', 'charge_item_price']),
        entity_id: v.optional(text(100)),
        object: v.literal('line_item'),
      }),
    ),
  ),
  round_off_amount: v.optional(v.pipe(v.number(), v.integer())),
  customer_id: v.optional(id),
  date: v.optional(seconds),
  object: v.literal('invoice_estimate'),
});

/** SDK `UpdateSubscriptionForItemsResponse`. By the page of the operation, there is a next invoice only if there is none now. */
export const EstimateAnswer = v.strictObject({
  estimate: v.pipe(
    v.strictObject({
      created_at: seconds,
      subscription_estimate: v.optional(
        v.strictObject({
          id: v.optional(id),
          currency_code: currency,
          status: v.optional(Subscription.entries.status),
          next_billing_at: v.optional(seconds),
          object: v.literal('subscription_estimate'),
        }),
      ),
      invoice_estimate: v.optional(InvoiceEstimate),
      next_invoice_estimate: v.optional(InvoiceEstimate),
      object: v.literal('estimate'),
    }),
    v.check(
      ({ invoice_estimate, next_invoice_estimate }) => !invoice_estimate || !next_invoice_estimate,
      'next_invoice_estimate is for a change without invoice_estimate',
    ),
  ),
});

// ---- Refusals

/** OAS: the error codes of each status. */
const CODES: Readonly<Record<number, readonly string[]>> = {
  400: [
    'invalid_request',
    'param_wrong_value',
    'duplicate_entry',
    'resource_limit_exhausted',
    'resource_limit_exceeded',
    'configuration_incompatible',
    'payment_processing_failed',
    'payment_method_verification_failed',
    'payment_method_not_present',
    'payment_gateway_currency_incompatible',
    'payment_intent_invalid',
    'payment_intent_invalid_amount',
  ],
  401: ['api_authentication_failed', 'basic_authentication_failed'],
  403: ['api_authorization_failed', 'request_blocked'],
  404: ['resource_not_found', 'site_not_found'],
  405: ['http_method_not_supported'],
  409: ['invalid_state_for_request'],
  422: ['unable_to_process_request'],
  429: ['api_request_limit_exceeded', 'third_party_api_request_limit_exceeded', 'lock_timeout'],
  500: ['internal_error'],
  503: ['internal_temporary_error', 'site_not_ready', 'site_read_only_mode', 'db_connection_failure'],
};

/** OAS: the body of an error. 401 is untyped. */
function errorAnswer(status: number) {
  return v.strictObject({
    message: v.pipe(v.string(), v.nonEmpty()),
    type: v.optional(
      status === 401 ? v.literal('untyped') : v.picklist(['payment', 'invalid_request', 'operation_failed', 'untyped']),
    ),
    api_error_code: v.picklist(CODES[status] ?? []),
    param: v.optional(v.string()),
    error_cause_id: v.optional(v.string()),
  });
}

// ---- Which shape an answer has

interface Shape {
  readonly name: string;
  /** `undefined` for an answer without a body. */
  readonly body: v.GenericSchema | undefined;
}

/** By operation and status. OAS gives one status of success to each: 202 to the creation, 204 to events (S3 has no status). */
const SHAPES: Readonly<Record<string, Shape>> = {
  'personalized_offers 200': { name: 'PersonalizedOffersAnswer', body: PersonalizedOffersAnswer },
  'offer_events 204': { name: 'an empty answer', body: undefined },
  'offer_fulfillments 202': { name: 'CreatedFulfillmentAnswer', body: CreatedFulfillmentAnswer },
  'offer_fulfillments_get 200': { name: 'FulfillmentAnswer', body: FulfillmentAnswer },
  'offer_fulfillments_update 200': { name: 'FulfillmentAnswer', body: FulfillmentAnswer },
  'subscriptions 200': { name: 'SubscriptionAnswer', body: SubscriptionAnswer },
  'subscription_entitlements 200': { name: 'SubscriptionEntitlementsAnswer', body: SubscriptionEntitlementsAnswer },
  'customer_entitlements 200': { name: 'CustomerEntitlementsAnswer', body: CustomerEntitlementsAnswer },
  'features 200': { name: 'FeaturesAnswer', body: FeaturesAnswer },
  'webhook_endpoints 200': { name: 'WebhookEndpointsAnswer', body: WebhookEndpointsAnswer },
  'hosted_pages 200': { name: 'HostedPageAnswer', body: HostedPageAnswer },
  'estimates 200': { name: 'EstimateAnswer', body: EstimateAnswer },
  'events 200': { name: 'EventAnswer', body: EventAnswer },
};

/** @returns `undefined` for a status that Chargebee does not document for the operation. */
export function shapeOf(operation: string, status: number): Shape | undefined {
  if (status in CODES) return { name: `ErrorAnswer of ${status}`, body: errorAnswer(status) };
  const key = `${operation} ${status}`;
  return Object.hasOwn(SHAPES, key) ? SHAPES[key] : undefined;
}
