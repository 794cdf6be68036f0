/**
 * Protects hosts that identify the customer by a cookie from requests that another site's page makes in the customer's
 * name: a request that changes something must come from the app's own pages or from an allowed origin. Clients other than
 * browsers send neither `Origin` nor `Sec-Fetch-Site`, and carry no cookie of a customer.
 */
import type { HonoRequest } from 'hono';
import { createMiddleware } from 'hono/factory';
import { RequestError } from '../errors.js';

const REMEDY =
  'List the origin of the page in ALLOWED_ORIGINS. If the page has the address of the proxy, let your reverse proxy pass on the Host header, or send X-Forwarded-Host.';

/** @param sayRefused is told the origin of a page that may not act. */
export function browserOrigin(allowedOrigins: readonly string[], sayRefused: (origin: string) => void) {
  return createMiddleware(async function browserOrigin({ req }, next) {
    const origin = req.header('Origin');
    const isSafe = req.method === 'GET' || req.method === 'HEAD';
    const isAllowed = origin !== undefined && allowedOrigins.includes(origin);
    if (!isSafe && !isAllowed && !isOwn(req, origin)) {
      if (origin !== undefined) sayRefused(origin);
      throw new RequestError('wrong_origin', REMEDY);
    }
    await next();
  });
}

/**
 * A browser knows it best and says it, unless the page came over plain http or the browser is old (Safari before 16.4).
 * Then the page must have the address that the browser called.
 */
function isOwn(req: HonoRequest, origin: string | undefined): boolean {
  const site = req.header('Sec-Fetch-Site');
  if (site !== undefined) return site === 'same-origin' || (site === 'none' && origin === undefined);
  return origin === undefined || isCalled(req, origin);
}

/**
 * What a reverse proxy says of itself needs no setting that trusts it: a page of another origin cannot send these headers,
 * because the preflight refuses them, and no other client has a cookie to misuse. Without it, an https page may be in front of
 * this plain connection; the opposite is never so.
 */
function isCalled(req: HonoRequest, origin: string): boolean {
  const first = (header: string) => req.header(header)?.split(',')[0]?.trim();
  if (!URL.canParse(origin)) return false;
  const { protocol, host } = new URL(origin);
  const calledBy = first('X-Forwarded-Proto') ?? (req.url.startsWith('https:') ? 'https' : undefined);
  const called = `${protocol}//${first('X-Forwarded-Host') ?? req.header('Host')}`;
  return (
    (calledBy === undefined || protocol === `${calledBy.toLowerCase()}:`) &&
    URL.canParse(called) &&
    new URL(called).host === host
  );
}
