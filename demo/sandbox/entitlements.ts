/**
 * What a subscription is entitled to: its initial entitlements, and what every completed fulfillment has granted since.
 * Computed at each read, so it always agrees with the fulfillments and the clock.
 */
import { finalLevel, isListed, type Entitlement, type FinalLevel } from './entitlement-level.js';
import type { Fulfillment, Fulfillments } from './fulfillments.js';
import type { Grant } from './plays.js';
import type { Subscriptions } from './subscriptions.js';

/** A grant that was applied, and the level that resulted. */
export interface Granted {
  readonly fulfillment: Fulfillment;
  readonly level: FinalLevel;
}

export interface Entitlements {
  of(subscriptionId: string): FinalLevel[];
  /** Every grant so far, in the order of completion. */
  granted(): Granted[];
}

export function createEntitlements(
  now: () => number,
  subscriptions: Subscriptions,
  fulfillments: Fulfillments,
): Entitlements {
  const completed = () =>
    fulfillments
      .all()
      .filter((fulfillment) => fulfillments.statusOf(fulfillment) === 'completed')
      .toSorted((one, other) => one.end.at - other.end.at);

  function replay(subscriptionId: string) {
    const said = new Map<string, Entitlement[]>();
    const say = (entitlement: Entitlement) => {
      const { feature_id } = entitlement.feature;
      const levels = [...(said.get(feature_id) ?? []), entitlement];
      said.set(feature_id, levels);
      return levels;
    };
    for (const entitlement of subscriptions.initialEntitlements(subscriptionId)) say(entitlement);
    const granted: Granted[] = [];
    for (const fulfillment of completed()) {
      if (fulfillment.offer.subscription_id !== subscriptionId) continue;
      for (const grant of fulfillment.offer.play.grants) {
        const levels = say(entitlementBy(grant));
        granted.push({ fulfillment, level: finalLevel(grant.feature, levels, fulfillment.end.at) });
      }
    }
    return { said, granted };
  }

  return {
    of: (subscriptionId) =>
      [...replay(subscriptionId).said.values()]
        .filter((said) => isListed(said, now()))
        .flatMap((said) => (said[0] ? [finalLevel(said[0].feature, said, now())] : [])),
    granted() {
      const subscriptionIds = new Set(completed().map(({ offer }) => offer.subscription_id));
      return [...subscriptionIds]
        .flatMap((id) => replay(id).granted)
        .toSorted((one, other) => one.fulfillment.end.at - other.fulfillment.end.at);
    },
  };
}

/** One element of the answer to "List subscription entitlements". */
export function subscriptionEntitlement(subscriptionId: string, level: FinalLevel) {
  const { feature_id, feature_name, feature_unit, feature_type } = level.feature;
  const subscription_entitlement = {
    subscription_id: subscriptionId,
    feature_id,
    feature_name,
    ...(feature_unit !== undefined && { feature_unit }),
    feature_type,
    value: level.value,
    name: levelName(level),
    is_overridden: level.is_overridden,
    is_enabled: level.is_enabled,
    ...(level.expires !== undefined && { expires_at: Math.floor(level.expires / 1000) }),
  };
  return { subscription_entitlement };
}

function entitlementBy(grant: Grant): Entitlement {
  const { feature } = grant;
  return 'set' in grant ? { feature, value: grant.set, override: true } : { feature, value: grant.add };
}

function levelName({ feature: { feature_type, feature_unit }, value }: FinalLevel): string {
  if (feature_type === 'switch') return value === 'false' ? 'Not Available' : 'Available';
  return feature_unit ? `${value} ${feature_unit}` : value;
}
