/**
 * Faults on demand: what makes the sandbox slow, down, busy, answer with an edge's HTML page, or say nothing at all.
 * With `after` the work is done first and only the answer is lost, which a client cannot tell from work not done.
 */
import type { MiddlewareHandler } from 'hono';
import { scheduler } from 'node:timers/promises';
import * as v from 'valibot';
import { ApiError, errorAnswer } from './api-error.js';
import { OPERATIONS, operationOf } from './operation.js';

export const Fault = v.strictObject({
  /** An operation by name, `*` for all. `offer_fulfillments` stands for creating, reading and updating alike. */
  operation: v.picklist(['*', ...OPERATIONS]),
  kind: v.picklist(['slow', 'unavailable', 'html', 'drop', 'busy']),
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
  add(fault: Fault): void;
  clear(): void;
  inForce(): readonly Fault[];
  readonly middleware: MiddlewareHandler;
}

const EDGE_PAGE = '<!doctype html><html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>';

export function createFaults(): Faults {
  let faults: Fault[] = [];

  const take = (operation: string) => {
    const fault = faults.find((each) => concerns(each, operation));
    if (fault?.times !== undefined) {
      const left = { ...fault, times: fault.times - 1 };
      faults = faults.flatMap((each) => (each !== fault ? [each] : left.times > 0 ? [left] : []));
    }
    return fault;
  };

  return {
    add: (fault) => void faults.push(fault),
    clear: () => void (faults = []),
    inForce: () => faults,
    async middleware(c, next) {
      const fault = take(operationOf(c.req.method, c.req.path).name);
      if (!fault) return next();
      if (fault.after) await next();
      if (fault.kind === 'slow') {
        await scheduler.wait(fault.delayMs);
        if (!fault.after) await next();
        return;
      }
      c.res = undefined;
      c.res = failure(fault.kind, fault.retryAfter);
    },
  };
}

function concerns({ operation }: Fault, asked: string): boolean {
  return (
    operation === '*' || operation === asked || (operation === 'offer_fulfillments' && asked.startsWith(operation))
  );
}

/** An error response is what `fetch` knows as a network failure; `listen.ts` makes a closed connection of it. */
function failure(kind: Exclude<Fault['kind'], 'slow'>, retryAfter: number | undefined): Response {
  switch (kind) {
    case 'unavailable':
      return errorAnswer(new ApiError('internal_temporary_error', 'Chargebee is down for a moment. Try again later'));
    case 'busy':
      return errorAnswer(
        new ApiError('api_request_limit_exceeded', 'Too many API calls. Wait a minute'),
        retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
      );
    case 'html':
      return new Response(EDGE_PAGE, { status: 502, headers: { 'content-type': 'text/html' } });
    case 'drop':
      return Response.error();
    default:
      return kind satisfies never;
  }
}
