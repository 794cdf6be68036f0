/** Which customer and subscription a call is about, as far as the ids in its path and body tell. */
import type { HonoRequest } from 'hono';
import * as v from 'valibot';
import type { Fulfillments } from './fulfillments.js';
import type { Offers } from './offers.js';
import { operationOf } from './operation.js';
import { sentBody } from './sent-body.js';
import type { Subscriptions } from './subscriptions.js';

export interface CallSubject {
  readonly customer_id: string | undefined;
  readonly subscription_id: string | undefined;
}

export type SubjectOf = (request: HonoRequest) => Promise<CallSubject>;

interface Known {
  readonly subscriptions: Subscriptions;
  readonly offers: Offers;
  readonly fulfillments: Fulfillments;
}

const Ids = v.fallback(
  v.object({
    customer_id: v.optional(v.string()),
    subscription_id: v.optional(v.string()),
    personalized_offer_id: v.optional(v.string()),
    subscription: v.optional(v.object({ id: v.optional(v.string()) })),
  }),
  {},
);

export function callSubject({ subscriptions, offers, fulfillments }: Known): SubjectOf {
  return async function subjectOf(request) {
    const { name, id = '' } = operationOf(request.method, request.path);
    if (name === 'customer_entitlements') {
      return { customer_id: id, subscription_id: subscriptions.ofCustomer(id)[0] };
    }
    if (name === 'subscription_entitlements' || name === 'subscriptions')
      return { customer_id: subscriptions.customerOf(id), subscription_id: id };
    const body = await sentBody(request);
    const ids = v.parse(Ids, body);
    const subscriptionId = ids.subscription?.id;
    if (subscriptionId !== undefined) {
      return { customer_id: subscriptions.customerOf(subscriptionId), subscription_id: subscriptionId };
    }
    const offer = offers.get(ids.personalized_offer_id ?? '') ?? fulfillments.get(id)?.offer;
    return {
      customer_id: offer?.customer_id ?? ids.customer_id,
      subscription_id: offer?.subscription_id ?? ids.subscription_id,
    };
  };
}
