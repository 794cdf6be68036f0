/** CORS for the pages that may call the proxy from another origin. */
import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import { ORIGINS_SAID } from '../constants.js';
import type { Log } from '../log.js';

/** https://www.w3.org/TR/trace-context and /baggage: what tracing scripts of a page add to its requests. */
const TRACING_HEADERS = ['traceparent', 'tracestate', 'baggage'];

/**
 * Hono's own middleware answers the preflights only. On other requests it sets headers after the answer exists, and Hono
 * then builds each answer a second time (4.13).
 */
export function allowedOrigins(origins: readonly string[], otherHeaders: readonly string[], log: Log) {
  const sayRefused = createRefusalLog(log);
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

/** Once for each origin, as far as it goes: anybody can send any. */
function createRefusalLog(log: Log) {
  const said = new Set<string>();
  return function sayRefused(origin: string): void {
    if (said.has(origin) || said.size >= ORIGINS_SAID) return;
    said.add(origin);
    log.warn(
      { origin },
      'Refused the pages of an origin that is not in ALLOWED_ORIGINS: add it if it is yours. This is said once.',
    );
  };
}
