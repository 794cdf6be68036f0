/** What each entitlement of Chargebee allows. The table in proxy/README.md is generated from these cases. */
import type { Entitlement } from '../../../proxy/chargebee/chargebee.js';

export interface EntitlementCase {
  /** What Chargebee says of the feature, and of the subscription. */
  readonly is: string;
  readonly entitlement: Omit<Entitlement, 'featureId'>;
  readonly status?: string;
  /** 0 if absent. */
  readonly used?: number;
  readonly allowed: boolean;
}

/** The moment of every case, in Unix milliseconds. */
export const AT = Date.UTC(2026, 10, 28);
const EARLIER = AT - 1;
const LATER = AT + 1;

const on = { featureType: 'switch', value: 'true', isEnabled: true };
const of = (featureType: string | undefined, value?: string) => ({ featureType, value, isEnabled: true });

export const CASES: readonly EntitlementCase[] = [
  { is: 'a switch that is on', entitlement: on, allowed: true },
  { is: 'a switch in capitals', entitlement: of('switch', 'TRUE'), allowed: true },
  { is: "a switch in the words of Chargebee's tutorial", entitlement: of('switch', 'available'), allowed: true },
  { is: 'a switch without a value', entitlement: of('switch'), allowed: true },
  { is: 'a switch that is off', entitlement: of('switch', 'false'), allowed: false },
  { is: 'a switch with a number', entitlement: of('switch', '1'), allowed: false },
  { is: 'a switch that is not enabled', entitlement: { ...on, isEnabled: false }, allowed: false },
  { is: 'a quantity above what is used', entitlement: of('quantity', '11'), used: 10, allowed: true },
  { is: 'a quantity that is used up', entitlement: of('quantity', '10'), used: 10, allowed: false },
  { is: 'a quantity of 0', entitlement: of('quantity', '0'), allowed: false },
  { is: 'a quantity in words', entitlement: of('quantity', 'plenty'), allowed: false },
  { is: 'a quantity without a value', entitlement: of('quantity'), allowed: false },
  { is: 'an unlimited quantity', entitlement: of('quantity', 'Unlimited'), used: 1e9, allowed: true },
  { is: 'a range above what is used', entitlement: of('range', '50'), used: 10, allowed: true },
  { is: 'a range that is used up', entitlement: of('range', '5'), used: 10, allowed: false },
  { is: 'an unlimited range', entitlement: of('range', 'unlimited'), used: 1e9, allowed: true },
  { is: 'a custom level', entitlement: of('custom', 'premium'), allowed: true },
  { is: 'a custom level that means none', entitlement: of('custom', 'None'), allowed: false },
  { is: 'a custom feature without a level', entitlement: of('custom'), allowed: false },
  { is: 'neither a type nor a value', entitlement: of(undefined), allowed: true },
  { is: 'a number of a type that is not said', entitlement: of(undefined, '11'), used: 10, allowed: true },
  { is: 'a used up number of a type that is not said', entitlement: of(undefined, '10'), used: 10, allowed: false },
  { is: 'an override that has not ended', entitlement: { ...on, expiresAt: LATER }, allowed: true },
  { is: 'an override that has ended', entitlement: { ...on, expiresAt: EARLIER }, allowed: false },
  { is: 'an override that ends this moment', entitlement: { ...on, expiresAt: AT }, allowed: false },
  { is: 'an override that has begun', entitlement: { ...on, effectiveFrom: EARLIER }, allowed: true },
  { is: 'an override that begins later', entitlement: { ...on, effectiveFrom: LATER }, allowed: false },
  { is: 'an activated override', entitlement: { ...on, scheduleStatus: 'activated' }, allowed: true },
  { is: 'a scheduled override', entitlement: { ...on, scheduleStatus: 'scheduled' }, allowed: false },
  { is: 'an override that failed to begin', entitlement: { ...on, scheduleStatus: 'failed' }, allowed: false },
  { is: 'an active subscription', entitlement: on, status: 'active', allowed: true },
  { is: 'a subscription in its trial', entitlement: on, status: 'in_trial', allowed: true },
  { is: 'a subscription that ends with its term', entitlement: on, status: 'non_renewing', allowed: true },
  { is: 'a cancelled subscription', entitlement: on, status: 'cancelled', allowed: false },
  { is: 'a paused subscription', entitlement: on, status: 'paused', allowed: false },
  { is: 'a subscription that moved to another site', entitlement: on, status: 'transferred', allowed: false },
  { is: 'a subscription that has not begun', entitlement: on, status: 'future', allowed: false },
  { is: 'a status that Chargebee adds later', entitlement: on, status: 'dormant', allowed: true },
];
