/** Counts and logs every request once it is answered. */
import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import type { Counters } from '../counters.js';
import type { Log } from '../log.js';
import type { Env } from './env.js';

export function observe(log: Log, counters: Counters, now: () => number) {
  return createMiddleware<Env>(async function observe(c, next) {
    const startedAt = now();
    await next();
    const { method, path } = c.req;
    const { status } = c.res;
    counters.request({ method, route: routePath(c), status });
    log.info({ requestId: c.get('requestId'), method, path, status, ms: now() - startedAt }, 'request');
  });
}
