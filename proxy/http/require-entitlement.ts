/** For the host's own API: the same rule and the same cache that decide what the widget shows. */
import { createMiddleware } from 'hono/factory';
import type { Entitlements } from '../entitlements/entitlements.js';
import { ProxyError, toProblem } from '../errors.js';
import type { Identify } from '../identity/identity.js';

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
  async function refuse(request: Request, feature: string): Promise<ProxyError | undefined> {
    try {
      const customer = await identify(request);
      if (!customer) return new ProxyError('unauthenticated');
      const { access } = await entitlements.check(customer, feature);
      if (access === 'granted') return undefined;
      return new ProxyError(access === 'denied' ? 'not_entitled' : 'access_unknown');
    } catch (error) {
      if (error instanceof ProxyError) return error;
      throw error;
    }
  }

  return function requireEntitlement(feature: string) {
    return createMiddleware(async function requireEntitlement(c, next) {
      const refusal = await refuse(c.req.raw, feature);
      if (!refusal) return next();
      const problem = toProblem(refusal, crypto.randomUUID());
      return c.body(JSON.stringify(problem), problem.status, { 'Content-Type': 'application/problem+json' });
    });
  };
}
