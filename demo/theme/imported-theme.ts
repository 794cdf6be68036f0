/** Turns another design system's custom properties into a theme, and says what happened to each. */
import { readColorPair, writeColorPair, type ColorPair, type Scheme } from './color-pair.js';
import { BLACK, contrast, hexOf, lightnessOf, readColor, WHITE, withLightness } from './color.js';
import { computedLength } from './computed.js';
import { layered, rawValue, resolve, type Declarations } from './declarations.js';
import { FOREIGN_NAMES, goesBy } from './foreign-names.js';
import { literalOf, mapReferences, namesIn } from './references.js';
import type { System } from './systems/system.js';
import { VALUE_KEYS, valueOf, type Theme, type ValueKey } from './theme.js';
import { CONTROLS, type Control } from './token-controls.js';

export interface Imported {
  readonly key: ValueKey;
  readonly value: string;
  /** The variables that set it; none when the value was derived, or is the system's own. */
  readonly from: readonly string[];
}

export interface Unused {
  readonly name: string;
  readonly value: string;
  readonly why: 'unknown' | 'unreadable' | 'second';
  /** The tokens that its value fits. */
  readonly fits: readonly ValueKey[];
}

export interface ImportedTheme {
  readonly theme: Theme;
  readonly imported: readonly Imported[];
  readonly unused: readonly Unused[];
  readonly hasDark: boolean;
}

/** What a person has decided: a variable, and the token that it sets. */
export type Mapping = Readonly<Record<string, ValueKey>>;

const BARE_HSL = /^[\d.]+(deg)?[\s,]+[\d.]+%[\s,]+[\d.]+%(\s*\/\s*[\d.]+%?)?$/;
const BARE_RGB = /^\d{1,3}[\s,]+\d{1,3}[\s,]+\d{1,3}$/;
const LENGTH = /^-?\d*\.?\d+(px|rem|em)$/;
const SUM = /^(calc|max|min|clamp)\(/;
const TIME = /^\d*\.?\d+m?s$/;
const EASING = /^(cubic-bezier|linear|steps)\(|^(ease|linear)/;
const FAMILY = /^[-a-z"'][\w\s"',.-]*$/i;
const CSS_WIDE = /^(inherit|initial|unset|revert|revert-layer|currentcolor)$/i;

/** WCAG 2.2, 1.4.3: text. */
const LEGIBLE = 4.5;
/** How much more legible a black label must be before the customary white one gives way. */
const CLEARLY_BETTER = 1.5;

export function importTheme(
  pasted: Declarations,
  system?: System,
  published?: Declarations,
  mapping: Mapping = {},
): ImportedTheme {
  const declarations = system?.isComplete && published ? layered(published, pasted) : pasted;
  const pastedNames = new Set([...pasted.light.keys(), ...pasted.dark.keys()]);
  const sources = system?.sources(pastedNames) ?? {};

  const found = VALUE_KEYS.flatMap((key) => find(key) ?? []);
  const scheme = schemeOf(found, declarations);
  const accented = system?.hasDarkAccent || scheme.only ? found : found.map((one) => withDarkAccent(one, found));
  const label = labelOnAccent(accented);
  const imported = label ? [...accented, label] : accented;

  const used = new Set(imported.flatMap(({ from }) => from));
  return {
    theme: { ...Object.fromEntries(imported.map(({ key, value }) => [key, value])), ...scheme.theme },
    imported,
    unused: [...pastedNames].filter((name) => !used.has(name)).map(unusedOne),
    hasDark: declarations.dark.size > 0 || found.some(({ value }) => hasTwo(value)),
  };

  function find(key: ValueKey): Imported | undefined {
    const mapped = Object.keys(mapping).filter((name) => mapping[name] === key);
    const named = (FOREIGN_NAMES[key] ?? []).flatMap((known) => [...pastedNames].filter((name) => goesBy(name, known)));
    const isMapped = (name: string) => mapping[name] !== undefined && mapping[name] !== key;
    const expressions = [
      ...mapped.map(reference),
      ...(sources[key] ?? []),
      ...named.filter((name) => !isMapped(name)).map(reference),
    ];
    for (const expression of expressions) {
      const value = evaluate(key, expression, declarations);
      if (value !== undefined) return { key, value, from: namesIn(expression) };
    }
    return undefined;
  }

  function unusedOne(name: string): Unused {
    const fits = VALUE_KEYS.filter((key) => evaluate(key, reference(name), declarations) !== undefined);
    const known = VALUE_KEYS.filter((key) => FOREIGN_NAMES[key]?.some((other) => goesBy(name, other)));
    const why =
      known.length === 0 && fits.length > 0
        ? 'unknown'
        : known.some((key) => fits.includes(key))
          ? 'second'
          : 'unreadable';
    return { name, value: resolve(reference(name), declarations, 'light') ?? '', why, fits };
  }
}

/** The token's value with references, each with what it stands for; undefined when it is not a value for the token. */
function evaluate(key: ValueKey, expression: string, declarations: Declarations): string | undefined {
  const pair = readColorPair(expression);
  const inLight = evaluateIn('light', pair);
  const inDark = isColor(key) ? evaluateIn('dark', pair) : inLight;
  return inLight === undefined || inDark === undefined ? undefined : writeColorPair({ light: inLight, dark: inDark });

  function evaluateIn(scheme: Scheme, { [scheme]: css }: ColorPair): string | undefined {
    const literal = resolve(css, declarations, scheme)?.trim();
    const value = literal === undefined ? undefined : valueFor(key, literal);
    if (value === undefined) return undefined;
    return value(withFallbacks(css, declarations, scheme), literal ?? '');
  }
}

/** How the token takes such a literal; undefined when it does not. */
function valueFor(key: ValueKey, literal: string): ((css: string, literal: string) => string) | undefined {
  const asIs = (css: string) => css;
  if (CSS_WIDE.test(literal)) return undefined;
  if (key === 'font-family') return FAMILY.test(literal) && !readColor(literal) ? asIs : undefined;
  const control: Control = CONTROLS[key];
  switch (control.kind) {
    case 'color':
      // Some systems write a colour without its function, to add an alpha value later.
      if (BARE_HSL.test(literal)) return (css) => `hsl(${css})`;
      if (BARE_RGB.test(literal)) return (css) => `rgb(${css})`;
      return readColor(literal) ? asIs : undefined;
    case 'length':
      if (control.scales[0].unit === 'ms') return TIME.test(literal) ? asIs : undefined;
      // The widget's sheets use lengths in `calc()` sums, where a zero needs a unit.
      if (literal === '0') return () => '0px';
      return LENGTH.test(literal) || (SUM.test(literal) && computedLength(literal) !== undefined) ? asIs : undefined;
    case 'easing':
      return EASING.test(literal) ? asIs : undefined;
    case 'number':
      return /^\d*\.?\d+$/.test(literal) && Number(literal) >= control.min && Number(literal) <= control.max
        ? asIs
        : undefined;
    case 'shadow':
      return /^none$|^(inset\s+)?-?[\d.]+(px|rem)?\s+-?[\d.]/.test(literal) ? asIs : undefined;
  }
}

/** An app may leave out the variables that Tailwind inlines, so their values stand in their place, too. */
function withFallbacks(css: string, declarations: Declarations, scheme: Scheme): string {
  return mapReferences(css, (name) => {
    const raw = rawValue(name, declarations, scheme) ?? '';
    if (declarations.inlined.has(name)) return withFallbacks(raw, declarations, scheme);
    return `var(${name}, ${resolve(raw, declarations, scheme) ?? raw})`;
  });
}

/** An app without a dark mode wants none in the widget either, and one that is all dark no light one. */
function schemeOf(found: readonly Imported[], declarations: Declarations): { theme: Theme; only?: Scheme } {
  const { darkSelectors, darkBySystem } = declarations;
  if (darkSelectors.length > 0) {
    return {
      theme: { ...(darkBySystem ? { 'color-scheme': 'light dark' } : {}), 'dark-selector': darkSelectors.join(', ') },
    };
  }
  if (darkBySystem) return { theme: { 'color-scheme': 'light dark' } };
  const surface = found.find(({ key }) => key === 'surface-background-color');
  const text = found.find(({ key }) => key === 'text-color');
  if ((!surface && !text) || found.some(({ value }) => hasTwo(value))) return { theme: {} };
  const only = surface
    ? schemeOfSurface(surface.value)
    : text && schemeOfSurface(text.value) === 'dark'
      ? 'light'
      : 'dark';
  return { theme: { 'color-scheme': only }, only };
}

function schemeOfSurface(value: string): Scheme {
  const color = readColor(literalOf(value));
  return color && lightnessOf(color) < 0.6 ? 'dark' : 'light';
}

/** Dark mode without an accent of its own: the same hue, as light as it has to be. */
function withDarkAccent(one: Imported, all: readonly Imported[]): Imported {
  if (one.key !== 'accent-color' || hasTwo(one.value)) return one;
  const surface =
    all.find(({ key }) => key === 'surface-background-color')?.value ?? valueOf({}, 'surface-background-color');
  const back = readColor(literalOf(readColorPair(surface).dark));
  const accent = readColor(literalOf(readColorPair(one.value).dark));
  if (!back || !accent || contrast(accent, back) >= LEGIBLE) return one;
  for (let lightness = lightnessOf(accent); lightness < 1; lightness += 0.01) {
    const lifted = withLightness(accent, lightness);
    if (contrast(lifted, back) < LEGIBLE) continue;
    return { ...one, value: writeColorPair({ light: readColorPair(one.value).light, dark: hexOf(lifted) }) };
  }
  return one;
}

/** The label of a system that has no variable for it. */
function labelOnAccent(imported: readonly Imported[]): Imported | undefined {
  const accent = imported.find(({ key }) => key === 'accent-color');
  if (!accent || imported.some(({ key }) => key === 'accent-text-color')) return undefined;
  const { light, dark } = readColorPair(literalOf(accent.value));
  return { key: 'accent-text-color', from: [], value: writeColorPair({ light: labelOn(light), dark: labelOn(dark) }) };
}

/** White, as systems have it on a strong colour, unless it is too faint and black is clearly better. */
function labelOn(css: string): string {
  const back = readColor(css);
  if (!back) return hexOf(WHITE);
  const white = contrast(WHITE, back);
  return hexOf(white < LEGIBLE && contrast(BLACK, back) >= white * CLEARLY_BETTER ? BLACK : WHITE);
}

/** Whether the schemes differ, in the value or in what a variable stands for. */
function hasTwo(value: string): boolean {
  const { light, dark } = readColorPair(value);
  return light !== dark;
}

function isColor(key: ValueKey): boolean {
  return key !== 'font-family' && CONTROLS[key].kind === 'color';
}

function reference(name: string): string {
  return `var(${name})`;
}
