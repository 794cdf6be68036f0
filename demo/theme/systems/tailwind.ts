/** https://tailwindcss.com/docs/theme; its scale of colours has a light accent at 600 and a dark one at 400. */
import type { System, TokenSources } from './system.js';

const RAMP = /^--color-([\w-]+)-600$/;

/** The colours that Tailwind brings: an app's own scale has another name. */
const OWN_RAMPS = new Set(
  (
    'red orange amber yellow lime green emerald teal cyan sky blue indigo violet purple fuchsia pink rose ' +
    'slate gray zinc neutral stone mauve olive mist taupe'
  ).split(' '),
);
const BRANDS = ['primary', 'brand', 'accent'];

export const TAILWIND: System = {
  name: 'Tailwind CSS 4',
  isIn: (names, text) =>
    /@theme\b/.test(text) || [...names].some((name) => RAMP.test(name) || /^--color-[\w-]+-500$/.test(name)),
  isComplete: true,
  hasDarkAccent: false,
  sources: (names) => ({ ...SOURCES, 'accent-color': accents(names) }),
  css: `@theme {
  --color-white: #fff;
  --color-gray-50: oklch(98.5% 0.002 247.839);
  --color-gray-200: oklch(92.8% 0.006 264.531);
  --color-gray-400: oklch(70.7% 0.022 261.325);
  --color-gray-600: oklch(44.6% 0.03 256.802);
  --color-gray-700: oklch(37.3% 0.034 259.733);
  --color-gray-900: oklch(21% 0.034 264.665);
  --color-indigo-400: oklch(67.3% 0.182 276.935);
  --color-indigo-600: oklch(51.1% 0.262 276.966);
  --color-green-400: oklch(79.2% 0.209 151.711);
  --color-green-700: oklch(52.7% 0.154 150.069);
  --color-red-400: oklch(70.4% 0.191 22.216);
  --color-red-700: oklch(50.5% 0.213 27.518);
  --radius-lg: 0.5rem;
  --radius-md: 0.375rem;
  --text-sm: 0.875rem;
  --text-base: 1rem;
  --text-lg: 1.125rem;
  --font-weight-semibold: 600;
  --shadow-sm: 0 1px 3px 0 rgb(0 0 0 / 0.1), 0 1px 2px -1px rgb(0 0 0 / 0.1);
}`,
};

const SOURCES: TokenSources = {
  'accent-text-color': ['var(--color-on-primary)', 'var(--color-primary-foreground)', 'var(--color-primary-content)'],
  'surface-background-color': [
    'var(--color-card)',
    'var(--color-surface)',
    'var(--color-background)',
    'light-dark(var(--color-white), var(--color-gray-900))',
  ],
  'surface-border-color': ['var(--color-border)', 'light-dark(var(--color-gray-200), var(--color-gray-700))'],
  'surface-border-radius': ['var(--radius-card)', 'var(--radius-lg)'],
  'surface-box-shadow': ['var(--shadow-card)', 'var(--shadow-sm)'],
  'text-color': [
    'var(--color-foreground)',
    'var(--color-text)',
    'var(--color-ink)',
    'light-dark(var(--color-gray-900), var(--color-gray-50))',
  ],
  'text-font-size': ['var(--text-base)'],
  'muted-color': ['var(--color-muted-foreground)', 'light-dark(var(--color-gray-600), var(--color-gray-400))'],
  'title-font-size': ['var(--text-lg)'],
  'title-font-weight': ['var(--font-weight-semibold)'],
  'option-border-radius': ['var(--radius-button)', 'var(--radius-md)'],
  'option-font-weight': ['var(--font-weight-semibold)'],
  'done-color': ['var(--color-success)', 'light-dark(var(--color-green-700), var(--color-green-400))'],
  'problem-color': [
    'var(--color-danger)',
    'var(--color-error)',
    'light-dark(var(--color-red-700), var(--color-red-400))',
  ],
  'font-family': ['var(--font-sans)'],
};

function accents(names: ReadonlySet<string>): string[] {
  const own = [...names].flatMap((name) => RAMP.exec(name)?.[1] ?? []).filter((ramp) => !OWN_RAMPS.has(ramp));
  const named = [...BRANDS, ...own];
  return [
    ...named.map((ramp) => `var(--color-${ramp})`),
    ...named.map((ramp) => `light-dark(var(--color-${ramp}-600), var(--color-${ramp}-400))`),
    ...named.flatMap((ramp) => ['600', '700', '500'].map((step) => `var(--color-${ramp}-${step})`)),
    'light-dark(var(--color-indigo-600), var(--color-indigo-400))',
  ];
}
