/** Answers about one customer must not be cached, neither by the browser nor by anything in between. */
import { createMiddleware } from 'hono/factory';

/** Set before the answer exists: a header that is set afterwards makes Hono build the answer a second time (4.13). */
export const neverStored = createMiddleware(function neverStored(c, next) {
  c.header('Cache-Control', 'no-store');
  return next();
});
