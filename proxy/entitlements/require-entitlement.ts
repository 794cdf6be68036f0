/** Guards routes of the host's own API by the same rule and the same cache that decide what the widget shows. */
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Identify } from '../customer.js';
import { RequestError } from '../errors.js';
import { createAnswer } from '../http/problem.js';
import type { Log } from '../log.js';
import type { Entitlements } from './entitlements.js';

/** How much of a quantity this request's customer has used up, in the feature's own unit. */
export type UsedBy = (c: Context) => number | Promise<number>;

/**
 * @returns `requireEntitlement(feature, usedBy?)`: Hono middleware that lets an entitled customer through and answers everybody
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
  async function refusal(c: Context, feature: string, usedBy?: UsedBy): Promise<RequestError | undefined> {
    try {
      const customer = await identify(c.req.raw);
      if (!customer) return new RequestError('unauthenticated');
      const { access } = await entitlements.check(customer, feature, await usedBy?.(c));
      if (access === 'granted') return undefined;
      return new RequestError(access === 'denied' ? 'not_entitled' : 'access_unknown');
    } catch (error) {
      if (error instanceof RequestError) return error;
      throw error;
    }
  }

  return function requireEntitlement(feature: string, usedBy?: UsedBy) {
    return createMiddleware(async function requireEntitlement(c, next) {
      const refused = await refusal(c, feature, usedBy);
      return refused ? answer(c, refused, crypto.randomUUID()) : next();
    });
  };
}
