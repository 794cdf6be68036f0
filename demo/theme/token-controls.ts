/** The label, the group and the kind of control that the editor has for each token. */

export const GROUPS = ['Colours', 'Typography', 'Card', 'Icon', 'Buttons', 'Layout', 'Motion'] as const;
export type Group = (typeof GROUPS)[number];

/** The range of a slider in one unit. */
interface Scale {
  readonly unit: 'px' | 'rem' | 'em' | 'ms';
  readonly max: number;
  readonly step: number;
}

/** The first one is the default unit. */
export type Scales = readonly [Scale, ...Scale[]];

/** A value that is allowed instead of a length. */
interface Keyword {
  readonly value: string;
  readonly label: string;
}

interface Named {
  readonly label: string;
  readonly group: Group;
}

export type Control = Named &
  (
    | { readonly kind: 'color' }
    /** `min`: 0 when absent. */
    | { readonly kind: 'length'; readonly scales: Scales; readonly min?: number; readonly keyword?: Keyword }
    | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly step: number }
    | { readonly kind: 'shadow' }
    | { readonly kind: 'easing' }
    | { readonly kind: 'ratio' }
  );

const CORNER: Scales = [
  { unit: 'px', max: 40, step: 1 },
  { unit: 'rem', max: 2.5, step: 0.0625 },
];
const SPACE: Scales = [
  { unit: 'rem', max: 4, step: 0.125 },
  { unit: 'px', max: 64, step: 1 },
];
const LETTERS: Scales = [
  { unit: 'rem', max: 2, step: 0.0625 },
  { unit: 'px', max: 32, step: 1 },
];
const WIDTH: Scales = [
  { unit: 'rem', max: 64, step: 1 },
  { unit: 'px', max: 1024, step: 8 },
];
const EDGE: Scales = [{ unit: 'px', max: 8, step: 0.5 }];
const BLUR: Scales = [{ unit: 'px', max: 24, step: 1 }];
const LABELS: Scales = [
  { unit: 'em', max: 2, step: 0.0625 },
  { unit: 'px', max: 32, step: 1 },
];
const TRACKING: Scales = [{ unit: 'em', max: 0.2, step: 0.005 }];
const HEIGHT: Scales = [
  { unit: 'px', max: 72, step: 1 },
  { unit: 'rem', max: 4.5, step: 0.0625 },
];
const TIME: Scales = [{ unit: 'ms', max: 1000, step: 20 }];
const NO_LIMIT: Keyword = { value: 'none', label: 'No limit' };
const LIKE_CARD: Keyword = { value: 'calc(var(--upgrade-offer-surface-border-radius) * 1.25)', label: 'Like the card' };
const WEIGHT = { kind: 'number', min: 100, max: 900, step: 50 } as const;

export const CONTROLS = {
  'accent-color': { label: 'Accent', group: 'Colours', kind: 'color' },
  'accent-text-color': { label: 'Text on the accent', group: 'Colours', kind: 'color' },
  'surface-background-color': { label: 'Surface', group: 'Colours', kind: 'color' },
  'surface-border-color': { label: 'Border', group: 'Colours', kind: 'color' },
  'text-color': { label: 'Text', group: 'Colours', kind: 'color' },
  'muted-color': { label: 'Muted text', group: 'Colours', kind: 'color' },
  'done-color': { label: 'Success', group: 'Colours', kind: 'color' },
  'problem-color': { label: 'Error', group: 'Colours', kind: 'color' },
  'option-secondary-color': { label: 'Second button, text', group: 'Colours', kind: 'color' },
  'option-secondary-background-color': { label: 'Second button', group: 'Colours', kind: 'color' },
  'option-secondary-border-color': { label: 'Second button, border', group: 'Colours', kind: 'color' },
  'focus-ring-color': { label: 'Focus ring', group: 'Colours', kind: 'color' },
  'banner-background-color': { label: 'Banner', group: 'Colours', kind: 'color' },
  'backdrop-background-color': { label: 'Backdrop', group: 'Colours', kind: 'color' },
  'text-font-size': { label: 'Text size', group: 'Typography', kind: 'length', scales: LETTERS },
  'title-font-size': { label: 'Title size', group: 'Typography', kind: 'length', scales: LETTERS },
  'title-font-weight': { label: 'Title weight', group: 'Typography', ...WEIGHT },
  'title-line-height': { label: 'Title line height', group: 'Typography', kind: 'number', min: 1, max: 2, step: 0.05 },
  'title-letter-spacing': { label: 'Title spacing', group: 'Typography', kind: 'length', scales: TRACKING, min: -0.1 },
  'surface-border-radius': { label: 'Corners', group: 'Card', kind: 'length', scales: CORNER },
  'surface-padding': { label: 'Padding', group: 'Card', kind: 'length', scales: SPACE },
  'surface-box-shadow': { label: 'Shadow', group: 'Card', kind: 'shadow' },
  'border-width': { label: 'Border width', group: 'Card', kind: 'length', scales: EDGE },
  gap: { label: 'Gap', group: 'Card', kind: 'length', scales: SPACE },
  'icon-inline-size': { label: 'Icon size', group: 'Icon', kind: 'length', scales: SPACE },
  'icon-border-radius': {
    label: 'Icon corners',
    group: 'Icon',
    kind: 'length',
    scales: CORNER,
    keyword: { value: 'calc(var(--upgrade-offer-surface-border-radius) * 0.75)', label: 'Like the card' },
  },
  'icon-color': { label: 'Icon', group: 'Icon', kind: 'color' },
  'icon-background-color': { label: 'Icon background', group: 'Icon', kind: 'color' },
  'media-aspect-ratio': { label: 'Picture', group: 'Layout', kind: 'ratio' },
  'option-border-radius': { label: 'Button corners', group: 'Buttons', kind: 'length', scales: CORNER },
  'option-font-weight': { label: 'Button weight', group: 'Buttons', ...WEIGHT },
  'option-font-size': { label: 'Button text size', group: 'Buttons', kind: 'length', scales: LABELS },
  'option-min-block-size': { label: 'Button height', group: 'Buttons', kind: 'length', scales: HEIGHT },
  'option-padding-inline': { label: 'Button padding', group: 'Buttons', kind: 'length', scales: SPACE },
  'option-gap': { label: 'Gap between buttons', group: 'Buttons', kind: 'length', scales: SPACE },
  'focus-ring-width': { label: 'Focus ring width', group: 'Buttons', kind: 'length', scales: EDGE },
  'motion-duration': { label: 'Duration', group: 'Motion', kind: 'length', scales: TIME },
  'motion-easing': { label: 'Easing', group: 'Motion', kind: 'easing' },
  'inline-max-inline-size': { label: 'Card width', group: 'Layout', kind: 'length', scales: WIDTH, keyword: NO_LIMIT },
  'corner-max-inline-size': { label: 'Corner width', group: 'Layout', kind: 'length', scales: WIDTH },
  'modal-max-inline-size': { label: 'Dialog width', group: 'Layout', kind: 'length', scales: WIDTH },
  'modal-border-radius': {
    label: 'Dialog corners',
    group: 'Layout',
    kind: 'length',
    scales: CORNER,
    keyword: LIKE_CARD,
  },
  'modal-box-shadow': { label: 'Dialog shadow', group: 'Layout', kind: 'shadow' },
  'backdrop-blur': { label: 'Backdrop blur', group: 'Layout', kind: 'length', scales: BLUR },
  'banner-z-index': { label: 'Banner z-index', group: 'Layout', kind: 'number', min: 0, max: 100, step: 1 },
} as const satisfies Record<string, Control>;

export type TokenName = keyof typeof CONTROLS;

type NameOfKind<Kind> = { [Name in TokenName]: (typeof CONTROLS)[Name]['kind'] extends Kind ? Name : never }[TokenName];
export type ColorName = NameOfKind<'color'>;

export const TOKEN_NAMES = Object.keys(CONTROLS).filter((name): name is TokenName => name in CONTROLS);
