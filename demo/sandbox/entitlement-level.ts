/**
 * How Chargebee computes a subscription's level of one feature from its items and overrides: an override of the
 * subscription wins until it ends; otherwise the items are combined by the type of the feature.
 * The order of custom levels is inferred from Chargebee's description of the subscription entitlement. Pure.
 */

export interface Feature {
  readonly feature_id: string;
  readonly feature_name: string;
  readonly feature_type?: 'switch' | 'quantity' | 'range' | 'custom' | undefined;
  readonly feature_unit?: string | undefined;
  /** Of a custom feature, the lowest first. A level that is not listed loses to one that comes after it. */
  readonly levels?: string[] | undefined;
  /** Of a range: the sum is capped at this. */
  readonly max?: number | undefined;
}

/** What one item of the subscription, or one override, says about one feature. */
export interface Entitlement {
  readonly feature: Feature;
  /** Always text: `"true"`, `"100"`, `"unlimited"`. Chargebee may leave it out. */
  readonly value?: string | undefined;
  /** How many of the item the subscription has; 1 by default. */
  readonly quantity?: number | undefined;
  readonly is_enabled?: boolean | undefined;
  /** Makes it an override: `true` for good, or from and until a time, both in Unix milliseconds. */
  readonly override?: true | { readonly from?: number | undefined; readonly until?: number | undefined } | undefined;
}

export interface FinalLevel {
  readonly feature: Feature;
  readonly value?: string | undefined;
  readonly is_enabled: boolean;
  readonly is_overridden: boolean;
  /** Unix milliseconds; only for an override that ends. */
  readonly expires?: number | undefined;
  /** Unix milliseconds; only for an override that begins at a time. */
  readonly effective?: number | undefined;
  /** The override begins later. */
  readonly isScheduled: boolean;
}

/** The time at which a list is read, and how long an ended override stays in it. Both in Unix milliseconds. */
export interface Reading {
  readonly now: number;
  readonly lagMs: number;
}

/**
 * The level that a list shows. An override that has ended wins for a while longer, because Chargebee removes it late.
 *
 * @param said at least one entitlement, all of the same feature, in the order in which they were granted.
 */
export function finalLevel(feature: Feature, said: readonly Entitlement[], reading: Reading): FinalLevel {
  const items = said.filter((each) => each.override === undefined);
  const current = said.findLast((each) => isInForce(each, reading));
  const scheduled = items.length === 0 ? said.findLast((each) => isScheduled(each, reading)) : undefined;
  const override = current ?? scheduled;
  const counting = override ? [override] : items;
  const { from, until } = typeof override?.override === 'object' ? override.override : {};
  return {
    feature,
    value: override ? override.value : combined(feature, items),
    is_enabled: counting.some(({ is_enabled }) => is_enabled !== false),
    is_overridden: override !== undefined,
    expires: until,
    effective: from,
    isScheduled: current === undefined && scheduled !== undefined,
  };
}

/** Whether the feature is listed at all: an override that was removed leaves no trace. */
export function isListed(said: readonly Entitlement[], reading: Reading): boolean {
  return said.some((each) => each.override === undefined || isInForce(each, reading) || isScheduled(each, reading));
}

function isInForce({ override }: Entitlement, { now, lagMs }: Reading): boolean {
  if (override === undefined || override === true) return override === true;
  const { from = -Infinity, until = Infinity } = override;
  return from <= now && now < until + lagMs;
}

function isScheduled({ override }: Entitlement, { now }: Reading): boolean {
  return typeof override === 'object' && override.from !== undefined && now < override.from;
}

function combined(
  { feature_type, levels = [], max = Infinity }: Feature,
  items: readonly Entitlement[],
): string | undefined {
  const values = items.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const last = values.at(-1);
  if (last === undefined) return undefined;
  switch (feature_type) {
    case 'switch':
      return values.find((value) => value !== 'false') ?? last;
    case 'custom':
      return values.reduce((best, value) => (levels.indexOf(value) < levels.indexOf(best) ? best : value), last);
    case 'quantity':
    case 'range': {
      if (values.some((value) => value.toLowerCase() === 'unlimited')) return 'unlimited';
      const sum = items.reduce((total, { value, quantity = 1 }) => total + Number(value ?? 0) * quantity, 0);
      return String(feature_type === 'range' ? Math.min(sum, max) : sum);
    }
    case undefined:
      return last;
    default:
      return feature_type satisfies never;
  }
}
