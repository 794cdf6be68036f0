/** A theme: what somebody has set, over what the widget brings. CSS values all the way, so that nothing is lost. */
import { readColorPair, type ColorPair } from './color-pair.js';
import { TOKEN_NAMES, type ColorName, type TokenName } from './token-controls.js';
import { initialOf, PREFIX } from './tokens.js';

/** The font is no token: the widget inherits the page's, so a theme sets it on the element itself. */
export type ThemeKey = TokenName | 'font-family';

export type Theme = { readonly [Key in ThemeKey]?: string };

export const THEME_KEYS: readonly ThemeKey[] = [...TOKEN_NAMES, 'font-family'];

export function valueOf(theme: Theme, key: ThemeKey): string {
  return theme[key] ?? (key === 'font-family' ? 'inherit' : initialOf(key));
}

export function colorsOf(theme: Theme, name: ColorName): ColorPair {
  return readColorPair(valueOf(theme, name));
}

/** With the value of the widget, or none, nothing is set. */
export function withValue(theme: Theme, key: ThemeKey, value: string): Theme {
  const { [key]: _, ...rest } = theme;
  return value === '' || value === valueOf({}, key) ? rest : { ...rest, [key]: value };
}

export function propertyOf(key: ThemeKey): string {
  return key === 'font-family' ? key : PREFIX + key;
}

/** Only what differs from the widget's own. */
export function themeCss(theme: Theme): string {
  const lines = THEME_KEYS.flatMap((key) => {
    const value = theme[key];
    return value === undefined ? [] : [`  ${propertyOf(key)}: ${value};`];
  });
  if (lines.length === 0) return '/* Nothing is set: the widget looks as it comes. */\n';
  return ['upgrade-offer {', ...lines, '}', ''].join('\n');
}
