/** Turns another design system's custom properties into a theme, and says what happened to each. */
import { BLACK, contrast, hexOf, readColor, WHITE } from './color.js';
import { readColorPair, writeColorPair } from './color-pair.js';
import { CONTROLS } from './token-controls.js';
import type { Declarations } from './declarations.js';
import { FOREIGN_NAMES, bareName } from './foreign-names.js';
import { THEME_KEYS, valueOf, type Theme, type ThemeKey } from './theme.js';

export interface Adopted {
  readonly key: ThemeKey;
  /** The name in the pasted block; absent when the value was derived from another. */
  readonly from?: string;
  readonly value: string;
}

export interface Unused {
  readonly name: string;
  readonly value: string;
  readonly why: 'unknown' | 'unreadable' | 'second';
}

export interface Adoption {
  readonly theme: Theme;
  readonly adopted: readonly Adopted[];
  readonly unused: readonly Unused[];
  /** Whether the block sets anything for dark mode. */
  readonly hasDark: boolean;
}

const BARE_HSL = /^[\d.]+(deg)?[\s,]+[\d.]+%[\s,]+[\d.]+%(\s*\/\s*[\d.]+%?)?$/;
const BARE_RGB = /^\d{1,3}[\s,]+\d{1,3}[\s,]+\d{1,3}$/;
const LENGTH = /^\d*\.?\d+(px|rem)$/;

export function adopt({ light, dark }: Declarations): Adoption {
  const adopted = THEME_KEYS.flatMap((key) => {
    const found = find(key, light, dark);
    return found ? [found] : [];
  });
  const label = labelOnAccent(adopted);
  if (label) adopted.push(label);

  const names = new Set([...light.keys(), ...dark.keys()]);
  const unused = [...names]
    .filter((name) => !adopted.some(({ from }) => from === name))
    .map((name): Unused => ({
      name,
      value: light.get(name) ?? dark.get(name) ?? '',
      why: whyUnused(name, light, dark),
    }));
  return {
    theme: Object.fromEntries(adopted.map(({ key, value }) => [key, value])),
    adopted,
    unused,
    hasDark: dark.size > 0,
  };
}

function find(key: ThemeKey, light: Declarations['light'], dark: Declarations['dark']): Adopted | undefined {
  for (const source of FOREIGN_NAMES[key] ?? []) {
    for (const name of new Set([...light.keys(), ...dark.keys()])) {
      if (bareName(name) !== source) continue;
      const value = merged(key, light.get(name), dark.get(name));
      if (value !== undefined) return { key, from: name, value };
    }
  }
  return undefined;
}

/** A block without dark colours is taken as an app without dark mode: the widget keeps its own dark colours. */
function merged(key: ThemeKey, light: string | undefined, dark: string | undefined): string | undefined {
  const inLight = light === undefined ? undefined : readValue(key, light);
  const inDark = dark === undefined ? undefined : readValue(key, dark);
  if (!isColor(key) || (inLight === undefined && inDark === undefined)) return inLight ?? inDark;
  const own = readColorPair(valueOf({}, key));
  const pair = readColorPair(inLight ?? own.light);
  const saysBoth = pair.light !== pair.dark;
  return writeColorPair({
    light: pair.light,
    dark: inDark ? readColorPair(inDark).dark : saysBoth ? pair.dark : own.dark,
  });
}

/** CSS that the token accepts, or undefined. */
function readValue(key: ThemeKey, value: string): string | undefined {
  if (isColor(key)) return readCssColor(value);
  if (key === 'font-family') return /^[\w\s"',.-]+$/.test(value) ? value : undefined;
  if (key === 'surface-box-shadow') return /^none$|\d/.test(value) && !value.includes('var(') ? value : undefined;
  // The widget's sheets use lengths in `calc()` sums, where a zero needs a unit.
  const length = value === '0' ? '0px' : value;
  return LENGTH.test(length) ? length : undefined;
}

/** Some systems write a colour without its function, to add an alpha value later. */
function readCssColor(value: string): string | undefined {
  const css = BARE_HSL.test(value) ? `hsl(${value})` : BARE_RGB.test(value) ? `rgb(${value})` : value;
  const { light, dark } = readColorPair(css);
  return readColor(light) && readColor(dark) ? css : undefined;
}

/** When the block has an accent but no label colour for it: black or white, whichever is more legible. */
function labelOnAccent(adopted: readonly Adopted[]): Adopted | undefined {
  const accent = adopted.find(({ key }) => key === 'accent-color');
  if (!accent || adopted.some(({ key }) => key === 'accent-text-color')) return undefined;
  const { light, dark } = readColorPair(accent.value);
  return { key: 'accent-text-color', value: writeColorPair({ light: legibleOn(light), dark: legibleOn(dark) }) };
}

function legibleOn(css: string): string {
  const back = readColor(css);
  return hexOf(back && contrast(BLACK, back) > contrast(WHITE, back) ? BLACK : WHITE);
}

function whyUnused(name: string, light: Declarations['light'], dark: Declarations['dark']): Unused['why'] {
  const keys = THEME_KEYS.filter((key) => FOREIGN_NAMES[key]?.includes(bareName(name)));
  if (keys.length === 0) return 'unknown';
  return keys.some((key) => merged(key, light.get(name), dark.get(name)) !== undefined) ? 'second' : 'unreadable';
}

function isColor(key: ThemeKey): boolean {
  return key !== 'font-family' && CONTROLS[key].kind === 'color';
}
