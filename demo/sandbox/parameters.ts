/**
 * The parameters of each operation, with the limits of Chargebee's OpenAPI document, and how they are read from a
 * request. Parameters that Chargebee does not know are ignored. All `read…` functions and `checked` throw an `ApiError`
 * for the first parameter that is wrong. A header or id in the path that is too long is refused too.
 */
import type { HonoRequest } from 'hono';
import * as v from 'valibot';
import { ApiError } from './api-error.js';
import { atMost } from './at-most.js';
import { formAsObject } from './form-body.js';
import { oneOf } from './one-of.js';

export const PersonalizedOffersParameters = v.object({
  customer_id: filled(50),
  subscription_id: v.optional(filled(50)),
  first_name: optionalText(150),
  last_name: optionalText(150),
  email: v.optional(v.pipe(text(70), v.email('must be an email address'))),
  roles: v.optional(v.array(text(50), 'must be a list of strings')),
  external_user_id: optionalText(50),
  custom: v.optional(v.record(v.string(), v.unknown(), 'must be an object')),
  request_context: v.optional(
    v.object(
      {
        user_agent: optionalText(255),
        locale: optionalText(50),
        timezone: optionalText(64),
        url: optionalText(250),
        referrer_url: optionalText(250),
      },
      'must be an object',
    ),
  ),
});
export type PersonalizedOffersParameters = v.InferOutput<typeof PersonalizedOffersParameters>;

export const OfferEventParameters = v.object({
  personalized_offer_id: filled(50),
  type: oneOf(['viewed', 'dismissed']),
});
export type OfferEventParameters = v.InferOutput<typeof OfferEventParameters>;

export const OfferFulfillmentParameters = v.object({ personalized_offer_id: filled(50), option_id: filled(50) });
export type OfferFulfillmentParameters = v.InferOutput<typeof OfferFulfillmentParameters>;

/** The `id` in the body repeats the one in the path. Chargebee's SDKs send it, its tutorial does not; it is not used. */
export const FulfillmentReportParameters = v.variant(
  'status',
  [
    v.object({ status: v.literal('completed'), id: optionalText(50), failure_reason: optionalText(100) }),
    v.object({ status: v.literal('failed'), id: optionalText(50), failure_reason: filled(100) }),
  ],
  'must be one of completed, failed',
);
export type FulfillmentReportParameters = v.InferOutput<typeof FulfillmentReportParameters>;

const QUANTITY = 'must be a whole number';

/** Of "Estimate for updating a subscription", as far as the sandbox goes by them. A form has its numbers as text. */
export const SubscriptionEstimateParameters = v.object({
  subscription: v.object({ id: filled(50) }, 'must be an object'),
  subscription_items: v.optional(
    v.array(
      v.object({
        item_price_id: filled(100),
        quantity: v.optional(
          v.pipe(v.union([v.string(), v.number()]), v.transform(Number), v.integer(QUANTITY), v.minValue(0, QUANTITY)),
          1,
        ),
      }),
      'must be a list',
    ),
    [],
  ),
});
export type SubscriptionEstimateParameters = v.InferOutput<typeof SubscriptionEstimateParameters>;

const LIMIT = 'must be a whole number from 1 to 100';

export const ListParameters = v.object({
  limit: v.optional(
    v.pipe(v.string(), v.digits(LIMIT), v.transform(Number), v.minValue(1, LIMIT), v.maxValue(100, LIMIT)),
    '10',
  ),
  offset: v.optional(filled(1000)),
});
export type ListParameters = v.InferOutput<typeof ListParameters>;

export const CustomerListParameters = v.object({
  ...ListParameters.entries,
  consolidate_entitlements: v.optional(oneOf(['true', 'false']), 'false'),
});
export type CustomerListParameters = v.InferOutput<typeof CustomerListParameters>;

/** The ids in the paths of Growth and Billing. Those of hosted pages may have 70 characters. */
export const PathId = v.object({ id: filled(50) });
export const HostedPagePathId = v.object({ id: filled(70) });

const Headers = v.object({
  'chargebee-business-entity-id': optionalText(50),
  'chargebee-idempotency-key': optionalText(100),
});

/**
 * The parameters of a call of Chargebee's API, as JSON or form-encoded: Chargebee's OpenAPI document describes the second,
 * its SDKs and tutorials send the first.
 */
export async function readParameters<Schema extends v.GenericSchema>(
  request: HonoRequest,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  checked(request.header(), Headers);
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.header('content-type') ?? '')) {
    return readBody(request, schema);
  }
  return checked(formAsObject(new URLSearchParams(await request.text())), schema);
}

/** The body of a POST to the sandbox's own routes. JSON only: a page on another site cannot send it unasked. */
export async function readBody<Schema extends v.GenericSchema>(
  request: HonoRequest,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const body = await readJson(request);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ApiError('invalid_request', 'The body is not a JSON object');
  }
  return checked(body, schema);
}

export async function readJson(request: HonoRequest): Promise<unknown> {
  const contentType = request.header('content-type') ?? 'none';
  if (!/^application\/json\s*(;|$)/i.test(contentType)) {
    throw new ApiError('invalid_request', `Content-Type must be application/json; this was ${contentType}`);
  }
  return request.json().catch(() => {
    throw new ApiError('invalid_request', 'The body is not JSON');
  });
}

export function readQuery<Schema extends v.GenericSchema>(request: HonoRequest, schema: Schema): v.InferOutput<Schema> {
  return checked(request.query(), schema);
}

export function checked<Schema extends v.GenericSchema>(input: unknown, schema: Schema): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const param = paramName(issue);
  throw new ApiError(
    'param_wrong_value',
    `${param} : ${issue.received === 'undefined' ? 'cannot be blank' : issue.message}`,
    param,
  );
}

function text(limit: number) {
  return v.pipe(v.string('must be a string'), atMost(limit));
}

function filled(limit: number) {
  return v.pipe(text(limit), v.nonEmpty('cannot be blank'));
}

function optionalText(limit: number) {
  return v.optional(text(limit));
}

/** Names nested parameters as Chargebee's form encoding does: `request_context[url]`, `subscription_items[item_price_id][0]`. */
function paramName(issue: v.BaseIssue<unknown>): string {
  const [first = 'body', ...rest] = (issue.path ?? []).map((item) => String(item.key));
  const isIndex = (key: string) => /^\d+$/.test(key);
  const keys = [...rest.filter((key) => !isIndex(key)), ...rest.filter(isIndex)];
  return `${first}${keys.map((key) => `[${key}]`).join('')}`;
}
