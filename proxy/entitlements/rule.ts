/**
 * What one entitlement allows at one moment, by Chargebee's own rules. Pure. The table of its cases is
 * `test/proxy/entitlements/cases.ts`.
 */
import type { Entitlement } from '../chargebee/chargebee.js';

const YES = new Set(['true', 'available', 'unlimited']);
const NO = new Set(['', 'false', 'not available', 'none', 'no', '0']);

/** Chargebee lists entitlements whatever the status of the subscription is. In these, nobody may use what is listed. */
const LOCKED = new Set(['cancelled', 'paused', 'transferred', 'future']);

/** @param status of the subscription, in Chargebee's word. A status that is not known locks nobody out. */
export function isLocked(status: string | undefined): boolean {
  return status !== undefined && LOCKED.has(status);
}

/**
 * An override that has ended may stay on the list for up to 12 hours, and a scheduled one is on it before it begins, so the
 * times are judged here. A switch is on if it is enabled and not off (samples show `true` and `available`, or no value). A
 * quantity or range is on if it is `unlimited` or larger than what is used. A custom feature is on at any level that does
 * not mean "none"; what a level means beyond that is up to the app.
 * @param context.used how much is used up, in the feature's own unit.
 * @param context.at the moment, in Unix milliseconds.
 */
export function isEntitled(entitlement: Entitlement, { used, at }: { used: number; at: number }): boolean {
  const { featureType, isEnabled, expiresAt = Infinity, effectiveFrom = -Infinity, scheduleStatus } = entitlement;
  if (!isEnabled || expiresAt <= at || effectiveFrom > at) return false;
  if (scheduleStatus === 'scheduled' || scheduleStatus === 'failed') return false;
  const value = entitlement.value?.trim().toLowerCase() ?? '';
  if (value === '') return featureType === undefined || featureType === 'switch';
  if (YES.has(value)) return true;
  if (featureType === 'switch') return false;
  if (Number.isFinite(Number(value))) return Number(value) > used;
  return featureType !== 'quantity' && featureType !== 'range' && !NO.has(value);
}
