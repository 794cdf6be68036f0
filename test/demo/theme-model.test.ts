/** The theme editor's logic without its page: tokens, contrast, and the variables of other design systems. */
import { defineConfig, Logger, parse } from '@terrazzo/parser';
import Color from 'colorjs.io';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readColorPair, SCHEMES, writeColorPair } from '../../demo/theme/color-pair.js';
import { contrasts, writeRatio } from '../../demo/theme/contrast.js';
import type { Declarations } from '../../demo/theme/declarations.js';
import { designTokens } from '../../demo/theme/design-tokens.js';
import { fixedContrast, fixedTheme } from '../../demo/theme/fix-contrast.js';
import { importTheme } from '../../demo/theme/imported-theme.js';
import { namesIn } from '../../demo/theme/references.js';
import { BOOTSTRAP } from '../../demo/theme/systems/bootstrap.js';
import { SHADCN } from '../../demo/theme/systems/shadcn.js';
import { SYSTEMS } from '../../demo/theme/systems/systems.js';
import { TAILWIND } from '../../demo/theme/systems/tailwind.js';
import { TOKEN_NAMES } from '../../demo/theme/token-controls.js';
import { PRESETS } from '../../demo/theme/presets.js';
import { THEME_FIELDS } from '../../demo/theme/theme-state.js';
import { exportCss, themeCss, valueOf, withValue, type Theme } from '../../demo/theme/theme.js';
import { TOKENS } from '../../demo/theme/tokens.js';

const declared = (
  light: Record<string, string>,
  dark: Record<string, string> = {},
  darkSelectors = ['.dark'],
): Declarations => ({
  light: new Map(Object.entries(light)),
  dark: new Map(Object.entries(dark)),
  darkSelectors: Object.keys(dark).length > 0 ? darkSelectors : [],
  darkBySystem: false,
  inlined: new Set(),
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
  it.each(PRESETS.flatMap(({ name, theme }) => SCHEMES.map((scheme) => ({ name, theme, scheme }))))(
    'is sufficient everywhere in "$name", $scheme',
    ({ theme, scheme }) => {
      const tooLow = contrasts(theme, scheme).filter(({ verdict }) => verdict !== 'pass' && verdict !== 'decoration');
      expect(tooLow).toEqual([]);
    },
  );

  it('is 21 for black on white, and fails below what WCAG requires', () => {
    expect(writeRatio(find({ 'text-color': '#000' }, 'Title on the surface')?.ratio)).toBe('21.00');
    // The darkest grey that is too light for text, and the lightest one that is not.
    expect(find({ 'muted-color': '#777777' }, 'Description on the surface')?.verdict).toBe('fail');
    expect(find({ 'muted-color': '#767676' }, 'Description on the surface')?.verdict).toBe('pass');
  });

  it('is not rounded up', () => {
    expect(writeRatio(4.499)).toBe('4.49');
  });

  it('takes transparency into account', () => {
    expect(find({ 'text-color': 'rgb(0 0 0 / 20%)' }, 'Title on the surface')?.verdict).toBe('fail');
  });

  it('says so when a colour cannot be read', () => {
    expect(find({ 'accent-color': 'no colour' }, 'Link on the surface')?.verdict).toBe('unreadable');
  });
});

describe('fixing the contrast of a pair', () => {
  const [surface, text] = ['light-dark(#ffffff, #000000)', 'light-dark(#000000, #ffffff)'];

  it('changes the lightness until the pair passes, and keeps the hue and the other scheme', () => {
    const theme = { 'muted-color': 'light-dark(#d0a0a0, #b3b8ca)' };
    const failing = find(theme, 'Description on the surface');
    const fixed = failing && fixedContrast(theme, 'light', failing);
    expect(fixed && find(fixed, 'Description on the surface')?.verdict).toBe('pass');
    const { light, dark } = readColorPair(fixed?.['muted-color'] ?? '');
    expect(dark).toBe('#b3b8ca');
    expect(hueOf(light)).toBeCloseTo(hueOf('#d0a0a0'), -1);
  });

  it('keeps a reference in the scheme that it does not fix', () => {
    const theme = { 'muted-color': 'light-dark(var(--muted, #999999), var(--muted, #b3b8ca))' };
    const failing = find(theme, 'Description on the surface');
    const fixed = failing && fixedContrast(theme, 'light', failing);
    expect(readColorPair(fixed?.['muted-color'] ?? '').dark).toBe('var(--muted, #b3b8ca)');
  });

  it('fixes all pairs at once', () => {
    const theme = {
      'surface-background-color': surface,
      'text-color': text,
      'muted-color': '#888888',
      'done-color': 'light-dark(#c8e6c9, #1b3a1c)',
    };
    expect(SCHEMES.flatMap((scheme) => contrasts(fixedTheme(theme, SCHEMES), scheme)).filter(isFailure)).toEqual([]);
  });

  function hueOf(css: string): number {
    return new Color(css).to('oklch').coords[2] ?? 0;
  }
  function isFailure({ verdict }: { verdict: string }): boolean {
    return verdict === 'fail';
  }
});

describe('importing the variables of another system', () => {
  const theme = (...of: Parameters<typeof importTheme>) => importTheme(...of).theme;
  const css = (...of: Parameters<typeof importTheme>) => exportCss(theme(...of), 'variables');

  const SHADCN_BLOCK = declared(
    {
      '--background': '0 0% 100%',
      '--card': '0 0% 100%',
      '--primary': '222.2 47.4% 11.2%',
      '--primary-foreground': '210 40% 98%',
      '--muted': '210 40% 96.1%',
      '--muted-foreground': '215.4 16.3% 46.9%',
      '--accent': '210 40% 96.1%',
    },
    { '--card': '222.2 84% 4.9%', '--primary': '210 40% 98%' },
  );

  it('refers to the variables, bare triplets with their function, and lets the dark class choose the scheme', () => {
    expect(css(SHADCN_BLOCK, SHADCN)).toContain('--upgrade-offer-accent-color: hsl(var(--primary));');
    expect(css(SHADCN_BLOCK, SHADCN)).toContain('--upgrade-offer-muted-color: hsl(var(--muted-foreground));');
    expect(css(SHADCN_BLOCK, SHADCN)).toContain('\n.dark upgrade-offer {\n  color-scheme: dark;\n}\n');
  });

  it('writes the values of both schemes instead, where a page has none of the variables', () => {
    const values = exportCss(theme(SHADCN_BLOCK, SHADCN), 'values');
    expect(values).toContain('accent-color: light-dark(hsl(222.2 47.4% 11.2%), hsl(210 40% 98%));');
    expect(values).not.toContain('var(');
    expect(themeCss(theme(SHADCN_BLOCK, SHADCN))).not.toContain('color-scheme');
  });

  it.each([
    ['--color-primary', 'oklch(0.55 0.2 260)'],
    ['--md-primary', 'rgb(103 80 164)'],
    ['--brand-color', 'hsl(160, 84%, 30%)'],
    ['--p-color-bg-fill-brand', '#303030'],
  ])('takes %s for the accent', (name, value) => {
    expect(css(declared({ [name]: value }))).toMatch(new RegExp(`accent-color: (light-dark\\()?var\\(${name}\\)[,;]`));
  });

  it('takes --text-base for the text size, and --text-secondary for muted text', () => {
    const block = declared({ '--text-base': '1rem', '--text-secondary': '#555' });
    expect(theme(block)).toMatchObject({
      'text-font-size': 'var(--text-base, 1rem)',
      'muted-color': 'var(--text-secondary, #555)',
    });
  });

  it('keeps the hue of an accent without a dark one, as light as its dark surface asks, never lavender', () => {
    const block = declared(
      { '--brand': '#00695c', '--bg': '#fff', '--fg': '#111' },
      { '--bg': '#111', '--fg': '#eee' },
    );
    const { light, dark } = readColorPair(theme(block)['accent-color'] ?? '');
    expect(light).toBe('var(--brand, #00695c)');
    expect(new Color(dark).contrastWCAG21(new Color('#111'))).toBeGreaterThanOrEqual(4.5);
    expect(new Color(dark).contrastWCAG21(new Color('#111'))).toBeLessThan(5);
    expect(new Color(dark).to('oklch').h).toBeCloseTo(new Color('#00695c').to('oklch').h ?? 0, -1);
  });

  it.each([
    // Bootstrap writes white on its blue, although black has a little more contrast.
    ['white on a strong blue', '#0d6efd', '#ffffff'],
    ['white on an orange that black suits slightly better', '#c2570c', '#ffffff'],
    ['black on yellow', '#ffe600', '#000000'],
  ])('writes a label without a variable %s', (_, accent, label) => {
    expect(readColorPair(theme(declared({ '--primary': accent }))['accent-text-color'] ?? '').light).toBe(label);
  });

  it('is dark throughout where the app is, so that what has no variable follows', () => {
    const block = declared({ '--bg-1': '#111', '--fg-1': '#eee', '--line-1': '#333', '--r-card': '12px' });
    expect(theme(block)).toEqual({
      'surface-background-color': 'var(--bg-1, #111)',
      'text-color': 'var(--fg-1, #eee)',
      'surface-border-color': 'var(--line-1, #333)',
      'surface-border-radius': 'var(--r-card, 12px)',
      'color-scheme': 'dark',
    });
    const failing = contrasts(theme(block), 'light').filter(({ verdict }) => verdict === 'fail');
    expect(failing.map(({ what }) => what)).toEqual([]);
  });

  it('follows references between the variables, with fallbacks and brackets', () => {
    const block = declared({
      '--primary': 'var(--blue, rgb(1 2 3))',
      '--blue': 'hsl(var(--hue) 80% 40%)',
      '--hue': '220',
    });
    expect(readColorPair(theme(block)['accent-color'] ?? '').light).toBe('var(--primary, hsl(220 80% 40%))');
  });

  it('takes the value in place of a variable that Tailwind inlines', () => {
    const block = {
      ...declared({ '--color-primary': 'var(--ink)', '--ink': '#123456' }),
      inlined: new Set(['--color-primary']),
    };
    expect(readColorPair(theme(block)['accent-color'] ?? '').light).toBe('var(--ink, #123456)');
  });

  it('prefers the dark enough step of a scale by Tailwind', () => {
    const block = declared({
      '--color-mint-500': '#10b981',
      '--color-mint-600': '#047857',
      '--color-mint-400': '#34d399',
    });
    expect(css(block, TAILWIND)).toContain('accent-color: light-dark(var(--color-mint-600), var(--color-mint-400));');
  });

  it('says why it does not use a variable, and what it fits', () => {
    const block = declared({
      '--primary': '#123456',
      '--brand': '#654321',
      '--icon': 'url(a.svg)',
      '--sidebar': '4rem',
    });
    const { unused } = importTheme(block);
    expect(unused.map(({ name, why }) => [name, why])).toEqual([
      ['--brand', 'second'],
      ['--icon', 'unreadable'],
      ['--sidebar', 'unknown'],
    ]);
    expect(unused[0]?.fits).toContain('problem-color');
    expect(unused[2]?.fits).toContain('surface-padding');
    expect(unused[2]?.fits).not.toContain('problem-color');
  });

  it('uses a variable for what a person has decided', () => {
    const block = declared({ '--primary': '#123456', '--sea': '#0a4d68' });
    const mapped = theme(block, undefined, undefined, { '--sea': 'accent-color' });
    expect(readColorPair(mapped['accent-color'] ?? '').light).toBe('var(--sea, #0a4d68)');
  });

  it('survives the URL, with its references and its dark class', () => {
    const { read, write } = THEME_FIELDS.theme;
    expect(read(write(theme(SHADCN_BLOCK, SHADCN)))).toEqual(theme(SHADCN_BLOCK, SHADCN));
  });
});

describe('a known design system', () => {
  it.each(SYSTEMS)('$name sets each token from variables that it publishes', ({ sources, css }) => {
    const isPublished = (name: string) => css.includes(`${name}:`);
    // An app chooses its font and its label colour itself.
    const { 'font-family': _, 'accent-text-color': __, ...others } = sources(new Set());
    for (const [key, expressions] of Object.entries(others)) {
      expect(
        expressions.some((expression) => namesIn(expression).every(isPublished)),
        key,
      ).toBe(true);
    }
  });

  it.each([
    [BOOTSTRAP, 'bootstrap/dist/css/bootstrap.css'],
    [SHADCN, 'basecoat-css/dist/base/base.css'],
  ])('$name has the values of the published stylesheet', async ({ css }, file) => {
    const published = await readFile(new URL(`../../node_modules/${file}`, import.meta.url), 'utf8');
    const declarations = css.split('\n').filter((line) => line.includes('--') && !line.includes('font-family'));
    expect(declarations.filter((line) => !published.includes(line.trim()))).toEqual([]);
  });
});

describe('design tokens', () => {
  /** https://terrazzo.app: reads and checks the format, and refuses what it does not allow. */
  const parsed = async (theme: Theme) => {
    const cwd = new URL('file:///tokens/');
    const filename = new URL('theme.tokens.json', cwd);
    const { tokens } = await parse([{ filename, src: designTokens(theme) }], {
      config: defineConfig({ plugins: [] }, { cwd }),
      logger: new Logger({ level: 'error' }),
    });
    return tokens;
  };

  it.each(PRESETS)('of "$name" hold to the format of the Design Tokens Community Group', async ({ theme }) => {
    const tokens = await parsed(theme);
    for (const name of TOKEN_NAMES) {
      const isThere =
        SCHEMES.every((scheme) => `upgrade-offer.${scheme}.${name}` in tokens) || `upgrade-offer.${name}` in tokens;
      // The format has no word for "none", and its lengths are in px and rem.
      expect(isThere || /none|calc|\dem/.test(valueOf(theme, name)), name).toBe(true);
    }
  });

  it('have the colours of both schemes, lengths and fonts as the format writes them', async () => {
    const tokens = await parsed({
      'accent-color': 'light-dark(var(--primary, #ff0000), #00ff0080)',
      'surface-padding': '2rem',
      'surface-box-shadow': 'inset 0 1px 2px 3px rgb(0 0 0 / 50%)',
      'font-family': "Inter, 'Segoe UI', sans-serif",
    });
    const value = (name: string) => tokens[`upgrade-offer.${name}`]?.$value;
    expect(value('light.accent-color')).toMatchObject({ colorSpace: 'srgb', components: [1, 0, 0], alpha: 1 });
    expect(value('dark.accent-color')).toMatchObject({ components: [0, 1, 0], alpha: 0.502 });
    expect(value('surface-padding')).toEqual({ value: 2, unit: 'rem' });
    expect(value('surface-box-shadow')).toMatchObject([
      { inset: true, offsetY: { value: 1, unit: 'px' }, spread: { value: 3, unit: 'px' }, color: { alpha: 0.5 } },
    ]);
    expect(value('font-family')).toEqual(['Inter', 'Segoe UI', 'sans-serif']);
  });
});

function find(theme: Theme, what: string) {
  return contrasts(theme, 'light').find((pair) => pair.what === what);
}
