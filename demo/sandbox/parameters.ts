/**
 * The parameters of each operation, with the limits of Chargebee's OpenAPI document, and how they are read from a
 * request. Parameters that Chargebee does not know are ignored. All `read…` functions and `checked` throw an `ApiError`
 * for the first parameter that is wrong.
 */
import type { HonoRequest } from 'hono';
import * as v from 'valibot';
import { ApiError } from './api-error.js';
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

/** The `id` in the body repeats the one in the path. Chargebee's SDKs send it, its tutorial does not; it is not read. */
export const FulfillmentReportParameters = v.variant(
  'status',
  [
    v.object({ status: v.literal('completed') }),
    v.object({ status: v.literal('failed'), failure_reason: filled(100) }),
  ],
  'must be one of completed, failed',
);
export type FulfillmentReportParameters = v.InferOutput<typeof FulfillmentReportParameters>;

const LIMIT = 'must be a whole number from 1 to 100';

export const ListParameters = v.object({
  limit: v.optional(
    v.pipe(v.string(), v.digits(LIMIT), v.transform(Number), v.minValue(1, LIMIT), v.maxValue(100, LIMIT)),
    '10',
  ),
  offset: v.optional(filled(1000)),
});
export type ListParameters = v.InferOutput<typeof ListParameters>;

/** The body of a POST. JSON only: Chargebee's SDKs and tutorials send nothing else for these operations. */
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
    throw new ApiError(
      'invalid_request',
      `The sandbox takes Content-Type: application/json only; this was ${contentType}`,
    );
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
  return v.pipe(v.string('must be a string'), v.maxLength(limit, `cannot be longer than ${limit} characters`));
}

function filled(limit: number) {
  return v.pipe(text(limit), v.nonEmpty('cannot be blank'));
}

function optionalText(limit: number) {
  return v.optional(text(limit));
}

/** Names nested parameters as Chargebee's form encoding does: `request_context[url]`. */
function paramName(issue: v.BaseIssue<unknown>): string {
  const [first, ...rest] = (issue.path ?? []).map((item) => String(item.key));
  return `${first ?? 'body'}${rest.map((key) => `[${key}]`).join('')}`;
}
