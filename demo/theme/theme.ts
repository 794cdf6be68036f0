/** A theme: the values that differ from the widget's defaults. They stay CSS text, so nothing is lost in conversion. */
import { readColorPair, type ColorPair } from './color-pair.js';
import { TOKEN_NAMES, type ColorName, type TokenName } from './token-controls.js';
import { initialOf, PREFIX } from './tokens.js';

/** The font is not a token. The widget inherits the page's font, so a theme sets it on the element itself. */
export type ThemeKey = TokenName | 'font-family';

export type Theme = { readonly [Key in ThemeKey]?: string };

export const THEME_KEYS: readonly ThemeKey[] = [...TOKEN_NAMES, 'font-family'];

export function valueOf(theme: Theme, key: ThemeKey): string {
  return theme[key] ?? (key === 'font-family' ? 'inherit' : initialOf(key));
}

export function colorsOf(theme: Theme, name: ColorName): ColorPair {
  return readColorPair(valueOf(theme, name));
}

/** An empty value, or the widget's default, removes the key. */
export function withValue(theme: Theme, key: ThemeKey, value: string): Theme {
  const { [key]: _, ...rest } = theme;
  return value === '' || value === valueOf({}, key) ? rest : { ...rest, [key]: value };
}

export function propertyOf(key: ThemeKey): string {
  return key === 'font-family' ? key : PREFIX + key;
}

/** Contains only what differs from the widget's defaults. */
export function themeCss(theme: Theme): string {
  const lines = THEME_KEYS.flatMap((key) => {
    const value = theme[key];
    return value === undefined ? [] : [`  ${propertyOf(key)}: ${value};`];
  });
  if (lines.length === 0) return '/* Nothing is set: the widget has its default look. */\n';
  return ['upgrade-offer {', ...lines, '}', ''].join('\n');
}
