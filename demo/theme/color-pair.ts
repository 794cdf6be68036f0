/** A colour for both colour schemes, as CSS writes it: one value, or `light-dark(a, b)`. */
import { outerComma } from './brackets.js';

export interface ColorPair {
  readonly light: string;
  readonly dark: string;
}

export const SCHEMES = ['light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

const LIGHT_DARK = 'light-dark(';

export function readColorPair(css: string): ColorPair {
  const value = css.trim();
  if (!value.startsWith(LIGHT_DARK) || !value.endsWith(')')) return { light: value, dark: value };
  const inside = value.slice(LIGHT_DARK.length, -1);
  const comma = outerComma(inside);
  return { light: inside.slice(0, comma).trim(), dark: inside.slice(comma + 1).trim() };
}

export function writeColorPair({ light, dark }: ColorPair): string {
  return light === dark ? light : `${LIGHT_DARK}${light}, ${dark})`;
}
