/** For the host's own API: the same rule and the same cache that decide what the widget shows. */
import { createMiddleware } from 'hono/factory';
import type { Entitlements } from './entitlements.js';
import { ProxyError, toProblem } from './errors.js';
import type { Identify } from './identity.js';

/**
 * @returns `requireEntitlement(feature)`: Hono middleware that lets an entitled customer through and answers 401, 403
 * (`not_entitled`) or 503 (`access_unknown`: Chargebee cannot be asked) to everybody else.
 */
export function createRequireEntitlement({
  entitlements,
  identify,
}: {
  entitlements: Entitlements;
  identify: Identify;
}) {
  return function requireEntitlement(feature: string) {
    return createMiddleware(async function requireEntitlement(c, next) {
      const customer = await identify(c.req.raw);
      const code = customer ? refusal((await entitlements.check(customer, feature)).access) : 'unauthenticated';
      if (!code) return next();
      const problem = toProblem(new ProxyError(code), crypto.randomUUID());
      return c.body(JSON.stringify(problem), problem.status, { 'Content-Type': 'application/problem+json' });
    });
  };
}

function refusal(access: 'granted' | 'denied' | 'unknown') {
  if (access === 'granted') return undefined;
  return access === 'denied' ? 'not_entitled' : 'access_unknown';
}
