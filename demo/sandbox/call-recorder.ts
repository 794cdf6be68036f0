/** Middleware that writes down every API call, whatever became of it, and whom it was about where that can be known. */
import type { Context, MiddlewareHandler } from 'hono';
import * as v from 'valibot';
import type { Fulfillments } from './fulfillments.js';
import type { Offers } from './offers.js';
import { operationOf, type Operation } from './operation.js';
import type { Journal } from './records.js';
import type { Subscriptions } from './subscriptions.js';

export interface CallRecorderOptions {
  readonly now: () => number;
  readonly journal: Journal;
  readonly subscriptions: Subscriptions;
  readonly offers: Offers;
  readonly fulfillments: Fulfillments;
  readonly log: (line: string) => void;
}

const Ids = v.fallback(
  v.object({
    customer_id: v.optional(v.string()),
    subscription_id: v.optional(v.string()),
    personalized_offer_id: v.optional(v.string()),
  }),
  {},
);

export function callRecorder({ now, journal, log, ...known }: CallRecorderOptions): MiddlewareHandler {
  return async function recordCall(c, next) {
    const at = now();
    await next();
    const operation = operationOf(c.req.method, c.req.path);
    const body: unknown = await c.req.json().catch(() => undefined);
    const subject = subjectOf(operation, body, known);
    const { pathname, search } = new URL(c.req.url);
    journal.calls.push({
      at,
      operation: operation.name,
      method: c.req.method,
      path: pathname + search,
      status: c.res.status,
      ...subject,
      body,
      answer: await answerOf(c),
    });
    log(`${c.req.method} ${pathname}${search} ${c.res.status || 'dropped'} ${subject.customer_id ?? ''}`.trimEnd());
  };
}

type Known = Pick<CallRecorderOptions, 'subscriptions' | 'offers' | 'fulfillments'>;

function subjectOf({ name, id = '' }: Operation, body: unknown, { subscriptions, offers, fulfillments }: Known) {
  if (name === 'subscription_entitlements') return { customer_id: subscriptions.customerOf(id), subscription_id: id };
  const ids = v.parse(Ids, body);
  const offer = offers.get(ids.personalized_offer_id ?? '') ?? fulfillments.get(id)?.offer;
  return {
    customer_id: offer?.customer_id ?? ids.customer_id,
    subscription_id: offer?.subscription_id ?? ids.subscription_id,
  };
}

async function answerOf({ res }: Context): Promise<unknown> {
  return res.headers.get('content-type')?.startsWith('application/json') ? res.clone().json() : undefined;
}
