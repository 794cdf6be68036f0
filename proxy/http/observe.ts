/** Counts and logs every request once it is answered, so that the log tells why a customer saw what they saw. */
import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import { hash } from 'node:crypto';
import type { Counters } from '../counters.js';
import type { Customer } from '../customer.js';
import { RequestError } from '../errors.js';
import type { Log } from '../log.js';
import type { Env } from './env.js';

/** A stranger's own word for a method makes no series of its own in the metrics. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export function observe(log: Log, counters: Counters, now: () => number) {
  return createMiddleware<Env>(async function observe(c, next) {
    const startedAt = now();
    await next();
    const { method, path } = c.req;
    const { status } = c.res;
    const tookMs = now() - startedAt;
    counters.request({ method: METHODS.has(method) ? method : 'other', route: routePath(c), status }, tookMs);
    // Only routes about a customer have one.
    const customer: Customer | undefined = c.get('customer');
    const code = c.error instanceof RequestError ? c.error.code : undefined;
    if (status === 401 && code) counters.refusal({ cause: code });
    const facts = {
      ...c.get('facts'),
      ...(customer && { customer: pseudonym(customer) }),
      ...(customer?.preview && { preview: true }),
      ...(code && { code }),
    };
    log.info({ requestId: c.get('requestId'), method, path, status, ms: tookMs, ...facts }, 'request');
  });
}

/** The id of a customer may be an e-mail address. With the id you find its lines: `printf %s cus_7 | sha256sum`. */
export function pseudonym({ customerId }: Pick<Customer, 'customerId'>): string {
  return hash('sha256', customerId).slice(0, 12);
}
