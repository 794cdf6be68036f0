/**
 * What the widget and the proxy say to each other: the shape of every request, answer and error code. Both sides import this
 * file, and it knows nothing of Chargebee, HTTP or the DOM. Times are Unix milliseconds and names are camelCase. An absent
 * value is an absent key, never `null`; only `offer` can be null.
 */
import * as v from 'valibot';

/**
 * An id of Chargebee's or of the company's own choice, as Chargebee takes it: up to 50 characters of any kind. A dot or two
 * would change the path of a call.
 */
export const Id = v.pipe(
  v.string('must be text'),
  v.regex(
    // Without the flag that \p{Cc} needs: JSON Schema knows no flags.
    // oxlint-disable-next-line no-control-regex
    /^(?!\.{1,2}$)[^\u0000-\u001f\u007f-\u009f]{1,50}$/,
    'must be 1 to 50 characters without control characters, and neither "." nor ".."',
  ),
);

export const CheckoutLayout = v.picklist(['in_app', 'full_page']);
/** A checkout opens over the page, or is a page of its own. */
export type CheckoutLayout = v.InferOutput<typeof CheckoutLayout>;

export const OptionAction = v.picklist(['billing', 'checkout', 'redirect', 'email', 'webhook', 'unknown']);
/** What accepting does: `billing` changes the subscription at once, and charges for it. */
export type OptionAction = v.InferOutput<typeof OptionAction>;

export const OfferOption = v.object({
  id: Id,
  label: v.string(),
  /** Absent from an offer that an earlier version of the proxy has stored. */
  action: v.optional(OptionAction),
  /** Of `billing`: what it costs, as the app says it. Plain text. */
  price: v.optional(v.string()),
  /** Of a checkout, where Chargebee names it. */
  layout: v.optional(CheckoutLayout),
  /** Where a redirect would lead. Only in a preview: else it stays in the proxy until the offer is accepted. */
  url: v.optional(v.string()),
});
/** One way to accept an offer: a button. */
export type OfferOption = v.InferOutput<typeof OfferOption>;

export const Offer = v.object({
  id: Id,
  /**
   * The offer as it is configured in Chargebee: the same for every customer, so that figures can be grouped by it. Absent from
   * an offer that an earlier version of the proxy has stored.
   */
  campaignId: v.optional(v.string()),
  /** HTML as Chargebee sent it. The widget sanitizes it before it draws it. */
  title: v.string(),
  description: v.string(),
  options: v.pipe(v.array(OfferOption), v.minLength(1)),
  brand: v.optional(v.object({ id: v.string(), name: v.string() })),
  expiresAt: v.number(),
  /** Of a preview: nothing of it may be reported, and no route takes its acceptance. */
  preview: v.optional(v.literal(true)),
});
/** The offer that Chargebee has for this customer now; there is one at most. */
export type Offer = v.InferOutput<typeof Offer>;

export const Access = v.picklist(['granted', 'denied', 'unknown']);
/** May this subscription use the feature? With `unknown`, the widget neither unlocks it nor offers it. */
export type Access = v.InferOutput<typeof Access>;

export const Why = v.picklist([
  'entitled',
  'no_match',
  'budget',
  'upstream_unavailable',
  'access_unknown',
  'signed_out',
  'unknown_feature',
  'capped',
]);
/**
 * Why there is no offer. `signed_out`: the app's own `identify` knows no customer of this request. `unknown_feature`: the
 * Chargebee site has no feature with this id. `capped`: there may be one, and this person has seen as many as `OFFER_CAPS` allows.
 */
export type Why = v.InferOutput<typeof Why>;

/** The name of a custom field. */
export const ContextField = v.pipe(
  v.string(),
  v.regex(
    /^(?!(?:__proto__|prototype|constructor)$)[A-Za-z0-9_-]{1,50}$/,
    'must be 1 to 50 letters, digits, "_" or "-", and no name that JavaScript reserves',
  ),
);
export const ContextValue = v.union([v.string(), v.pipe(v.number(), v.finite()), v.boolean()]);

/** Custom fields for Chargebee's audiences, by the names that Growth maps them to. */
export const Context = v.record(ContextField, ContextValue);
export type Context = v.InferOutput<typeof Context>;

/** Where the customer is. A value that is too long for Chargebee is cut, not refused. */
export const Page = v.object({
  url: v.optional(v.string()),
  referrer: v.optional(v.string()),
  locale: v.optional(v.string()),
  timezone: v.optional(v.string()),
});
export type Page = v.InferOutput<typeof Page>;

/** How much of a quantity is used up, in the feature's own unit. */
export const Used = v.pipe(v.number(), v.finite(), v.minValue(0));

export const OfferRequest = v.strictObject({
  feature: v.optional(Id),
  used: v.optional(Used),
  context: v.optional(Context),
  page: v.optional(Page),
});
/** `POST /offers` */
export type OfferRequest = v.InferOutput<typeof OfferRequest>;

/** The customer has asked for the offer, by a click for example, or it is on the page already. */
export const Asked = v.literal('true', 'must be true, or absent');

/**
 * `POST /offers?asked=true`. Like that of an event, it stands in the address, because a proxy of the version before refuses a
 * body that says more than it knows.
 */
export const OfferQuery = v.object({ asked: v.optional(Asked) });
export type OfferQuery = v.InferOutput<typeof OfferQuery>;

export const OfferAnswer = v.object({
  /** Absent if the request names no feature. */
  access: v.optional(Access),
  offer: v.nullable(Offer),
  /** Present if and only if `offer` is null. */
  why: v.optional(Why),
  /** The proxy's time, by which `expiresAt` is meant: the browser's clock may be wrong. Present if there is an offer. */
  now: v.optional(v.number()),
  /** The one who asks is a member of the company's own staff. Also where there is no offer. */
  preview: v.optional(v.literal(true)),
});
export type OfferAnswer = v.InferOutput<typeof OfferAnswer>;

export const OfferEventType = v.picklist(['viewed', 'dismissed']);
export type OfferEventType = v.InferOutput<typeof OfferEventType>;

/** `POST /offers/:id/events` */
export const OfferEventRequest = v.strictObject({ type: OfferEventType });

/**
 * `POST /offers/:id/events?display=...`: `asked` of a view that the customer has asked for, and `display` to tell a view from
 * one that is reported again, because the answer to the first report was lost.
 */
export const OfferEventQuery = v.object({ asked: v.optional(Asked), display: v.optional(Id) });
export type OfferEventQuery = v.InferOutput<typeof OfferEventQuery>;

/** `POST /offers/:id/fulfillments` */
export const FulfillmentRequest = v.strictObject({ optionId: Id });

/** `POST /fulfillments/:id/fail`. Chargebee keeps 100 characters of the reason. */
export const FailureReport = v.strictObject({ reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)) });

export const FailureCode = v.picklist([
  'billing_failed',
  'checkout_abandoned',
  'app_failed',
  'expired',
  'internal',
  'unsupported',
]);
/** Why a fulfillment failed. `unsupported`: this version does not know the processing type that Chargebee answered. */
export type FailureCode = v.InferOutput<typeof FailureCode>;

/** The hosted page in the form that `openCheckout` of Chargebee.js takes. */
export const HostedPage = v.looseObject({ id: v.string(), url: v.string() });
export type HostedPage = v.InferOutput<typeof HostedPage>;

/** Who accepted the offer before this request; absent if this request did. */
export const AcceptedBy = v.picklist(['you', 'colleague']);
export type AcceptedBy = v.InferOutput<typeof AcceptedBy>;

const known = { fulfillmentId: Id, acceptedBefore: v.optional(AcceptedBy) };

/** A page for after the change of the subscription, where Chargebee names one. */
const wayOn = { url: v.optional(v.string()) };

export const Outcome = v.variant('status', [
  v.object({ status: v.literal('completed'), ...known, ...wayOn }),
  v.object({ status: v.literal('pending'), ...known, ...wayOn, pollAfterMs: v.number() }),
  v.object({ status: v.literal('redirect'), ...known, url: v.string() }),
  v.object({
    status: v.literal('checkout'),
    ...known,
    url: v.string(),
    layout: CheckoutLayout,
    hostedPage: HostedPage,
  }),
  v.object({ status: v.literal('elsewhere'), ...known, channel: v.picklist(['email', 'webhook']) }),
  v.object({ status: v.literal('failed'), ...known, code: FailureCode }),
  /** Chargebee says that the offer was accepted, but the id of its fulfillment never reached the proxy. */
  v.object({ status: v.literal('already_accepted'), acceptedBefore: v.optional(AcceptedBy) }),
]);
/** Where an acceptance stands. The widget has a notice for each status. */
export type Outcome = v.InferOutput<typeof Outcome>;

export const EntitlementAnswer = v.object({
  featureId: Id,
  access: Access,
  /** The level as Chargebee writes it, such as `"true"`, `"100"` or `"unlimited"`; absent if there is none or it is unknown. */
  value: v.optional(v.string()),
});
/** `GET /entitlements/:featureId` */
export type EntitlementAnswer = v.InferOutput<typeof EntitlementAnswer>;

export const FulfillmentRecord = v.object({
  id: Id,
  offerId: Id,
  /** The offer as it is configured in Chargebee, as in the offer. */
  campaignId: v.string(),
  optionId: Id,
  action: OptionAction,
  customerId: v.string(),
  subscriptionId: v.string(),
  /** How it is fulfilled, in Chargebee's word, for the app's own jobs. */
  processingType: v.string(),
  status: v.picklist(['in_progress', 'completed', 'failed']),
  createdAt: v.number(),
});
export type FulfillmentRecord = v.InferOutput<typeof FulfillmentRecord>;

/** `GET /fulfillments` for the app's backend; pass `next` as `?after=` to get the next page. */
export const FulfillmentList = v.object({ fulfillments: v.array(FulfillmentRecord), next: v.optional(v.string()) });
export type FulfillmentList = v.InferOutput<typeof FulfillmentList>;

/** The answer to both reports: the proxy has stored what the app said. */
export const ReportAnswer = v.object({
  fulfillmentId: Id,
  status: v.picklist(['completed', 'failed']),
  reason: v.optional(v.string()),
});
export type ReportAnswer = v.InferOutput<typeof ReportAnswer>;

/** Every error the proxy can answer with; `proxy/errors.ts` gives each its HTTP status. */
export const ErrorCode = v.picklist([
  'invalid_request',
  'context_not_allowed',
  'unauthenticated',
  'token_missing',
  'token_malformed',
  'token_expired',
  'token_signature',
  'token_claim',
  'identity_unavailable',
  'wrong_origin',
  'too_many_requests',
  'wrong_server_key',
  'wrong_webhook_credentials',
  'not_entitled',
  'preview',
  'access_unknown',
  'not_found',
  'unknown_route',
  'offer_expired',
  'not_reportable',
  'already_final',
  'too_slow',
  'too_large',
  'upstream_busy',
  'upstream_refused',
  'upstream_unavailable',
  'store_unavailable',
  'internal',
]);
export type ErrorCode = v.InferOutput<typeof ErrorCode>;

/** RFC 9457 problem details; everything in it may be shown in a browser's console. */
export const Problem = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  code: ErrorCode,
  requestId: v.string(),
  detail: v.optional(v.string()),
});
export type Problem = v.InferOutput<typeof Problem>;
