/**
 * So many calls a minute and no more, as Chargebee allows a site; both hosts of the site share it, which is an
 * assumption. A refused call does not count, which is another. Off until somebody sets a limit.
 */
import type { MiddlewareHandler } from 'hono';
import * as v from 'valibot';
import { ApiError, errorAnswer } from './api-error.js';

const WINDOW_MS = 60 * 1000;

export const RateLimit = v.strictObject({
  callsPerMinute: v.pipe(
    v.number('must be a number'),
    v.integer('must be a whole number'),
    v.minValue(0, 'cannot be negative'),
  ),
  /** Whether the refusal says when to come again; Chargebee does not always. */
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
      counted = counted.filter((each) => at < each + WINDOW_MS);
      if (!limit || counted.length < limit.callsPerMinute) {
        counted.push(at);
        return next();
      }
      // The call that has to leave the window before another one fits.
      const leaving = counted[counted.length - limit.callsPerMinute] ?? at;
      const seconds = Math.ceil((leaving + WINDOW_MS - at) / 1000);
      return errorAnswer(
        new ApiError('api_request_limit_exceeded', `More than ${limit.callsPerMinute} API calls in a minute`),
        limit.retryAfter ? { 'retry-after': String(seconds) } : {},
      );
    },
  };
}
