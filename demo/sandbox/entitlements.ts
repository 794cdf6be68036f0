/**
 * What a subscription is entitled to: what its scenario begins with, changed by every fulfillment that has completed.
 * Worked out anew at each reading, so it can never disagree with the fulfillments.
 */
import type { Fulfillment, Fulfillments } from './fulfillments.js';
import type { Subscriptions } from './subscriptions.js';

export interface Feature {
  readonly feature_id: string;
  readonly feature_name: string;
  readonly feature_type: 'switch' | 'quantity' | 'range' | 'custom';
  readonly feature_unit?: string;
}

export interface Entitlement {
  readonly feature: Feature;
  /** The final level, always text: `"true"`, `"100"`, `"unlimited"`. */
  readonly value: string;
  readonly is_enabled?: boolean;
}

/** What a completed fulfillment does to one entitlement: `set` puts a level, `add` raises a number. */
export type Grant = { readonly feature: Feature } & ({ readonly set: string } | { readonly add: number });

/** A grant as it was applied: the level it led to. */
export interface Granted {
  readonly fulfillment: Fulfillment;
  readonly entitlement: Entitlement;
}

export interface Entitlements {
  of(subscriptionId: string): Entitlement[];
  /** Every grant so far, in the order of completion. */
  granted(): Granted[];
}

export function createEntitlements(subscriptions: Subscriptions, fulfillments: Fulfillments): Entitlements {
  const completed = () =>
    fulfillments
      .all()
      .filter((fulfillment) => fulfillments.statusOf(fulfillment) === 'completed')
      .toSorted((one, other) => one.end.at - other.end.at);

  function replay(subscriptionId: string) {
    const levels = new Map(
      subscriptions.scenarioOf(subscriptionId).entitlements.map((each) => [each.feature.feature_id, each]),
    );
    const granted: Granted[] = [];
    for (const fulfillment of completed()) {
      if (fulfillment.offer.subscription_id !== subscriptionId) continue;
      for (const grant of fulfillment.offer.play.grants) {
        const entitlement = apply(grant, levels.get(grant.feature.feature_id));
        levels.set(grant.feature.feature_id, entitlement);
        granted.push({ fulfillment, entitlement });
      }
    }
    return { entitlements: [...levels.values()], granted };
  }

  return {
    of: (subscriptionId) => replay(subscriptionId).entitlements,
    granted() {
      const subscriptionIds = new Set(completed().map(({ offer }) => offer.subscription_id));
      return [...subscriptionIds]
        .flatMap((id) => replay(id).granted)
        .toSorted((one, other) => one.fulfillment.end.at - other.fulfillment.end.at);
    },
  };
}

/** One element of the list "List subscription entitlements" answers with. */
export function subscriptionEntitlement(subscriptionId: string, { feature, value, is_enabled = true }: Entitlement) {
  const subscription_entitlement = {
    subscription_id: subscriptionId,
    ...feature,
    value,
    name: levelName(feature, value),
    is_overridden: false,
    is_enabled,
  };
  return { subscription_entitlement };
}

function apply(grant: Grant, before: Entitlement | undefined): Entitlement {
  const { feature } = grant;
  if ('set' in grant) return { feature, value: grant.set };
  if (before?.value === 'unlimited') return before;
  return { feature, value: String(Number(before?.value ?? 0) + grant.add) };
}

function levelName({ feature_type, feature_unit }: Feature, value: string): string {
  if (feature_type === 'switch') return value === 'false' ? 'Not Available' : 'Available';
  return feature_unit ? `${value} ${feature_unit}` : value;
}
