/** Guards routes of the host's own API by the same rule and the same cache that decide what the widget shows. */
import { createMiddleware } from 'hono/factory';
import type { Identify } from '../customer.js';
import { RequestError } from '../errors.js';
import { createAnswer } from '../http/problem.js';
import type { Log } from '../log.js';
import type { Entitlements } from './entitlements.js';

/**
 * @returns `requireEntitlement(feature)`: Hono middleware that lets an entitled customer through and answers everybody
 * else 401, 403 (`not_entitled`) or 503 (`access_unknown`: Chargebee does not answer).
 */
export function createRequireEntitlement({
  entitlements,
  identify,
  log,
}: {
  entitlements: Entitlements;
  identify: Identify;
  log: Log;
}) {
  const answer = createAnswer(log);

  /** @returns why the request is refused, or undefined. */
  async function refusal(request: Request, feature: string): Promise<RequestError | undefined> {
    try {
      const customer = await identify(request);
      if (!customer) return new RequestError('unauthenticated');
      const { access } = await entitlements.check(customer, feature);
      if (access === 'granted') return undefined;
      return new RequestError(access === 'denied' ? 'not_entitled' : 'access_unknown');
    } catch (error) {
      if (error instanceof RequestError) return error;
      throw error;
    }
  }

  return function requireEntitlement(feature: string) {
    return createMiddleware(async function requireEntitlement(c, next) {
      const refused = await refusal(c.req.raw, feature);
      return refused ? answer(c, refused, crypto.randomUUID()) : next();
    });
  };
}
