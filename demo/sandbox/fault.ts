/** One fault: what goes wrong, for which operation and which customer, and how often. `faults.ts` applies it. */
import * as v from 'valibot';
import { API_ERROR_CODES } from './api-error.js';
import { OPERATIONS } from './operation.js';
import { oneOf } from './one-of.js';

/**
 * `refused` answers with the Chargebee error code that `code` names; `error`, `unavailable` and `busy` are short for
 * three of them.
 */
const KINDS_OF_CHARGEBEE = ['slow', 'refused', 'error', 'unavailable', 'busy'] as const;

/** Off-spec on purpose: what a broken network, an edge server or a bug of Chargebee would send. */
const OFF_SPEC_KINDS = ['html', 'drop', 'empty', 'half', 'null', 'text'] as const;

export const FAULT_KINDS = [...KINDS_OF_CHARGEBEE, ...OFF_SPEC_KINDS] as const;

export const Fault = v.pipe(
  v.strictObject({
    /** The name of an operation, or `*` for all. `offer_fulfillments` covers creating, reading and updating. */
    operation: oneOf(['*', ...OPERATIONS]),
    kind: oneOf(FAULT_KINDS),
    /** The error code, for `refused`. */
    code: v.optional(oneOf(API_ERROR_CODES)),
    /** The message for developers, for `refused`, where a test needs one of its own. */
    message: v.optional(v.string('must be text')),
    /** The status of the page, for `html`: edge servers answer 404 for a site that does not exist, too. */
    status: v.optional(v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599)), 502),
    /** Only calls about this customer. */
    customer_id: v.optional(v.pipe(v.string(), v.nonEmpty('cannot be empty'))),
    /** How many calls fail; without it, every call until the fault is deleted. */
    times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    /** How late a `slow` answer is. */
    delayMs: v.optional(v.pipe(v.number(), v.minValue(0)), 2000),
    /**
     * For `busy` and `refused`: seconds; without it the answer has no Retry-After. Text is sent as it is, such as an HTTP
     * date, which Chargebee does not send.
     */
    retryAfter: v.optional(
      v.union([v.pipe(v.number(), v.integer(), v.minValue(0)), v.string()], 'must be seconds or text'),
    ),
    /** The work is done first, and only the answer is lost. */
    after: v.optional(v.boolean(), false),
  }),
  v.forward(
    v.check(
      ({ kind, code }) => (kind === 'refused') === (code !== undefined),
      'must be given for "refused", and only then',
    ),
    ['code'],
  ),
);
export type Fault = v.InferOutput<typeof Fault>;

/** Whether the answer is meant to be one that Chargebee's documents do not have. */
export function isOffSpec({ kind, retryAfter }: Fault): boolean {
  return OFF_SPEC_KINDS.some((each) => each === kind) || typeof retryAfter === 'string';
}
