/** Colours as numbers, to compare them and for the colour pickers. `colorjs.io` does the parsing and the maths. */
import {
  ColorSpace,
  contrastWCAG21,
  HSL,
  HWB,
  Lab,
  LCH,
  mix as mixColors,
  OKLab,
  OKLCH,
  P3,
  parse,
  serialize,
  sRGB,
  sRGB_Linear,
  to,
  toGamut,
  type PlainColorObject,
} from 'colorjs.io/fn';
import { listed } from './brackets.js';
import { computedColor } from './computed.js';

export type Color = PlainColorObject;

// Registers only the notations that stylesheets use. The library has many more, which the page need not load.
for (const space of [sRGB, sRGB_Linear, HSL, HWB, Lab, LCH, OKLab, OKLCH, P3]) ColorSpace.register(space);

export const WHITE: Color = { space: sRGB, coords: [1, 1, 1], alpha: 1 };
export const BLACK: Color = { space: sRGB, coords: [0, 0, 0], alpha: 1 };

/** A colour in any CSS notation; undefined when it is not one. What the library cannot parse, a browser computes. */
export function readColor(css: string): Color | undefined {
  return parsed(css.trim()) ?? mixed(css.trim()) ?? parsed(computedColor(css) ?? '');
}

function parsed(css: string): Color | undefined {
  try {
    return to(parse(css), sRGB);
  } catch {
    return undefined;
  }
}

const MIX = /^color-mix\(\s*in\s+oklab\s*,(.*)\)$/s;
const SHARE = /\s+([\d.]+)%$/;

/** `color-mix(in oklab, #fff 6%, #000)`, which the widget's own sheets use. */
function mixed(css: string): Color | undefined {
  const parts = MIX.exec(css)?.[1];
  if (parts === undefined) return undefined;
  const [first = '', second = ''] = listed(parts);
  const [top, bottom] = [first, second].map((part) => readColor(part.replace(SHARE, '')));
  if (!top || !bottom || SHARE.test(second)) return undefined;
  return mix(top, bottom, Number(SHARE.exec(first)?.[1] ?? 50) / 100);
}

/** The nearest opaque colour that a colour picker can hold. */
export function hexOf(color: Color): string {
  return serialize({ ...color, alpha: 1 }, { format: 'hex', collapse: false });
}

/** The visible colour where `top` covers an opaque colour. */
export function over(top: Color, bottom: Color): Color {
  const alpha = top.alpha ?? 1;
  const blend = (at: 0 | 1 | 2) => (top.coords[at] ?? 0) * alpha + (bottom.coords[at] ?? 0) * (1 - alpha);
  return { space: sRGB, coords: [blend(0), blend(1), blend(2)], alpha: 1 };
}

/**
 * CSS `color-mix(in oklab, …)`.
 *
 * @param share of `first`, 0 to 1.
 */
export function mix(first: Color, second: Color, share: number): Color {
  return to(mixColors(second, first, share, { space: OKLab, premultiplied: true }), sRGB);
}

/** The contrast ratio of WCAG 2, 1 to 21. */
export function contrast(front: Color, back: Color): number {
  return contrastWCAG21(over(front, back), back);
}

/** The same hue at another lightness, 0 to 1, in OKLCH. */
export function withLightness(color: Color, lightness: number): Color {
  const { coords, alpha } = to(color, OKLCH);
  return to(toGamut({ space: OKLCH, coords: [lightness, coords[1], coords[2]], alpha }, { space: sRGB }), sRGB);
}

/** Lightness in OKLCH, 0 to 1. */
export function lightnessOf(color: Color): number {
  return to(color, OKLCH).coords[0] ?? 0;
}
