/**
 * How Chargebee computes a subscription's level of one feature from its items and overrides: an override of the
 * subscription wins until it ends; otherwise the items are combined by the type of the feature.
 * The order of custom levels is inferred from Chargebee's description of the subscription entitlement. Pure.
 */

export interface Feature {
  readonly feature_id: string;
  readonly feature_name: string;
  readonly feature_type: 'switch' | 'quantity' | 'range' | 'custom';
  readonly feature_unit?: string | undefined;
  /** Of a custom feature, the lowest first. A level that is not listed loses to one that comes after it. */
  readonly levels?: string[] | undefined;
  /** Of a range: the sum is capped at this. */
  readonly max?: number | undefined;
}

/** What one item of the subscription, or one override, says about one feature. */
export interface Entitlement {
  readonly feature: Feature;
  /** Always text: `"true"`, `"100"`, `"unlimited"`. */
  readonly value: string;
  /** How many of the item the subscription has; 1 by default. */
  readonly quantity?: number | undefined;
  readonly is_enabled?: boolean | undefined;
  /** Makes it an override: until a time in Unix milliseconds, or `true` for good. */
  readonly override?: true | { readonly until: number } | undefined;
}

export interface FinalLevel {
  readonly feature: Feature;
  readonly value: string;
  readonly is_enabled: boolean;
  readonly is_overridden: boolean;
  /** Unix milliseconds; only for an override that ends. */
  readonly expires?: number;
}

/** @param said at least one entitlement, all of the same feature, in the order in which they were granted. */
export function finalLevel(feature: Feature, said: readonly Entitlement[], now: number): FinalLevel {
  const override = said.findLast((each) => isInForce(each, now));
  const items = said.filter((each) => each.override === undefined);
  const counting = override ? [override] : items;
  return {
    feature,
    value: override?.value ?? combined(feature, items),
    is_enabled: counting.some(({ is_enabled }) => is_enabled !== false),
    is_overridden: override !== undefined,
    ...(typeof override?.override === 'object' && { expires: override.override.until }),
  };
}

/** Whether the feature is listed at all: an override that has ended leaves no trace. */
export function isListed(said: readonly Entitlement[], now: number): boolean {
  return said.some((each) => each.override === undefined || isInForce(each, now));
}

function isInForce({ override }: Entitlement, now: number): boolean {
  return override !== undefined && (override === true || now < override.until);
}

function combined({ feature_type, levels = [], max = Infinity }: Feature, items: readonly Entitlement[]): string {
  const values = items.map(({ value }) => value);
  const last = values.at(-1) ?? '';
  switch (feature_type) {
    case 'switch':
      return values.find((value) => value !== 'false') ?? last;
    case 'custom':
      return values.reduce((best, value) => (levels.indexOf(value) < levels.indexOf(best) ? best : value), last);
    case 'quantity':
    case 'range': {
      if (values.some((value) => value.toLowerCase() === 'unlimited')) return 'unlimited';
      const sum = items.reduce((total, { value, quantity = 1 }) => total + Number(value) * quantity, 0);
      return String(feature_type === 'range' ? Math.min(sum, max) : sum);
    }
    default:
      return feature_type satisfies never;
  }
}
