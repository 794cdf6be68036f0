/**
 * A limit on calls per minute, as Chargebee has one per site. Off until somebody sets it. Assumed: both hosts of the
 * site share the limit, and a refused call does not count.
 */
import type { MiddlewareHandler } from 'hono';
import * as v from 'valibot';
import { ApiError, errorAnswer } from './api-error.js';
import { MINUTE_MS } from './durations.js';

export const RateLimit = v.strictObject({
  callsPerMinute: v.pipe(
    v.number('must be a number'),
    v.integer('must be a whole number'),
    v.minValue(0, 'cannot be negative'),
  ),
  /** Whether a 429 has Retry-After; Chargebee does not always send it. */
  retryAfter: v.optional(v.boolean('must be true or false'), true),
});
export type RateLimit = v.InferOutput<typeof RateLimit>;

export interface RateLimiter {
  current(): RateLimit | undefined;
  set(limit: v.InferInput<typeof RateLimit>): void;
  lift(): void;
  readonly middleware: MiddlewareHandler;
}

export function createRateLimit(now: () => number, initial?: v.InferInput<typeof RateLimit>): RateLimiter {
  let limit = initial && v.parse(RateLimit, initial);
  let counted: number[] = [];

  return {
    current: () => limit,
    set: (wanted) => void (limit = v.parse(RateLimit, wanted)),
    lift: () => void (limit = undefined),
    async middleware(_, next) {
      const at = now();
      counted = counted.filter((each) => at < each + MINUTE_MS);
      if (!limit || counted.length < limit.callsPerMinute) {
        counted.push(at);
        return next();
      }
      // The next call fits once this one has left the window.
      const leaving = counted[counted.length - limit.callsPerMinute] ?? at;
      const seconds = Math.ceil((leaving + MINUTE_MS - at) / 1000);
      return errorAnswer(
        new ApiError('api_request_limit_exceeded', `More than ${limit.callsPerMinute} API calls in a minute`),
        limit.retryAfter ? { 'retry-after': String(seconds) } : {},
      );
    },
  };
}
