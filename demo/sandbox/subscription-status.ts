/** The statuses of a subscription, from Chargebee's OpenAPI document, and the events that change one. Pure. */

export const SUBSCRIPTION_STATUSES = [
  'future',
  'in_trial',
  'active',
  'non_renewing',
  'paused',
  'cancelled',
  'transferred',
] as const;

export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** What the subscription is once one of these has happened. */
const STATUS_AFTER: Readonly<Record<string, SubscriptionStatus>> = {
  subscription_activated: 'active',
  subscription_reactivated: 'active',
  subscription_resumed: 'active',
  subscription_paused: 'paused',
  subscription_cancelled: 'cancelled',
};

export function statusAfter(eventType: string): SubscriptionStatus | undefined {
  return Object.hasOwn(STATUS_AFTER, eventType) ? STATUS_AFTER[eventType] : undefined;
}
