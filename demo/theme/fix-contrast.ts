/** Changes the lightness of a colour, and nothing else of it, until a pair has enough contrast. */
import { readColorPair, writeColorPair, type Scheme } from './color-pair.js';
import { hexOf, lightnessOf, readColor, withLightness, type Color } from './color.js';
import { contrastOf, contrasts, type Contrast } from './contrast.js';
import { colorsOf, onlyScheme, valueOf, withValue, type Theme } from './theme.js';

const STEP = 0.005;

/** Whether some lightness of the colour in front is enough. */
export function canFix(theme: Theme, scheme: Scheme, pair: Contrast): boolean {
  const color = colorInFront(theme, scheme, pair);
  return (
    color !== undefined &&
    [0, 1].some((lightness) => passes(withFront(theme, scheme, pair, color, lightness), scheme, pair))
  );
}

/** The theme with the smallest change that is enough, one that spoils no other pair first; undefined when none is. */
export function fixedContrast(theme: Theme, scheme: Scheme, pair: Contrast): Theme | undefined {
  const color = colorInFront(theme, scheme, pair);
  if (!color) return undefined;
  const start = lightnessOf(color);
  const failedBefore = failedIn(theme, scheme);

  let enough: Theme | undefined;
  for (let change = STEP; change <= 1; change += STEP) {
    for (const lightness of [start - change, start + change]) {
      if (lightness < 0 || lightness > 1) continue;
      const changed = withFront(theme, scheme, pair, color, lightness);
      if (!passes(changed, scheme, pair)) continue;
      if ([...failedIn(changed, scheme)].every((what) => failedBefore.has(what))) return changed;
      enough ??= changed;
    }
  }
  return enough;
}

/** Every pair that lightness can fix. */
export function fixedTheme(theme: Theme, schemes: readonly Scheme[]): Theme {
  let fixed = theme;
  for (const scheme of schemes) {
    for (const pair of contrasts(theme, scheme)) {
      const now = contrastOf(fixed, scheme, pair);
      if (now?.verdict === 'fail') fixed = fixedContrast(fixed, scheme, now) ?? fixed;
    }
  }
  return fixed;
}

function colorInFront(theme: Theme, scheme: Scheme, { front }: Contrast): Color | undefined {
  return readColor(colorsOf(theme, front)[scheme]);
}

function withFront(theme: Theme, scheme: Scheme, { front }: Contrast, color: Color, lightness: number): Theme {
  const css = hexOf(withLightness(color, lightness));
  const pair = onlyScheme(theme)
    ? { light: css, dark: css }
    : { ...readColorPair(valueOf(theme, front)), [scheme]: css };
  return withValue(theme, front, writeColorPair(pair));
}

function passes(theme: Theme, scheme: Scheme, pair: Contrast): boolean {
  return contrastOf(theme, scheme, pair)?.verdict === 'pass';
}

function failedIn(theme: Theme, scheme: Scheme): Set<string> {
  const failed = contrasts(theme, scheme).filter(({ verdict }) => verdict === 'fail');
  return new Set(failed.map(({ what }) => what));
}
