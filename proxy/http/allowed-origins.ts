/** CORS for the pages that may call the proxy from another origin. */
import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';

/** https://www.w3.org/TR/trace-context and /baggage: what tracing scripts of a page add to its requests. */
const TRACING_HEADERS = ['traceparent', 'tracestate', 'baggage'];

/**
 * Hono's own middleware answers the preflights only. On other requests it sets headers after the answer exists, and Hono
 * then builds each answer a second time (4.13).
 */
export function allowedOrigins(origins: readonly string[], otherHeaders: readonly string[]) {
  const allowHeaders = ['Authorization', 'Content-Type', ...TRACING_HEADERS, ...otherHeaders];
  const preflight = cors({ origin: [...origins], allowHeaders, maxAge: 600 });
  return createMiddleware(function allowedOrigins(c, next) {
    if (c.req.method === 'OPTIONS') return preflight(c, next);
    const origin = c.req.header('Origin');
    if (origin !== undefined && origins.includes(origin)) {
      c.header('Access-Control-Allow-Origin', origin);
      c.header('Access-Control-Expose-Headers', 'X-Request-Id,Retry-After');
    }
    c.header('Vary', 'Origin');
    return next();
  });
}
