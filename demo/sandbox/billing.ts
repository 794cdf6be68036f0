/** The operations of Chargebee Billing that an offer needs, without HTTP. `growth.ts` has those of Growth. */
import { ApiError } from './api-error.js';
import { type Checkouts, hostedPage } from './checkouts.js';
import { subscriptionEntitlement, type Entitlements } from './entitlements.js';
import type { ListParameters } from './parameters.js';
import type { Journal } from './records.js';
import type { Subscriptions } from './subscriptions.js';
import type { Webhooks } from './webhooks.js';

export interface BillingDependencies {
  readonly now: () => number;
  readonly subscriptions: Subscriptions;
  readonly entitlements: Entitlements;
  readonly checkouts: Checkouts;
  readonly webhooks: Webhooks;
  readonly journal: Journal;
}

export type Billing = ReturnType<typeof createBilling>;

export function createBilling(dependencies: BillingDependencies) {
  const { now, subscriptions, entitlements, checkouts, webhooks, journal } = dependencies;
  return {
    /** One page of the list, with `next_offset` only when more follow. */
    subscriptionEntitlements(subscriptionId: string, { limit, offset }: ListParameters) {
      const start = offset === undefined ? 0 : positionOf(offset);
      const all = entitlements.of(subscriptionId);
      const page = all.slice(start, start + limit);
      journal.entitlementReads.push({
        at: now(),
        customer_id: subscriptions.customerOf(subscriptionId),
        subscription_id: subscriptionId,
        start,
        returned: page.length,
      });
      return {
        list: page.map((level) => subscriptionEntitlement(subscriptionId, level)),
        ...(start + limit < all.length && { next_offset: offsetOf(start + limit) }),
      };
    },

    event: (id: string) => webhooks.retrieve(id),

    hostedPage: (id: string) => ({ hosted_page: hostedPage(checkouts.find(id)) }),
  };
}

/** Looks like Chargebee's own offsets, which are JSON in a string. Only the sandbox reads it. */
function offsetOf(position: number): string {
  return JSON.stringify([String(position), '231']);
}

function positionOf(offset: string): number {
  const [, position] = /^\["(\d+)","231"\]$/.exec(offset) ?? [];
  if (position === undefined) throw new ApiError('param_wrong_value', 'offset : is not a next_offset', 'offset');
  return Number(position);
}
