/**
 * Faults on demand: what makes the sandbox slow, down, busy, answer with an edge's HTML page, with half of an answer, or
 * say nothing at all. With `after` the work is done first and only the answer is lost, which a client cannot tell from
 * work not done. The customers of some scenarios meet one at every call.
 */
import type { MiddlewareHandler } from 'hono';
import { scheduler } from 'node:timers/promises';
import * as v from 'valibot';
import type { CallSubject, SubjectOf } from './call-subject.js';
import { faultyAnswer } from './faulty-answer.js';
import { OPERATIONS, operationOf } from './operation.js';
import type { Scenarios } from './scenarios.js';

export const FAULT_KINDS = ['slow', 'error', 'unavailable', 'html', 'busy', 'drop', 'empty', 'half'] as const;

export const Fault = v.strictObject({
  /** An operation by name, `*` for all. `offer_fulfillments` stands for creating, reading and updating alike. */
  operation: v.picklist(['*', ...OPERATIONS], `must be one of *, ${OPERATIONS.join(', ')}`),
  kind: v.picklist(FAULT_KINDS, `must be one of ${FAULT_KINDS.join(', ')}`),
  /** Only calls about this customer. */
  customer_id: v.optional(v.pipe(v.string(), v.nonEmpty('cannot be empty'))),
  /** How many calls it meets; without it, every call until it is deleted. */
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** How late a `slow` answer is. */
  delayMs: v.optional(v.pipe(v.number(), v.minValue(0)), 2000),
  /** Seconds, for `busy`; without it the answer has no Retry-After. */
  retryAfter: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  after: v.optional(v.boolean(), false),
});
export type Fault = v.InferOutput<typeof Fault>;

export interface Faults {
  add(fault: v.InferInput<typeof Fault>): void;
  clear(): void;
  inForce(): readonly Fault[];
  readonly middleware: MiddlewareHandler;
}

export function createFaults(subjectOf: SubjectOf, scenarios: Scenarios): Faults {
  let faults: Fault[] = [];

  const take = (operation: string, { customer_id, subscription_id }: CallSubject) => {
    const fault = faults.find(
      (each) => concerns(each, operation) && (each.customer_id === undefined || each.customer_id === customer_id),
    );
    if (fault?.times !== undefined) {
      const left = { ...fault, times: fault.times - 1 };
      faults = faults.flatMap((each) => (each !== fault ? [each] : left.times > 0 ? [left] : []));
    }
    return fault ?? scenarios.of(customer_id ?? subscription_id ?? '').fault;
  };

  return {
    add: (fault) => void faults.push(v.parse(Fault, fault)),
    clear: () => void (faults = []),
    inForce: () => faults,
    async middleware(c, next) {
      const fault = take(operationOf(c.req.method, c.req.path).name, await subjectOf(c.req));
      if (!fault) return next();
      const isWorkDone = fault.after || fault.kind === 'half';
      if (isWorkDone) await next();
      if (fault.kind === 'slow') {
        await scheduler.wait(fault.delayMs);
        if (!isWorkDone) await next();
        return;
      }
      const lost = isWorkDone ? c.res : undefined;
      c.res = undefined;
      c.res = faultyAnswer(fault, lost);
    },
  };
}

function concerns({ operation }: Fault, asked: string): boolean {
  return (
    operation === '*' || operation === asked || (operation === 'offer_fulfillments' && asked.startsWith(operation))
  );
}
