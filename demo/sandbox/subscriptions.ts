/**
 * Which customer a subscription belongs to. The sandbox has no list of either: every id exists, and it learns the pairs
 * from the requests for offers. Before the first request, and for requests without a subscription, the two ids are
 * assumed to differ only in their prefix: `cus_7` and `sub_7`.
 */
import type { Entitlement } from './entitlement-level.js';
import type { Treatment } from './scenario.js';
import type { Scenarios } from './scenarios.js';

export interface Subject {
  readonly customer_id: string;
  readonly subscription_id: string;
}

export interface Subscriptions {
  /** Remembers the pair. Without a subscription id it derives one from the customer's. */
  learn(customerId: string, subscriptionId?: string): Subject;
  customerOf(subscriptionId: string): string | undefined;
  /** Uses the subscription's id for the customer when the customer is unknown. */
  subjectOf(subscriptionId: string): Subject;
  treatmentOf(subscriptionId: string): Treatment;
  /** What the subscription is entitled to before any fulfillment. */
  initialEntitlements(subscriptionId: string): readonly Entitlement[];
}

export function createSubscriptions(scenarios: Scenarios): Subscriptions {
  const customers = new Map<string, string>();
  const customerOf = (subscriptionId: string) =>
    customers.get(subscriptionId) ??
    (subscriptionId.startsWith('sub_') ? subscriptionId.replace('sub_', 'cus_') : undefined);
  const treatmentOf = (subscriptionId: string) => scenarios.of(customerOf(subscriptionId) ?? subscriptionId);
  return {
    learn(customerId, subscriptionId = `sub_${customerId.replace(/^cus_/, '')}`) {
      customers.set(subscriptionId, customerId);
      return { customer_id: customerId, subscription_id: subscriptionId };
    },
    customerOf,
    subjectOf: (subscriptionId) => ({
      customer_id: customerOf(subscriptionId) ?? subscriptionId,
      subscription_id: subscriptionId,
    }),
    treatmentOf,
    initialEntitlements: (subscriptionId) => treatmentOf(subscriptionId).entitlements,
  };
}
