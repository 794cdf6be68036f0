/** Keeps one customer from taking the capacity of all the others. It counts per instance and is not a quota. */
import { rateLimiter } from 'hono-rate-limiter';
import { RATE_WINDOW_MS, REQUESTS_PER_CUSTOMER_AND_MINUTE } from '../constants.js';
import { RequestError } from '../errors.js';
import type { Env } from './env.js';

/** Runs behind `identified`. */
export function rateLimit() {
  return rateLimiter<Env>({
    windowMs: RATE_WINDOW_MS,
    limit: REQUESTS_PER_CUSTOMER_AND_MINUTE,
    standardHeaders: false,
    keyGenerator: (c) => c.get('customer').customerId,
    handler: () => {
      throw new RequestError('too_many_requests', undefined, { retryAfterMs: RATE_WINDOW_MS });
    },
  });
}
