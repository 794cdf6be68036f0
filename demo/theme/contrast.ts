/** The contrast of the widget's colours against each other, by WCAG 2.2, criteria 1.4.3 and 1.4.11. */
import { BLACK, contrast, mix, over, readColor, WHITE, type Color } from './color.js';
import type { Scheme } from './color-pair.js';
import type { ColorName } from './token-controls.js';
import { colorsOf, type Theme } from './theme.js';

export interface Contrast {
  readonly what: string;
  /** 1 to 21; undefined when a colour cannot be read. */
  readonly ratio: number | undefined;
  /** The ratio that WCAG requires; 1 for decoration. */
  readonly needed: number;
  readonly verdict: 'pass' | 'fail' | 'decoration' | 'unreadable';
  /** The colour in front. */
  readonly front: ColorName;
}

interface Pair {
  readonly what: string;
  readonly needed: number;
  readonly front: ColorName;
  readonly back: Paint;
}

/** Computes the visible colour of a place from the theme's colours. */
type Paint = (color: (name: ColorName) => Color) => Color;

const TEXT = 4.5;
const SHAPE = 3;
const NOTHING = 1;

/** The same mixtures as in the widget's sheets. */
const NEWS_TINT = 0.11;
const HOVERED_ACCENT = 0.88;

/** The page under a translucent surface. */
const PAGE = { light: WHITE, dark: BLACK };

const accent = plain('accent-color');
const surface = plain('surface-background-color');
const banner = onSurface('banner-background-color');
const hovered: Paint = (color) => mix(color('accent-color'), color('text-color'), HOVERED_ACCENT);

const PAIRS: readonly Pair[] = [
  { what: 'Title on the surface', needed: TEXT, front: 'text-color', back: surface },
  { what: 'Description on the surface', needed: TEXT, front: 'muted-color', back: surface },
  { what: 'Description on the banner', needed: TEXT, front: 'muted-color', back: banner },
  { what: 'Label of the first button', needed: TEXT, front: 'accent-text-color', back: accent },
  { what: 'Label of the first button, hovered', needed: TEXT, front: 'accent-text-color', back: hovered },
  {
    what: 'Label of the second button',
    needed: TEXT,
    front: 'option-secondary-color',
    back: onSurface('option-secondary-background-color'),
  },
  { what: 'Link on the surface', needed: TEXT, front: 'accent-color', back: surface },
  { what: 'Link on the banner', needed: TEXT, front: 'accent-color', back: banner },
  { what: 'First button against the surface', needed: SHAPE, front: 'accent-color', back: surface },
  { what: 'Focus ring against the surface', needed: SHAPE, front: 'focus-ring-color', back: surface },
  { what: 'Focus ring against the banner', needed: SHAPE, front: 'focus-ring-color', back: banner },
  { what: 'Icon of the offer', needed: SHAPE, front: 'icon-color', back: onSurface('icon-background-color') },
  { what: 'Success icon', needed: SHAPE, front: 'done-color', back: tint('done-color') },
  { what: 'Error icon', needed: SHAPE, front: 'problem-color', back: tint('problem-color') },
  { what: 'Border of the card', needed: NOTHING, front: 'surface-border-color', back: surface },
];

export function contrasts(theme: Theme, scheme: Scheme): Contrast[] {
  return PAIRS.map((pair) => measured(theme, scheme, pair));
}

/** One pair of another theme again. */
export function contrastOf(theme: Theme, scheme: Scheme, { what }: Contrast): Contrast | undefined {
  const pair = PAIRS.find((known) => known.what === what);
  return pair && measured(theme, scheme, pair);
}

function measured(theme: Theme, scheme: Scheme, { what, needed, front, back }: Pair): Contrast {
  const ratio = ratioOf(theme, scheme, front, back);
  return { what, front, ratio, needed, verdict: verdictOn(ratio, needed) };
}

/** Truncated, not rounded: 4.496 does not reach 4.5. */
export function writeRatio(ratio: number | undefined): string {
  return ratio === undefined ? '?' : (Math.floor(ratio * 100) / 100).toFixed(2);
}

function ratioOf(theme: Theme, scheme: Scheme, front: ColorName, back: Paint): number | undefined {
  let isReadable = true;
  const color = (name: ColorName): Color => {
    const read = readColor(colorsOf(theme, name)[scheme]);
    isReadable &&= read !== undefined;
    return read ?? BLACK;
  };
  const ratio = contrast(color(front), over(back(color), PAGE[scheme]));
  return isReadable ? ratio : undefined;
}

function verdictOn(ratio: number | undefined, needed: number): Contrast['verdict'] {
  if (ratio === undefined) return 'unreadable';
  if (needed === NOTHING) return 'decoration';
  return ratio >= needed ? 'pass' : 'fail';
}

function plain(name: ColorName): Paint {
  return (color) => color(name);
}

/** A background that may let the surface through. */
function onSurface(name: ColorName): Paint {
  return (color) => over(color(name), color('surface-background-color'));
}

/** The background of the sign of an outcome: a little of its colour over the surface. */
function tint(name: ColorName): Paint {
  return (color) => mix(color(name), color('surface-background-color'), NEWS_TINT);
}
