/**
 * References to an app's custom properties. A theme keeps the value that each had at the import as its fallback,
 * `var(--primary, #0d6efd)`, so that pages without the app's stylesheet show the theme, too.
 */
import { closing, outerComma } from './brackets.js';
import { readColorPair, writeColorPair } from './color-pair.js';

/** Replaces each `var()`, the inner ones first. */
export function mapReferences(css: string, write: (name: string, fallback: string | undefined) => string): string {
  const start = css.search(/\bvar\(/i);
  if (start < 0) return css;
  const from = start + 'var('.length;
  const end = closing(css, from);
  const inside = css.slice(from, end);
  const comma = outerComma(inside);
  const name = comma < 0 ? inside.trim() : inside.slice(0, comma).trim();
  const fallback = comma < 0 ? undefined : mapReferences(inside.slice(comma + 1).trim(), write);
  return css.slice(0, start) + write(name, fallback) + mapReferences(css.slice(end + 1), write);
}

/** The variables that a value refers to, without those of fallbacks. */
export function namesIn(css: string): string[] {
  const names: string[] = [];
  mapReferences(withoutFallbacks(css), (name) => {
    names.push(name);
    return '';
  });
  return names;
}

/** What a page without the app's variables shows. */
export function literalOf(css: string): string {
  return onBoth(css, (value) => mapReferences(value, (name, fallback) => fallback ?? `var(${name})`));
}

/** What the app's own stylesheet says: the variable, which is declared there. */
export function withoutFallbacks(css: string): string {
  return onBoth(css, (value) => mapReferences(value, (name) => `var(${name})`));
}

function onBoth(css: string, change: (value: string) => string): string {
  const { light, dark } = readColorPair(css);
  return writeColorPair({ light: change(light), dark: change(dark) });
}
