/** One fault: what goes wrong, for which operation and which customer, and how often. `faults.ts` applies it. */
import * as v from 'valibot';
import { OPERATIONS } from './operation.js';
import { oneOf } from './one-of.js';

export const FAULT_KINDS = ['slow', 'error', 'unavailable', 'html', 'busy', 'drop', 'empty', 'half'] as const;

export const Fault = v.strictObject({
  /** The name of an operation, or `*` for all. `offer_fulfillments` covers creating, reading and updating. */
  operation: oneOf(['*', ...OPERATIONS]),
  kind: oneOf(FAULT_KINDS),
  /** Only calls about this customer. */
  customer_id: v.optional(v.pipe(v.string(), v.nonEmpty('cannot be empty'))),
  /** How many calls fail; without it, every call until the fault is deleted. */
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** How late a `slow` answer is. */
  delayMs: v.optional(v.pipe(v.number(), v.minValue(0)), 2000),
  /** Seconds, for `busy`; without it the answer has no Retry-After. */
  retryAfter: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** The work is done first, and only the answer is lost. */
  after: v.optional(v.boolean(), false),
});
export type Fault = v.InferOutput<typeof Fault>;
