/**
 * Refuses a body that is too large before anybody reads it. A declared length is enough to know: every HTTP server holds
 * the sender to it. Only what comes without one is counted as it comes, since to open a body as a stream costs more than
 * the whole of an answer from the store.
 */
import { bodyLimit as countBytes } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { ProxyError } from '../errors.js';

export function bodyLimit(maxSize: number) {
  const counted = countBytes({ maxSize, onError: tooLarge });
  return createMiddleware(async function bodyLimit(c, next) {
    const length = c.req.header('Content-Length');
    if (length === undefined || c.req.header('Transfer-Encoding') !== undefined) return counted(c, next);
    if (Number(length) > maxSize) tooLarge();
    await next();
  });
}

function tooLarge(): never {
  throw new ProxyError('too_large');
}
