/**
 * Keeps one user from taking the capacity of all the others. It counts people, because hundreds of colleagues may share a
 * customer. If the app does not say who is signed in, only the customer is known, and its limit is for all of them together.
 * It counts per instance and is not a quota.
 */
import { rateLimiter } from 'hono-rate-limiter';
import { RATE_WINDOW_MS, REQUESTS_PER_CUSTOMER_AND_MINUTE, REQUESTS_PER_USER_AND_MINUTE } from '../constants.js';
import { RequestError } from '../errors.js';
import type { Env } from './env.js';

/** Runs behind `identified`. */
export function rateLimit() {
  return rateLimiter<Env>({
    windowMs: RATE_WINDOW_MS,
    limit: (c) => (c.get('customer').userId ? REQUESTS_PER_USER_AND_MINUTE : REQUESTS_PER_CUSTOMER_AND_MINUTE),
    standardHeaders: false,
    keyGenerator(c) {
      const { customerId, userId = '', preview = false } = c.get('customer');
      return JSON.stringify([customerId, userId, preview]);
    },
    handler: () => {
      throw new RequestError('too_many_requests', undefined, { retryAfterMs: RATE_WINDOW_MS });
    },
  });
}
