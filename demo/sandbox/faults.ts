/**
 * Faults on demand: they make the sandbox slow, unavailable or busy, make it answer with an edge server's HTML page or
 * with half an answer, or drop the connection. With `after` the work is done first and only the answer is lost; a client
 * cannot tell that from work that was not done. The customers of some scenarios get a fault at every call.
 */
import type { MiddlewareHandler } from 'hono';
import * as v from 'valibot';
import type { CallSubject, SubjectOf } from './call-subject.js';
import { Fault, isOffSpec } from './fault.js';
import { faultyAnswer } from './faulty-answer.js';
import { operationOf } from './operation.js';
import type { Scenarios } from './scenarios.js';

export interface Faults {
  add(fault: v.InferInput<typeof Fault>): void;
  clear(): void;
  inForce(): readonly Fault[];
  /** Whether a fault made the answer to this request off-spec on purpose. */
  isSpoiled(request: Request): boolean;
  readonly middleware: MiddlewareHandler;
}

export function createFaults(subjectOf: SubjectOf, scenarios: Scenarios): Faults {
  let faults: Fault[] = [];
  const spoiled = new WeakSet<Request>();

  const take = (operation: string, { customer_id, subscription_id }: CallSubject) => {
    const fault = faults.find(
      (each) => appliesTo(each, operation) && (each.customer_id === undefined || each.customer_id === customer_id),
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
    isSpoiled: (request) => spoiled.has(request),
    async middleware(c, next) {
      const fault = take(operationOf(c.req.method, c.req.path).name, await subjectOf(c.req));
      if (!fault) return next();
      if (isOffSpec(fault)) spoiled.add(c.req.raw);
      const isWorkDone = fault.after || fault.kind === 'half';
      if (isWorkDone) await next();
      if (fault.kind === 'slow') {
        await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
        if (!isWorkDone) await next();
        return;
      }
      const lost = isWorkDone ? c.res : undefined;
      c.res = undefined;
      c.res = faultyAnswer(fault, lost);
    },
  };
}

function appliesTo({ operation }: Fault, asked: string): boolean {
  return (
    operation === '*' || operation === asked || (operation === 'offer_fulfillments' && asked.startsWith(operation))
  );
}
