/**
 * Protects hosts that identify the customer by a cookie from requests that another site's page makes in the customer's
 * name: a request that changes something must come from the app's own pages or from an allowed origin. Clients other than
 * browsers send neither `Origin` nor `Sec-Fetch-Site`, and carry no cookie of a customer.
 */
import { createMiddleware } from 'hono/factory';
import { RequestError } from '../errors.js';

export function browserOrigin(allowedOrigins: readonly string[]) {
  return createMiddleware(async function browserOrigin(c, next) {
    const origin = c.req.header('Origin');
    const site = c.req.header('Sec-Fetch-Site');
    const isOwn = origin !== undefined && URL.canParse(origin) && new URL(origin).host === c.req.header('Host');
    const isAllowed = origin !== undefined && allowedOrigins.includes(origin);
    const isSafe = c.req.method === 'GET' || c.req.method === 'HEAD';
    const isForeign = origin !== undefined || (site !== undefined && site !== 'same-origin' && site !== 'none');
    if (!isSafe && site !== 'same-origin' && isForeign && !isOwn && !isAllowed) throw new RequestError('wrong_origin');
    await next();
  });
}
