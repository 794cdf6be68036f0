/** Counts and logs every request once it is answered, so that the log tells why a customer saw what they saw. */
import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import { hash } from 'node:crypto';
import type { Counters } from '../counters.js';
import type { Customer } from '../customer.js';
import { RequestError } from '../errors.js';
import type { Log } from '../log.js';
import type { Env } from './env.js';

export function observe(log: Log, counters: Counters, now: () => number) {
  return createMiddleware<Env>(async function observe(c, next) {
    const startedAt = now();
    await next();
    const { method, path } = c.req;
    const { status } = c.res;
    counters.request({ method, route: routePath(c), status });
    // Only routes about a customer have one.
    const customer: Customer | undefined = c.get('customer');
    const code = c.error instanceof RequestError ? c.error.code : undefined;
    const facts = {
      ...c.get('facts'),
      ...(customer && { customer: pseudonym(customer) }),
      ...(customer?.preview && { preview: true }),
      ...(code && { code }),
    };
    log.info({ requestId: c.get('requestId'), method, path, status, ms: now() - startedAt, ...facts }, 'request');
  });
}

/** The id of a customer may be an e-mail address. With the id you find its lines: `printf %s cus_7 | sha256sum`. */
export function pseudonym({ customerId }: Pick<Customer, 'customerId'>): string {
  return hash('sha256', customerId).slice(0, 12);
}
