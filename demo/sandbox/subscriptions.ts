/**
 * Which customer a subscription belongs to, and its status. The sandbox has no list of either: every id exists, but those
 * of the scenario `unknown`, and it learns the pairs from the requests for offers. Before the first request, and for requests without a subscription, the two ids are
 * assumed to differ only in their prefix: `cus_7` and `sub_7`.
 */
import { notFound } from './api-error.js';
import type { Entitlement } from './entitlement-level.js';
import type { Treatment } from './scenario.js';
import type { Scenarios } from './scenarios.js';
import { statusAfter, type SubscriptionStatus } from './subscription-status.js';

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
  /** Of a customer: those that it has learned, or the one that its id names. */
  ofCustomer(customerId: string): readonly string[];
  /** Every subscription that a call has named so far. */
  seen(): ReadonlySet<string>;
  /** @throws ApiError `resource_not_found`. */
  statusOf(subscriptionId: string): SubscriptionStatus;
  /** An event of this type changes the status, if it is one that does. @returns the status since then. */
  happened(eventType: string, subscriptionId: string): SubscriptionStatus;
  /** What the subscription is entitled to before any fulfillment. */
  initialEntitlements(subscriptionId: string): readonly Entitlement[];
}

export function createSubscriptions(scenarios: Scenarios): Subscriptions {
  const customers = new Map<string, string>();
  const customerOf = (subscriptionId: string) =>
    customers.get(subscriptionId) ??
    (subscriptionId.startsWith('sub_') ? subscriptionId.replace('sub_', 'cus_') : undefined);
  const statuses = new Map<string, SubscriptionStatus>();
  const seen = new Set<string>();
  const treatmentOf = (subscriptionId: string) => scenarios.of(customerOf(subscriptionId) ?? subscriptionId);
  const derived = (customerId: string) => `sub_${customerId.replace(/^cus_/, '')}`;
  return {
    learn(customerId, subscriptionId = derived(customerId)) {
      seen.add(subscriptionId);
      customers.set(subscriptionId, customerId);
      return { customer_id: customerId, subscription_id: subscriptionId };
    },
    customerOf,
    subjectOf: (subscriptionId) => ({
      customer_id: customerOf(subscriptionId) ?? subscriptionId,
      subscription_id: subscriptionId,
    }),
    treatmentOf,
    ofCustomer(customerId) {
      const learned = [...customers].filter(([, each]) => each === customerId).map(([id]) => id);
      return learned.length > 0 ? learned : [derived(customerId)];
    },
    seen: () => seen,
    statusOf(subscriptionId) {
      const { status = 'active' } = treatmentOf(subscriptionId);
      if (status === null) throw notFound('Subscription', subscriptionId, 'subscription_id');
      seen.add(subscriptionId);
      return statuses.get(subscriptionId) ?? status;
    },
    happened(eventType, subscriptionId) {
      const status = statusAfter(eventType);
      if (status) statuses.set(subscriptionId, status);
      return statuses.get(subscriptionId) ?? treatmentOf(subscriptionId).status ?? 'active';
    },
    initialEntitlements: (subscriptionId) => treatmentOf(subscriptionId).entitlements,
  };
}
