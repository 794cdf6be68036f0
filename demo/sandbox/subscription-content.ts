/**
 * A subscription and its customer as Chargebee Billing writes them: in the answer to "Retrieve a subscription", in a paid
 * hosted page, and in events. They have the fields that Chargebee always has, and no plan: the sandbox sells none.
 */
import type { Subject } from './subscriptions.js';
import type { SubscriptionStatus } from './subscription-status.js';

/** @param at when it last changed, in Unix milliseconds. */
export function subscriptionContent({ customer_id, subscription_id }: Subject, status: SubscriptionStatus, at: number) {
  const seconds = Math.floor(at / 1000);
  return {
    subscription: {
      id: subscription_id,
      customer_id,
      currency_code: 'USD',
      status,
      ...(status === 'cancelled' && { cancelled_at: seconds }),
      ...(status === 'paused' && { pause_date: seconds }),
      has_scheduled_advance_invoices: false,
      has_scheduled_changes: false,
      deleted: false,
      decommissioned: false,
      updated_at: seconds,
      resource_version: at,
      object: 'subscription',
    },
    customer: {
      id: customer_id,
      auto_collection: 'on',
      net_term_days: 0,
      allow_direct_debit: false,
      created_at: seconds,
      resource_version: at,
      deleted: false,
      object: 'customer',
    },
  };
}
