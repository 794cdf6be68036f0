/**
 * What a subscription is entitled to: its initial entitlements, and what every completed fulfillment has granted since.
 * Computed at each read, so it always agrees with the fulfillments and the clock.
 */
import { finalLevel, isListed, type Entitlement, type Feature, type FinalLevel } from './entitlement-level.js';
import type { Fulfillment, Fulfillments } from './fulfillments.js';
import type { Grant } from './plays.js';
import type { SettingsInForce } from './settings.js';
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
  /** The overrides that have been removed after their end, of the subscriptions that a call has named. */
  removedOverrides(): RemovedOverride[];
}

export interface RemovedOverride {
  readonly subscriptionId: string;
  readonly featureId: string;
}

export function createEntitlements(
  now: () => number,
  settings: SettingsInForce,
  subscriptions: Subscriptions,
  fulfillments: Fulfillments,
): Entitlements {
  const reading = () => ({ now: now(), lagMs: settings.current().overrideLagMs });
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
        granted.push({ fulfillment, level: finalLevel(grant.feature, levels, { now: fulfillment.end.at, lagMs: 0 }) });
      }
    }
    return { said, granted };
  }

  return {
    of: (subscriptionId) =>
      [...replay(subscriptionId).said.values()]
        .filter((said) => isListed(said, reading()))
        .flatMap((said) => (said[0] ? [finalLevel(said[0].feature, said, reading())] : [])),
    removedOverrides() {
      const { now, lagMs } = reading();
      return [...subscriptions.seen()].flatMap((subscriptionId) =>
        subscriptions
          .initialEntitlements(subscriptionId)
          .filter(({ override }) => typeof override === 'object' && (override.until ?? Infinity) + lagMs <= now)
          .map(({ feature }) => ({ subscriptionId, featureId: feature.feature_id })),
      );
    },
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
    ...(feature_type !== undefined && { feature_type }),
    ...(level.value !== undefined && { value: level.value, name: levelName(level.feature, level.value) }),
    is_overridden: level.is_overridden,
    is_enabled: level.is_enabled,
    ...(level.effective !== undefined && {
      effective_from: Math.floor(level.effective / 1000),
      schedule_status: level.isScheduled ? 'scheduled' : 'activated',
    }),
    ...(level.expires !== undefined && { expires_at: Math.floor(level.expires / 1000) }),
  };
  return { subscription_entitlement };
}

/** One element of the answer to "List customer entitlements". */
export function customerEntitlement(
  ids: { readonly customer_id: string; readonly subscription_id?: string },
  { feature, value, is_enabled }: FinalLevel,
) {
  return {
    customer_entitlement: {
      ...ids,
      feature_id: feature.feature_id,
      ...(value !== undefined && { value, name: levelName(feature, value) }),
      is_enabled,
    },
  };
}

function entitlementBy(grant: Grant): Entitlement {
  const { feature } = grant;
  return 'set' in grant ? { feature, value: grant.set, override: true } : { feature, value: grant.add };
}

/**
 * By Chargebee's OpenAPI document, the name of a quantity or range is its value and the plural of the unit: "20 users".
 * The plural of a symbol such as GB is not documented.
 */
export function levelName({ feature_type, feature_unit }: Feature, value: string): string {
  if (feature_type === 'switch') return value === 'false' ? 'Not Available' : 'Available';
  if (feature_unit === undefined || (feature_type !== 'quantity' && feature_type !== 'range')) return value;
  return `${value} ${plural(feature_unit)}`;
}

function plural(unit: string): string {
  if (unit === unit.toUpperCase() || unit.endsWith('s')) return unit;
  return unit.endsWith('y') && !/[aeiou]y$/.test(unit) ? `${unit.slice(0, -1)}ies` : `${unit}s`;
}
