/**
 * The audience of a play: rules on mapped fields, all of which must hold. Without a rule, the play is for everyone.
 * Pure; knows nothing about plays or requests.
 */
import type { Fields, FieldValue } from './field-mapping.js';

export type Rule =
  | { readonly field: string; readonly operator: 'is' | 'is_not'; readonly value: string | number | boolean }
  | {
      readonly field: string;
      readonly operator: 'greater_than' | 'greater_than_or_equal' | 'less_than';
      readonly value: number;
    }
  | { readonly field: string; readonly operator: 'contains'; readonly value: string }
  | { readonly field: string; readonly operator: 'exists' };

export const OPERATORS = [
  'is',
  'is_not',
  'greater_than',
  'greater_than_or_equal',
  'less_than',
  'contains',
  'exists',
] as const satisfies readonly Rule['operator'][];

export type Audience = readonly Rule[];

export function isInAudience(audience: Audience, fields: Fields): boolean {
  return audience.every((rule) => holds(rule, fields[rule.field]));
}

/** A rule on a field that the request lacks never holds, `is_not` included: an unknown value targets nobody. */
function holds(rule: Rule, actual: FieldValue | undefined): boolean {
  if (actual === undefined) return false;
  switch (rule.operator) {
    case 'is':
      return actual === rule.value;
    case 'is_not':
      return actual !== rule.value;
    case 'greater_than':
      return typeof actual === 'number' && actual > rule.value;
    case 'greater_than_or_equal':
      return typeof actual === 'number' && actual >= rule.value;
    case 'less_than':
      return typeof actual === 'number' && actual < rule.value;
    case 'contains':
      return (typeof actual === 'string' || typeof actual === 'object') && actual.includes(rule.value);
    case 'exists':
      return true;
    default:
      return rule satisfies never;
  }
}
