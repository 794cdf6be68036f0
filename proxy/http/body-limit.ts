/**
 * Refuses a body that is too large before it is read. Hono's own middleware (4.13) knows that a declared length is enough,
 * but looks at `raw.body` first. With `@hono/node-server` (2.1) that opens the body as a stream, and a small POST then costs
 * four times as much. So Hono's runs only for bodies without a declared length. It reads them to their end, which may never come.
 */
import { bodyLimit as countBytes } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { RequestError } from '../errors.js';
import { arrived } from './arrival.js';

export function bodyLimit(maxBytes: number) {
  const counted = countBytes({ maxSize: maxBytes, onError: tooLarge });
  return createMiddleware(async function bodyLimit(c, next) {
    const length = c.req.header('Content-Length');
    if (length === undefined || c.req.header('Transfer-Encoding') !== undefined) {
      await arrived(counted(c, async () => {}));
    } else if (Number(length) > maxBytes) {
      tooLarge();
    }
    await next();
  });
}

function tooLarge(): never {
  throw new RequestError('too_large');
}
