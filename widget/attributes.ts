/**
 * Reads what the page has set on the element, as attribute or as property. It ignores a value that makes no sense, and the
 * console says how to fix it: an element that is written in HTML must never throw.
 */
import type { Context } from '../proxy/contract.js';
import { BACKDROPS, IF_BUSY, LAYOUTS, type Layout } from './flow/layout.js';

/** What reads the properties that take no value as it is, by name. */
export const READERS: Readonly<Record<string, (value: unknown) => unknown>> = {
  layout: readLayout,
  ifBusy: (value) => readChoice('if-busy', IF_BUSY, value),
  backdrop: (value) => readChoice('backdrop', BACKDROPS, value),
  used: readUsed,
  context: readContext,
  // An empty address is none: a template may have left it so.
  proxy: (value) => value || undefined,
};

/** `inline` when absent. */
export function readLayout(value: unknown): Layout {
  return readChoice('layout', LAYOUTS, value) ?? 'inline';
}

/** A number in the feature's own unit, zero or more. */
export function readUsed(value: unknown): number | undefined {
  if (isAbsent(value)) return undefined;
  const used = value === '' ? NaN : Number(value);
  return used >= 0 && used < Infinity ? used : ignore('used', value);
}

/**
 * An object, or its JSON. A field that is no string, boolean or finite number is left out, and so is one that is absent.
 * Otherwise it is the very same object: what the page changes in it later is seen by the next question.
 */
export function readContext(value: unknown): Context | undefined {
  if (isAbsent(value)) return undefined;
  const object = objectOf(value);
  if (!object) return ignore('context', value);
  const fields = Object.entries(object).filter(isField);
  return isWhole(object, fields) ? object : Object.fromEntries(fields);
}

function objectOf(value: unknown): object | undefined {
  try {
    const object: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    if (typeof object === 'object' && object !== null && !Array.isArray(object)) return object;
  } catch {
    // Told by the caller, like any other value.
  }
  return undefined;
}

function isWhole(object: object, fields: [string, Context[string]][]): object is Context {
  return Object.keys(object).length === fields.length;
}

function isField(entry: [string, unknown]): entry is [string, Context[string]] {
  const [name, field] = entry;
  if (isAbsent(field)) return false;
  const isKnown = typeof field === 'string' || typeof field === 'boolean' || Number.isFinite(field);
  if (!isKnown) ignore(`context.${name}`, field);
  return isKnown;
}

function readChoice<T extends string>(attribute: string, choices: readonly T[], value: unknown): T | undefined {
  if (isAbsent(value)) return undefined;
  return choices.find((known) => known === value) ?? ignore(attribute, value);
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** The words are fetched only here: few pages need them. */
function ignore(attribute: string, value: unknown): undefined {
  void import('./developer/ignored.js').then(({ sayIgnored }) => sayIgnored(attribute, value));
}
