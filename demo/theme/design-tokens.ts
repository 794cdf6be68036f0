/**
 * The theme as design tokens, in the format of the W3C Design Tokens Community Group, version 2025.10:
 * https://www.designtokens.org/tr/2025.10/format/. The format has no colour schemes within a file, so the colours of both
 * stand in two groups.
 */
import { listed, spaced } from './brackets.js';
import { SCHEMES, type Scheme } from './color-pair.js';
import { hexOf, readColor } from './color.js';
import { computedLength } from './computed.js';
import { colorsOf, shownValue, VALUE_KEYS, type Theme, type ValueKey } from './theme.js';
import { CONTROLS, type ColorName } from './token-controls.js';

export const FORMAT_VERSION = '2025.10';

const SCHEMA = `https://www.designtokens.org/schemas/${FORMAT_VERSION}/format.json`;

interface DesignToken {
  readonly $type:
    | 'color'
    | 'dimension'
    | 'number'
    | 'fontWeight'
    | 'fontFamily'
    | 'shadow'
    | 'duration'
    | 'cubicBezier';
  readonly $value: unknown;
  readonly $description?: string;
}

/** All values of the theme, with the widget's defaults, so that a design tool shows what a customer sees. */
export function designTokens(theme: Theme): string {
  const colors = (scheme: Scheme) =>
    Object.fromEntries(VALUE_KEYS.filter(isColor).map((key) => [key, colorToken(theme, key, scheme)]));
  const others = VALUE_KEYS.flatMap((key) => {
    const token = isColor(key) ? undefined : tokenOf(theme, key);
    return token ? [[key, { ...token, $description: labelOf(key) }] as const] : [];
  });
  const file = {
    $schema: SCHEMA,
    'upgrade-offer': {
      ...Object.fromEntries(SCHEMES.map((scheme) => [scheme, colors(scheme)])),
      ...Object.fromEntries(others),
    },
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function colorToken(theme: Theme, key: ColorName, scheme: Scheme): DesignToken {
  const $value = colorValue(colorsOf(theme, key)[scheme]) ?? colorValue('#000');
  return { $type: 'color', $value, $description: labelOf(key) };
}

/** Undefined for what the format cannot say: "no limit", and a font that is the page's own. */
function tokenOf(theme: Theme, key: ValueKey): DesignToken | undefined {
  const css = shownValue(theme, key);
  if (key === 'font-family') {
    if (css === 'inherit') return undefined;
    return { $type: 'fontFamily', $value: listed(css).map((family) => family.replaceAll(/["']/g, '')) };
  }
  switch (CONTROLS[key].kind) {
    case 'color':
      return undefined;
    case 'length': {
      const duration = /^([\d.]+)(ms|s)$/.exec(css);
      if (duration) return { $type: 'duration', $value: { value: Number(duration[1]), unit: duration[2] } };
      const $value = dimension(css);
      return $value && { $type: 'dimension', $value };
    }
    case 'number':
      return { $type: key.endsWith('weight') ? 'fontWeight' : 'number', $value: Number(css) };
    case 'shadow':
      return shadow(css);
    case 'easing':
      return easing(css);
    case 'ratio':
      return ratio(css);
  }
}

function colorValue(css: string): object | undefined {
  const color = readColor(css);
  if (!color) return undefined;
  const components = color.coords.map((part) => Number(Math.min(1, Math.max(0, part ?? 0)).toFixed(4)));
  return { colorSpace: 'srgb', components, alpha: Number((color.alpha ?? 1).toFixed(3)), hex: hexOf(color) };
}

/** The format knows px and rem. */
function dimension(css: string): { value: number; unit: 'px' | 'rem' } | undefined {
  const unit = (['rem', 'px'] as const).find(
    (known) => css.endsWith(known) && !Number.isNaN(Number(css.slice(0, -known.length))),
  );
  if (unit) return { value: Number.parseFloat(css), unit };
  if (Number(css) === 0) return { value: 0, unit: 'px' };
  const px = computedLength(css);
  return px === undefined ? undefined : { value: px, unit: 'px' };
}

function shadow(css: string): DesignToken | undefined {
  if (css === 'none') return undefined;
  const layers = listed(css).map(shadowLayer);
  return { $type: 'shadow', $value: layers };
}

/** The format knows Bézier curves, in four numbers. */
function easing(css: string): DesignToken | undefined {
  const numbers = /^cubic-bezier\((.*)\)$/.exec(css)?.[1];
  return numbers === undefined ? undefined : { $type: 'cubicBezier', $value: listed(numbers).map(Number) };
}

/** `16 / 9`, which the format has as a number. */
function ratio(css: string): DesignToken | undefined {
  const [width, height = 1] = css.split('/').map(Number);
  const $value = Number(width) / height;
  return Number.isFinite($value) ? { $type: 'number', $value } : undefined;
}

/** `inset 0 1px 2px #0003`, its words in any order that CSS allows. */
function shadowLayer(css: string): object {
  const words = spaced(css);
  const lengths = words.flatMap((word) => dimension(word) ?? []);
  const zero = { value: 0, unit: 'px' };
  const [offsetX = zero, offsetY = zero, blur = zero, spread = zero] = lengths;
  const color = words.map(colorValue).find((value) => value !== undefined) ?? colorValue('#000');
  return { color, offsetX, offsetY, blur, spread, ...(words.includes('inset') ? { inset: true } : {}) };
}

function isColor(key: ValueKey): key is ColorName {
  return key !== 'font-family' && CONTROLS[key].kind === 'color';
}

function labelOf(key: ValueKey): string {
  return key === 'font-family' ? 'Font' : CONTROLS[key].label;
}
