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
}

interface Pair {
  readonly what: string;
  readonly needed: number;
  readonly front: Paint;
  readonly back: Paint;
}

/** Computes the visible colour of a place from the theme's colours. */
type Paint = (color: (name: ColorName) => Color) => Color;

const TEXT = 4.5;
const SHAPE = 3;
const NOTHING = 1;

/** The same mixtures as in the widget's sheets. */
const BANNER_TINT = 0.06;
const ICON_TINT = 0.11;
const HOVERED_ACCENT = 0.88;

/** The page under a translucent surface. */
const PAGE = { light: WHITE, dark: BLACK };

const accent = plain('accent-color');
const surface = plain('surface-background-color');
const text = plain('text-color');
const muted = plain('muted-color');
const banner: Paint = (color) => mix(color('accent-color'), color('surface-background-color'), BANNER_TINT);
const hovered: Paint = (color) => mix(color('accent-color'), color('text-color'), HOVERED_ACCENT);

const PAIRS: readonly Pair[] = [
  { what: 'Title and second button on the surface', needed: TEXT, front: text, back: surface },
  { what: 'Description on the surface', needed: TEXT, front: muted, back: surface },
  { what: 'Description on the banner', needed: TEXT, front: muted, back: banner },
  { what: 'Label of the first button', needed: TEXT, front: plain('accent-text-color'), back: accent },
  { what: 'Label of the first button, hovered', needed: TEXT, front: plain('accent-text-color'), back: hovered },
  { what: 'Link on the surface', needed: TEXT, front: accent, back: surface },
  { what: 'Link on the banner', needed: TEXT, front: accent, back: banner },
  { what: 'First button against the surface', needed: SHAPE, front: accent, back: surface },
  { what: 'Focus ring against the surface', needed: SHAPE, front: accent, back: surface },
  { what: 'Focus ring against the banner', needed: SHAPE, front: accent, back: banner },
  { what: 'Icon of the offer', needed: SHAPE, front: accent, back: tint('accent-color') },
  { what: 'Icon of good news', needed: SHAPE, front: plain('done-color'), back: tint('done-color') },
  { what: 'Icon of bad news', needed: SHAPE, front: plain('problem-color'), back: tint('problem-color') },
  { what: 'Border of the card', needed: NOTHING, front: plain('surface-border-color'), back: surface },
];

export function contrasts(theme: Theme, scheme: Scheme): Contrast[] {
  return PAIRS.map(({ what, needed, front, back }) => {
    const ratio = ratioOf(theme, scheme, front, back);
    return { what, ratio, needed, verdict: verdictOn(ratio, needed) };
  });
}

/** Truncated, not rounded: 4.496 does not reach 4.5. */
export function writeRatio(ratio: number | undefined): string {
  return ratio === undefined ? '?' : (Math.floor(ratio * 100) / 100).toFixed(2);
}

function ratioOf(theme: Theme, scheme: Scheme, front: Paint, back: Paint): number | undefined {
  let isReadable = true;
  const color = (name: ColorName): Color => {
    const read = readColor(colorsOf(theme, name)[scheme]);
    isReadable &&= read !== undefined;
    return read ?? BLACK;
  };
  const ratio = contrast(front(color), over(back(color), PAGE[scheme]));
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

/** The background of an icon: a little of the icon's colour over the surface. */
function tint(name: ColorName): Paint {
  return (color) => mix(color(name), color('surface-background-color'), ICON_TINT);
}
