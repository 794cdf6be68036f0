/** Guards routes of the host's own API by the same rule and the same cache that decide what the widget shows. */
import type { Identify } from '../customer.js';
import { RequestError } from '../errors.js';
import { withoutBody, type NodeRequest, type NodeResponse } from '../http/node-request.js';
import { createAnswer, type ProblemAnswer } from '../http/problem.js';
import type { Log } from '../log.js';
import type { Entitlements } from './entitlements.js';

/** Of Hono's `Context`, whose type not every host has installed. */
export interface HonoContext {
  readonly req: { readonly raw: Request };
  body(text: string, status: number, headers: Record<string, string>): Response;
}

/** A guard of the host's own routes: middleware of Express and of Hono, which call it in their own ways. */
export interface EntitlementGuard<Asked = unknown> {
  (request: Asked & NodeRequest, response: NodeResponse, next: NodeNext): void;
  (c: Asked & HonoContext, next: HonoNext): Promise<Response | undefined>;
}

/** How much of a quantity is used up, in the feature's own unit, by the customer of Express's `request` or Hono's `c`. */
export type UsedBy<Asked> = (asked: Asked) => number | Promise<number>;

/**
 * @returns `requireEntitlement(feature, usedBy?)`: middleware that lets an entitled customer through and answers everybody
 * else 401, 403 (`not_entitled`) or 503 (`access_unknown`: Chargebee does not answer).
 */
export function createRequireEntitlement({
  entitlements,
  identify,
  log,
}: {
  entitlements: Pick<Entitlements, 'check'>;
  identify: Identify;
  log: Log;
}) {
  const answer = createAnswer(log);

  async function refusal(
    request: Request,
    feature: string,
    used: () => number | Promise<number> | undefined,
  ): Promise<ProblemAnswer | undefined> {
    try {
      const customer = await identify(request);
      if (!customer) throw new RequestError('unauthenticated');
      const { access } = await entitlements.check(customer, feature, await used());
      if (access === 'granted') return undefined;
      throw new RequestError(access === 'denied' ? 'not_entitled' : 'access_unknown');
    } catch (error) {
      if (error instanceof RequestError) return answer(error, crypto.randomUUID());
      throw error;
    }
  }

  return function requireEntitlement<Asked extends NodeRequest | HonoContext>(
    feature: string,
    usedBy?: UsedBy<Asked>,
  ): EntitlementGuard<Asked> {
    function guard(request: Asked & NodeRequest, response: NodeResponse, next: NodeNext): void;
    function guard(c: Asked & HonoContext, next: HonoNext): Promise<Response | undefined>;
    function guard(asked: Asked, second: NodeResponse | HonoNext, next?: NodeNext) {
      const refusalOf = (request: Request) => refusal(request, feature, () => usedBy?.(asked));
      if (isHono(asked)) return typeof second === 'function' ? guardHono(asked, second, refusalOf) : undefined;
      return typeof second === 'object' && next ? guardNode(asked, second, next, refusalOf) : undefined;
    }
    return guard;
  };
}

/** Fastify's takes errors only. */
type NodeNext = (error?: Error) => void;
type HonoNext = () => Promise<void>;
/** @returns the answer to a request that is refused, or undefined. */
type RefusalOf = (request: Request) => Promise<ProblemAnswer | undefined>;

function isHono(asked: NodeRequest | HonoContext): asked is HonoContext {
  return !('headers' in asked);
}

async function guardHono(c: HonoContext, next: HonoNext, refusalOf: RefusalOf): Promise<Response | undefined> {
  const refused = await refusalOf(c.req.raw);
  if (refused) return c.body(refused.body, refused.status, refused.headers);
  await next();
  return undefined;
}

/** Express 4 forgets rejected promises, so whatever fails goes to `next`. */
async function guardNode(request: NodeRequest, response: NodeResponse, next: NodeNext, refusalOf: RefusalOf) {
  try {
    const refused = await refusalOf(withoutBody(request));
    if (!refused) return next();
    response.writeHead(refused.status, refused.headers);
    response.end(refused.body);
  } catch (error) {
    next(error instanceof Error ? error : new Error(String(error)));
  }
}
