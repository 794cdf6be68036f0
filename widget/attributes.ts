/**
 * Reads what the page has set on the element, as attribute or as property. A value that makes no sense is put aside, and the console says how to mend it:
 * an element that was written in HTML must never throw.
 */
import type { Context } from '../proxy/contract.js';

export type Layout = (typeof LAYOUTS)[number];

/** What a modal does while the customer is busy with something else. */
export type IfBusy = (typeof IF_BUSY)[number];

export const LAYOUTS = ['inline', 'banner', 'modal'] as const;
export const IF_BUSY = ['wait', 'banner'] as const;

/** `inline` when absent. */
export function readLayout(value: unknown): Layout {
  return readChoice('layout', LAYOUTS, value) ?? 'inline';
}

/** `wait` when absent. */
export function readIfBusy(value: unknown): IfBusy {
  return readChoice('if-busy', IF_BUSY, value) ?? 'wait';
}

/** A number of the feature's own unit, zero or more. */
export function readUsed(value: unknown): number | undefined {
  if (value === null || value === undefined) return undefined;
  const used = value === '' ? NaN : Number(value);
  return used >= 0 && used < Infinity ? used : putAside('used', value, 'Use a number, such as 12.');
}

/** A JSON object whose values are strings, numbers or booleans. */
export function readContext(value: unknown): Context | undefined {
  if (value === null || value === undefined || isContext(value)) return value ?? undefined;
  try {
    const context: unknown = JSON.parse(String(value));
    if (isContext(context)) return context;
  } catch {
    // Said below, as of any other value.
  }
  return putAside('context', value, 'Use JSON, such as {"seats": 4}.');
}

function readChoice<T extends string>(attribute: string, choices: readonly T[], value: unknown): T | undefined {
  if (value === null || value === undefined) return undefined;
  const choice = choices.find((known) => known === value);
  return choice ?? putAside(attribute, value, `Use one of: ${choices.join(', ')}.`);
}

function isContext(value: unknown): value is Context {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((field) => ['string', 'number', 'boolean'].includes(typeof field));
}

function putAside(attribute: string, value: unknown, mend: string): undefined {
  console.warn(`<upgrade-offer> ignores ${attribute}="${String(value)}". ${mend}`);
}
