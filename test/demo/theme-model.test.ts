/** The theme editor's logic without its page: tokens, contrast, and the variables of other design systems. */
import { describe, expect, it } from 'vitest';
import { adopt } from '../../demo/theme/adopt.js';
import { readColorPair, SCHEMES, writeColorPair } from '../../demo/theme/color-pair.js';
import { contrasts, writeRatio } from '../../demo/theme/contrast.js';
import { TOKEN_NAMES } from '../../demo/theme/token-controls.js';
import { PRESETS } from '../../demo/theme/presets.js';
import { THEME_FIELDS } from '../../demo/theme/theme-state.js';
import { themeCss, withValue } from '../../demo/theme/theme.js';
import { TOKENS } from '../../demo/theme/tokens.js';

const declared = (light: Record<string, string>, dark: Record<string, string> = {}) => ({
  light: new Map(Object.entries(light)),
  dark: new Map(Object.entries(dark)),
});

it('has a control for each token of the stylesheet, and no other', () => {
  expect(TOKENS.map(({ name }) => name).toSorted()).toEqual([...TOKEN_NAMES].toSorted());
});

it('writes only what differs from the widget, and drops what is reset', () => {
  const theme = withValue({}, 'surface-padding', '2rem');
  expect(themeCss(theme)).toBe('upgrade-offer {\n  --upgrade-offer-surface-padding: 2rem;\n}\n');
  expect(withValue(theme, 'surface-padding', '1.5rem')).toEqual({});
});

it.each(PRESETS)('"$name" survives being written to the URL and read back', ({ theme }) => {
  const { read, write } = THEME_FIELDS.theme;
  expect(read(write(theme))).toEqual(theme);
});

it('takes no CSS rule and no unknown token from a URL', () => {
  const written = 'accent-color:red;text-color:blue}body{display:none;unheard-of:1px;surface-padding:calc(1rem*2)';
  expect(THEME_FIELDS.theme.read(written)).toEqual({ 'accent-color': 'red', 'surface-padding': 'calc(1rem*2)' });
});

it('reads and writes a colour for both schemes, even with brackets and commas', () => {
  const pair = { light: 'rgb(1, 2, 3)', dark: 'hsl(4deg 5% 6%)' };
  expect(readColorPair(writeColorPair(pair))).toEqual(pair);
  expect(readColorPair('#fff')).toEqual({ light: '#fff', dark: '#fff' });
});

describe('contrast', () => {
  const find = (theme: object, what: string) => contrasts(theme, 'light').find((pair) => pair.what === what);

  it.each(PRESETS.flatMap(({ name, theme }) => SCHEMES.map((scheme) => ({ name, theme, scheme }))))(
    'is sufficient everywhere in "$name", $scheme',
    ({ theme, scheme }) => {
      const tooLow = contrasts(theme, scheme).filter(({ verdict }) => verdict !== 'pass' && verdict !== 'decoration');
      expect(tooLow).toEqual([]);
    },
  );

  it('is 21 for black on white, and fails below what WCAG requires', () => {
    expect(writeRatio(find({ 'text-color': '#000' }, 'Title and second button on the surface')?.ratio)).toBe('21.00');
    // The darkest grey that is too light for text, and the lightest one that is not.
    expect(find({ 'muted-color': '#777777' }, 'Description on the surface')?.verdict).toBe('fail');
    expect(find({ 'muted-color': '#767676' }, 'Description on the surface')?.verdict).toBe('pass');
  });

  it('is not rounded up', () => {
    expect(writeRatio(4.499)).toBe('4.49');
  });

  it('takes transparency into account', () => {
    expect(find({ 'text-color': 'rgb(0 0 0 / 20%)' }, 'Title and second button on the surface')?.verdict).toBe('fail');
  });

  it('says so when a colour cannot be read', () => {
    expect(find({ 'accent-color': 'no colour' }, 'Link on the surface')?.verdict).toBe('unreadable');
  });
});

describe('adopting the variables of another system', () => {
  it('reads shadcn: bare triplets, pairs, and subtle backgrounds called accent and muted', () => {
    const { theme } = adopt(
      declared(
        {
          '--background': '0 0% 100%',
          '--foreground': '222.2 84% 4.9%',
          '--primary': '222.2 47.4% 11.2%',
          '--primary-foreground': '210 40% 98%',
          '--muted': '210 40% 96.1%',
          '--muted-foreground': '215.4 16.3% 46.9%',
          '--accent': '210 40% 96.1%',
          '--radius': '0.5rem',
        },
        { '--primary': '210 40% 98%' },
      ),
    );
    expect(theme).toMatchObject({
      'accent-color': 'light-dark(hsl(222.2 47.4% 11.2%), hsl(210 40% 98%))',
      'muted-color': 'light-dark(hsl(215.4 16.3% 46.9%), #b3b8ca)',
      'surface-border-radius': '0.5rem',
      'option-border-radius': '0.5rem',
    });
  });

  it.each([
    ['--color-primary', 'oklch(0.55 0.2 260)'],
    ['--bs-primary', '#0d6efd'],
    ['--md-sys-color-primary', 'rgb(103 80 164)'],
    ['--brand-color', 'hsl(160, 84%, 39%)'],
  ])('takes %s: %s for the accent', (name, value) => {
    expect(adopt(declared({ [name]: value })).adopted).toContainEqual({
      key: 'accent-color',
      from: name,
      value: `light-dark(${value}, #a9b1ff)`,
    });
  });

  it('chooses a legible label colour when the block has none', () => {
    const { theme } = adopt(declared({ '--primary': '#ffe600' }, { '--primary': '#00208c' }));
    expect(theme['accent-text-color']).toBe('light-dark(#000000, #ffffff)');
  });

  it('says why it does not use a variable', () => {
    const block = {
      '--primary': '#123456',
      '--brand': '#654321',
      '--radius': 'calc(1px * 3)',
      '--sidebar-width': '4rem',
    };
    expect(adopt(declared(block)).unused).toEqual([
      { name: '--brand', value: '#654321', why: 'second' },
      { name: '--radius', value: 'calc(1px * 3)', why: 'unreadable' },
      { name: '--sidebar-width', value: '4rem', why: 'unknown' },
    ]);
  });
});
