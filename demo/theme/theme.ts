/** A theme: the values that differ from the widget's defaults. They stay CSS text, so nothing is lost in conversion. */
import { listed } from './brackets.js';
import { readColorPair, SCHEMES, type ColorPair, type Scheme } from './color-pair.js';
import { literalOf, mapReferences, withoutFallbacks } from './references.js';
import { TOKEN_NAMES, type ColorName, type TokenName } from './token-controls.js';
import { initialOf, isTokenName, PREFIX } from './tokens.js';

/** The font is not a token. The widget inherits the page's font, so a theme sets it on the element itself. */
export type ValueKey = TokenName | 'font-family';

/**
 * `color-scheme` is set for an app without a dark mode (`light`, or `dark` where all is dark), and for one whose dark mode
 * follows the system (`light dark`). `dark-selector` is what selects the app's dark mode: `.dark`.
 */
export type ThemeKey = ValueKey | 'color-scheme' | 'dark-selector';

export type Theme = { readonly [Key in ThemeKey]?: string };

export const VALUE_KEYS: readonly ValueKey[] = [...TOKEN_NAMES, 'font-family'];
export const THEME_KEYS: readonly ThemeKey[] = [...VALUE_KEYS, 'color-scheme', 'dark-selector'];

/** With its references to the app's variables, if it has any. */
export function valueOf(theme: Theme, key: ThemeKey): string {
  return theme[key] ?? initialValue(key);
}

/** What both colour schemes show, without references. */
export function colorsOf(theme: Theme, name: ColorName): ColorPair {
  const only = onlyScheme(theme);
  return { light: shownValue(theme, name, only ?? 'light'), dark: shownValue(theme, name, only ?? 'dark') };
}

/** What a token shows in one scheme, without references to the app's variables or to other tokens. */
export function shownValue(theme: Theme, key: ValueKey, scheme: Scheme = 'light'): string {
  const value = readColorPair(literalOf(valueOf(theme, key)))[scheme];
  const colored = value.replaceAll(/\bcurrentcolor\b/gi, () => shownValue(theme, 'text-color', scheme));
  return mapReferences(colored, (name) => {
    const token = name.slice(PREFIX.length);
    return isTokenName(token) ? shownValue(theme, token, scheme) : `var(${name})`;
  });
}

/** The colour scheme of an app that has only one. */
export function onlyScheme(theme: Theme): Scheme | undefined {
  return theme['dark-selector'] ? undefined : SCHEMES.find((scheme) => scheme === theme['color-scheme']);
}

/** An empty value, or the widget's default, removes the key. */
export function withValue(theme: Theme, key: ThemeKey, value: string): Theme {
  const { [key]: _, ...rest } = theme;
  return value === '' || value === initialValue(key) ? rest : { ...rest, [key]: value };
}

export function propertyOf(key: ValueKey): string {
  return key === 'font-family' ? key : PREFIX + key;
}

/** For the pages of the demo, which have none of the app's variables. Contains only what differs from the defaults. */
export function themeCss(theme: Theme): string {
  return written(themeProperties(theme));
}

export function themeProperties(theme: Theme): readonly Property[] {
  const scheme = onlyScheme(theme);
  const values = declarationsOf(theme, literalOf);
  return scheme ? [['color-scheme', scheme], ...values] : values;
}

/** How an exported theme names the app's values: by its variables, or as they were at the import. */
export const WRITINGS = ['variables', 'values'] as const;
export type Writing = (typeof WRITINGS)[number];

/** For the app's own stylesheet. */
export function exportCss(theme: Theme, writing: Writing): string {
  const { 'color-scheme': scheme, 'dark-selector': dark } = theme;
  const base = scheme ?? (dark ? 'light' : undefined);
  const values = declarationsOf(theme, writing === 'values' ? literalOf : withoutFallbacks);
  const css = written(base ? [['color-scheme', base], ...values] : values);
  const darkElement = listed(dark ?? '').map((selector) => `${selector} upgrade-offer`);
  return dark ? `${css}\n${darkElement.join(',\n')} {\n  color-scheme: dark;\n}\n` : css;
}

type Property = readonly [name: string, value: string];

function declarationsOf(theme: Theme, write: (value: string) => string): Property[] {
  return VALUE_KEYS.flatMap((key): Property[] => {
    const value = theme[key];
    return value === undefined ? [] : [[propertyOf(key), write(value)]];
  });
}

function written(properties: readonly Property[]): string {
  if (properties.length === 0) return '/* Nothing is set: the widget has its default look. */\n';
  const lines = properties.map(([name, value]) => `  ${name}: ${value};`);
  return ['upgrade-offer {', ...lines, '}', ''].join('\n');
}

function initialValue(key: ThemeKey): string {
  if (key === 'color-scheme' || key === 'dark-selector') return '';
  return key === 'font-family' ? 'inherit' : initialOf(key);
}
