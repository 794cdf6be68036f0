/** Every token reaches the piece that it names, in every layout, on a phone and on a desk. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { TokenName } from '../../../demo/theme/token-controls.js';
import { PREFIX, TOKENS } from '../../../demo/theme/tokens.js';
import type { Layout } from '../../../widget/flow/layout.js';
import { drawNotice, LAYOUTS, shownStates } from './notices.js';

/** Where a token is read: the part and its property, and the pseudo-element and the state that show it. */
interface Reading {
  readonly part: string;
  /** Where another part of a layout has it. */
  readonly partIn?: { readonly [Name in Layout]?: string };
  readonly property: keyof CSSStyleDeclaration & string;
  readonly pseudo?: '::backdrop';
  readonly state?: string;
  /** A value that no default has. */
  readonly odd: string;
  /** What the browser makes of it, where that differs; a layout may take a share of it, or have no use for it. */
  readonly is?: string | { readonly [Name in Layout]?: string | undefined };
}

const reading = (part: string, property: Reading['property'], odd: string, is?: Reading['is']): Reading => ({
  part,
  property,
  odd,
  ...(is !== undefined && { is }),
});

/** A token without a row here does not compile. */
const READINGS: Readonly<Record<TokenName, Reading>> = {
  'accent-color': reading('option-primary', 'backgroundColor', 'rgb(1, 1, 1)'),
  'accent-text-color': reading('option-primary', 'color', 'rgb(1, 1, 2)'),
  'surface-background-color': reading('surface', 'backgroundColor', 'rgb(1, 1, 3)', { banner: undefined }),
  'surface-border-color': reading('surface', 'borderBlockEndColor', 'rgb(1, 1, 4)'),
  'surface-border-radius': reading('surface', 'borderStartStartRadius', '3px', { banner: undefined, modal: undefined }),
  'surface-box-shadow': reading('surface', 'boxShadow', 'rgb(1, 1, 5) 1px 2px 3px 4px', {
    banner: undefined,
    corner: undefined,
    modal: undefined,
  }),
  'surface-padding': {
    ...reading('surface', 'paddingInlineStart', '13px', { banner: '6.5px' }),
    partIn: { modal: 'frame' },
  },
  'border-width': reading('surface', 'borderBlockEndWidth', '3px'),
  gap: reading('content', 'rowGap', '11px'),
  'text-color': reading('surface', 'color', 'rgb(1, 1, 6)'),
  'text-font-size': reading('surface', 'fontSize', '19px'),
  'muted-color': reading('description', 'color', 'rgb(1, 1, 7)'),
  'title-font-size': reading('title', 'fontSize', '25px', { modal: '30px' }),
  'title-font-weight': reading('title', 'fontWeight', '350'),
  'title-line-height': reading('title', 'lineHeight', '41px'),
  'title-letter-spacing': reading('title', 'letterSpacing', '2px'),
  'option-border-radius': reading('dismiss', 'borderStartStartRadius', '7px'),
  'option-font-size': reading('option-primary', 'fontSize', '21px'),
  'option-font-weight': reading('option-primary', 'fontWeight', '450'),
  'option-min-block-size': reading('option-primary', 'minBlockSize', '51px'),
  'option-padding-inline': reading('option-secondary', 'paddingInlineEnd', '9px'),
  'option-gap': reading('actions', 'rowGap', '15px'),
  'option-secondary-color': reading('option-secondary', 'color', 'rgb(1, 1, 8)'),
  'option-secondary-background-color': reading('option-secondary', 'backgroundColor', 'rgb(1, 1, 9)'),
  'option-secondary-border-color': reading('option-secondary', 'borderBlockStartColor', 'rgb(1, 1, 10)'),
  'focus-ring-color': reading('option-primary', 'outlineColor', 'rgb(1, 1, 11)'),
  'focus-ring-width': reading('option-primary', 'outlineWidth', '5px'),
  'motion-duration': reading('surface', 'animationDuration', '0.123s'),
  'motion-easing': reading('surface', 'animationTimingFunction', 'steps(7)'),
  'done-color': { ...reading('icon', 'color', 'rgb(1, 1, 12)'), state: 'completed' },
  'problem-color': { ...reading('icon', 'color', 'rgb(1, 1, 13)'), state: 'failed: internal' },
  'icon-inline-size': reading('icon', 'inlineSize', '37px'),
  'icon-border-radius': reading('icon', 'borderStartStartRadius', '5px'),
  'icon-color': reading('icon', 'color', 'rgb(1, 1, 17)'),
  'icon-background-color': reading('icon', 'backgroundColor', 'rgb(1, 1, 18)'),
  // Of what the page puts into the slot: `extras.test.ts` reads it there.
  'media-aspect-ratio': reading('media', 'aspectRatio', '7 / 3', {
    inline: undefined,
    banner: undefined,
    modal: undefined,
    corner: undefined,
  }),
  'inline-max-inline-size': reading('inline', 'maxInlineSize', '299px'),
  'banner-background-color': reading('banner', 'backgroundColor', 'rgb(1, 1, 14)'),
  'banner-z-index': reading('banner', 'zIndex', '77'),
  'corner-max-inline-size': reading('corner', 'maxInlineSize', '297px'),
  'modal-max-inline-size': reading('modal', 'maxInlineSize', '298px'),
  'modal-border-radius': reading('modal', 'borderStartStartRadius', '17px'),
  'modal-box-shadow': reading('modal', 'boxShadow', 'rgb(1, 1, 15) 1px 2px 3px 4px'),
  'backdrop-background-color': { ...reading('modal', 'backgroundColor', 'rgb(1, 1, 16)'), pseudo: '::backdrop' },
  'backdrop-blur': { ...reading('modal', 'backdropFilter', '6px', 'blur(6px)'), pseudo: '::backdrop' },
};

/** On the element itself, as a page sets them: its own defaults stand there, too. */
const sheet = new CSSStyleSheet();
sheet.replaceSync(`body > div { ${TOKENS.map(({ name }) => `${PREFIX}${name}: ${READINGS[name].odd};`).join('')} }`);

beforeAll(() => document.adoptedStyleSheets.push(sheet));

afterEach(() => document.body.replaceChildren());

afterAll(() => document.adoptedStyleSheets.splice(document.adoptedStyleSheets.indexOf(sheet), 1));

const CASES = [320, 1280].flatMap((width) => LAYOUTS.map((layout) => ({ width, layout })));

it.each(CASES)('every token holds as $layout at $width px', async ({ width, layout }) => {
  await page.viewport(width, 700);
  const drawn = new Map<string, HTMLElement>();
  const read: Record<string, unknown> = {};
  const wanted: Record<string, unknown> = {};
  for (const { name } of TOKENS) {
    const { partIn, property, pseudo, state = 'offered', odd, is = odd, part: everywhere } = READINGS[name];
    const part = partIn?.[layout] ?? everywhere;
    const host = drawn.get(state) ?? (await draw(layout, state));
    drawn.set(state, host);
    const piece = host.shadowRoot?.querySelector<HTMLElement>(`[part~="${part}"]`);
    const value = typeof is === 'string' ? is : layout in is ? is[layout] : odd;
    if (value === undefined || isOfOtherLayout(part, layout)) continue;
    if (name.startsWith('focus-ring')) piece?.focus();
    wanted[name] = value;
    read[name] = piece ? getComputedStyle(piece, pseudo)[property] : 'no such part';
  }
  expect(read).toEqual(wanted);
});

async function draw(layout: Layout, name: string): Promise<HTMLElement> {
  const state = shownStates()[name];
  if (!state) throw new Error(`Failed to find the state "${name}": check its name.`);
  return drawNotice(layout, state);
}

function isOfOtherLayout(part: string, layout: Layout): boolean {
  return LAYOUTS.some((name) => name === part) && part !== layout;
}
