/**
 * Which customer a subscription belongs to. The sandbox has no list of either: every id exists, and who belongs together
 * is learned from the requests for offers. Before the first of them, and for requests without a subscription, the two
 * ids are taken to differ in their prefix only: `cus_7` and `sub_7`.
 */
import type { Entitlement } from './entitlement-level.js';
import type { Scenarios, Treatment } from './scenarios.js';

export interface Subject {
  readonly customer_id: string;
  readonly subscription_id: string;
}

export interface Subscriptions {
  /** Remembers the pair, and names the subscription when the request did not. */
  learn(customerId: string, subscriptionId?: string): Subject;
  customerOf(subscriptionId: string): string | undefined;
  /** The customer's id is the subscription's where nothing else is known. */
  subjectOf(subscriptionId: string): Subject;
  treatmentOf(subscriptionId: string): Treatment;
  /** What it is entitled to before any fulfillment. */
  beginningOf(subscriptionId: string): readonly Entitlement[];
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
    beginningOf: (subscriptionId) => treatmentOf(subscriptionId).entitlements,
  };
}
