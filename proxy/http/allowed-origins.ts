/** CORS for the pages that may call the proxy from another origin. */
import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';

/**
 * Hono's own middleware answers the preflights only. On other requests it sets headers after the answer exists, and Hono
 * then builds each answer a second time (4.13).
 */
export function allowedOrigins(origins: readonly string[]) {
  const preflight = cors({ origin: [...origins], allowHeaders: ['Authorization', 'Content-Type'], maxAge: 600 });
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
