/** CORS for the pages that may call the proxy from another origin. */
import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';

/** https://www.w3.org/TR/trace-context and /baggage: what tracing scripts of a page add to its requests. */
const TRACING_HEADERS = ['traceparent', 'tracestate', 'baggage'];

/**
 * Hono's own middleware answers the preflights only. On other requests it sets headers after the answer exists, and Hono
 * then builds each answer a second time (4.13).
 * @param sayRefused is told the origin of a page that may not call.
 */
export function allowedOrigins(
  origins: readonly string[],
  otherHeaders: readonly string[],
  sayRefused: (origin: string) => void,
) {
  const allowHeaders = ['Authorization', 'Content-Type', ...TRACING_HEADERS, ...otherHeaders];
  const preflight = cors({ origin: [...origins], allowHeaders, maxAge: 600 });
  return createMiddleware(function allowedOrigins(c, next) {
    const origin = c.req.header('Origin');
    const isAllowed = origin !== undefined && origins.includes(origin);
    if (c.req.method === 'OPTIONS') {
      // No browser asks before it calls its own origin.
      if (origin !== undefined && !isAllowed) sayRefused(origin);
      return preflight(c, next);
    }
    if (isAllowed) {
      c.header('Access-Control-Allow-Origin', origin);
      c.header('Access-Control-Expose-Headers', 'X-Request-Id,Retry-After');
    }
    c.header('Vary', 'Origin');
    return next();
  });
}
