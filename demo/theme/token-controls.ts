/** The label, the group and the kind of control that the editor has for each token. */

export const GROUPS = ['Colours', 'Text', 'Card', 'Buttons', 'Layout'] as const;
export type Group = (typeof GROUPS)[number];

/** The range of a slider in one unit. */
interface Scale {
  readonly unit: 'px' | 'rem';
  readonly max: number;
  readonly step: number;
}

/** The first one is the default unit. */
export type Scales = readonly [Scale, ...Scale[]];

interface Named {
  readonly label: string;
  readonly group: Group;
}

export type Control = Named &
  (
    | { readonly kind: 'color' }
    /** `keyword` is a value that is allowed instead of a length. */
    | { readonly kind: 'length'; readonly scales: Scales; readonly keyword?: string }
    | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly step: number }
    | { readonly kind: 'shadow' }
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
const WEIGHT = { kind: 'number', min: 100, max: 900, step: 50 } as const;

export const CONTROLS = {
  'accent-color': { label: 'Accent', group: 'Colours', kind: 'color' },
  'accent-text-color': { label: 'Text on the accent', group: 'Colours', kind: 'color' },
  'surface-background-color': { label: 'Surface', group: 'Colours', kind: 'color' },
  'surface-border-color': { label: 'Border', group: 'Colours', kind: 'color' },
  'text-color': { label: 'Text', group: 'Colours', kind: 'color' },
  'muted-color': { label: 'Muted text', group: 'Colours', kind: 'color' },
  'done-color': { label: 'Good news', group: 'Colours', kind: 'color' },
  'problem-color': { label: 'Bad news', group: 'Colours', kind: 'color' },
  'backdrop-background-color': { label: 'Behind the dialog', group: 'Colours', kind: 'color' },
  'text-font-size': { label: 'Text size', group: 'Text', kind: 'length', scales: LETTERS },
  'title-font-size': { label: 'Title size', group: 'Text', kind: 'length', scales: LETTERS },
  'title-font-weight': { label: 'Title weight', group: 'Text', ...WEIGHT },
  'surface-border-radius': { label: 'Corners', group: 'Card', kind: 'length', scales: CORNER },
  'surface-padding': { label: 'Padding', group: 'Card', kind: 'length', scales: SPACE },
  'surface-box-shadow': { label: 'Shadow', group: 'Card', kind: 'shadow' },
  'option-border-radius': { label: 'Button corners', group: 'Buttons', kind: 'length', scales: CORNER },
  'option-font-weight': { label: 'Button weight', group: 'Buttons', ...WEIGHT },
  'inline-max-inline-size': { label: 'Card width', group: 'Layout', kind: 'length', scales: WIDTH, keyword: 'none' },
  'modal-max-inline-size': { label: 'Dialog width', group: 'Layout', kind: 'length', scales: WIDTH },
  'banner-z-index': { label: 'Banner z-index', group: 'Layout', kind: 'number', min: 0, max: 100, step: 1 },
} as const satisfies Record<string, Control>;

export type TokenName = keyof typeof CONTROLS;

type NameOfKind<Kind> = { [Name in TokenName]: (typeof CONTROLS)[Name]['kind'] extends Kind ? Name : never }[TokenName];
export type ColorName = NameOfKind<'color'>;

export const TOKEN_NAMES = Object.keys(CONTROLS).filter((name): name is TokenName => name in CONTROLS);
