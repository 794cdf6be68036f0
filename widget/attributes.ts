/**
 * Reads what the page has set on the element, as attribute or as property. It ignores a value that makes no sense and says
 * in the console how to fix it: an element that is written in HTML must never throw.
 */
import type { Context } from '../proxy/contract.js';
import { IF_BUSY, LAYOUTS, type IfBusy, type Layout } from './flow/layout.js';

/** `inline` when absent. */
export function readLayout(value: unknown): Layout {
  return readChoice('layout', LAYOUTS, value) ?? 'inline';
}

/** `wait` when absent. */
export function readIfBusy(value: unknown): IfBusy {
  return readChoice('if-busy', IF_BUSY, value) ?? 'wait';
}

/** A number in the feature's own unit, zero or more. */
export function readUsed(value: unknown): number | undefined {
  if (value === null || value === undefined) return undefined;
  const used = value === '' ? NaN : Number(value);
  return used >= 0 && used < Infinity ? used : ignore('used', value, 'Use a number, such as 12.');
}

/** A JSON object whose values are strings, numbers or booleans. */
export function readContext(value: unknown): Context | undefined {
  if (value === null || value === undefined || isContext(value)) return value ?? undefined;
  try {
    const context: unknown = JSON.parse(String(value));
    if (isContext(context)) return context;
  } catch {
    // Told below, like any other value.
  }
  return ignore('context', value, 'Use JSON, such as {"seats": 4}.');
}

function readChoice<T extends string>(attribute: string, choices: readonly T[], value: unknown): T | undefined {
  if (value === null || value === undefined) return undefined;
  const choice = choices.find((known) => known === value);
  return choice ?? ignore(attribute, value, `Use one of: ${choices.join(', ')}.`);
}

function isContext(value: unknown): value is Context {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((field) => ['string', 'number', 'boolean'].includes(typeof field));
}

function ignore(attribute: string, value: unknown, fix: string): undefined {
  console.warn(`<upgrade-offer> ignores ${attribute}="${String(value)}". ${fix}`);
}
