/**
 * The parts of Chargebee's answers that the proxy reads, in Chargebee's names. A field that is missing in any sample of
 * Chargebee's documentation is optional here.
 */
import * as v from 'valibot';
import { CheckoutLayout, HostedPage, Id } from '../contract.js';

const optionalString = v.nullish(v.string());
const CurrencyCode = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/));

/** `POST /personalized_offers` */
export const PersonalizedOffers = v.object({
  personalized_offers: v.array(
    v.object({
      id: Id,
      offer_id: v.string(),
      content: v.object({ title: v.optional(v.string(), ''), description: v.optional(v.string(), '') }),
      options: v.array(
        v.object({
          id: Id,
          label: v.string(),
          processing_type: v.string(),
          processing_layout: v.fallback(v.nullish(CheckoutLayout), undefined),
          redirect_url: optionalString,
        }),
      ),
    }),
  ),
  expires_at: v.number(),
  brand: v.nullish(v.object({ id: v.string(), name: v.string() })),
});

const Fulfillment = v.object({
  id: Id,
  personalized_offer_id: optionalString,
  processing_type: v.string(),
  // A status that Chargebee adds later is treated as not final. Refusing the answer would lose the id.
  status: v.fallback(v.picklist(['in_progress', 'completed', 'failed']), 'in_progress'),
  redirect_url: optionalString,
  error: v.nullish(v.object({ code: v.string() })),
});

/** `offer_fulfillments`: the answer to create, retrieve and update. */
export const FulfillmentAnswer = v.object({
  offer_fulfillment: Fulfillment,
  hosted_page: v.fallback(v.nullish(HostedPage), undefined),
});

/** `GET /hosted_pages/:id` */
export const HostedPageAnswer = v.object({ hosted_page: v.object({ state: v.string() }) });

/** `GET /subscriptions/:id/subscription_entitlements` */
export const EntitlementPage = v.object({
  list: v.array(
    v.object({
      subscription_entitlement: v.object({
        feature_id: optionalString,
        feature_type: optionalString,
        value: optionalString,
        is_enabled: v.nullish(v.boolean()),
        // Unix seconds.
        expires_at: v.nullish(v.number()),
        effective_from: v.nullish(v.number()),
        schedule_status: optionalString,
      }),
    }),
  ),
  next_offset: optionalString,
});

/** `GET /customers/:id/customer_entitlements` */
export const CustomerEntitlementPage = v.object({
  list: v.array(
    v.object({
      customer_entitlement: v.object({
        feature_id: optionalString,
        value: optionalString,
        is_enabled: v.nullish(v.boolean()),
      }),
    }),
  ),
  next_offset: optionalString,
});

/** `GET /subscriptions/:id` */
export const SubscriptionAnswer = v.object({
  subscription: v.object({ status: v.string(), resource_version: v.nullish(v.number()) }),
});

const InvoiceEstimate = v.object({ amount_due: v.number(), currency_code: CurrencyCode });

/** `POST /estimates/update_subscription_for_items` */
export const EstimateAnswer = v.object({
  estimate: v.object({
    subscription_estimate: v.object({ currency_code: CurrencyCode }),
    // Absent if the change makes no invoice now.
    invoice_estimate: v.nullish(InvoiceEstimate),
    // Only where there is no invoice now.
    next_invoice_estimate: v.nullish(InvoiceEstimate),
  }),
});

/** `GET /features` */
export const FeaturePage = v.object({
  list: v.array(v.object({ feature: v.object({ id: v.string() }) })),
  next_offset: optionalString,
});

/** `GET /webhook_endpoints` */
export const WebhookEndpointPage = v.object({
  list: v.array(
    v.object({
      webhook_endpoint: v.object({
        url: v.string(),
        disabled: v.nullish(v.boolean()),
        enabled_events: v.nullish(v.array(v.string())),
      }),
    }),
  ),
  next_offset: optionalString,
});
