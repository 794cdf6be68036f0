/** https://open-props.style, with the colours of its theme (`open-props/normalize`, or its theme files). */
import type { System } from './system.js';

export const OPEN_PROPS: System = {
  name: 'Open Props',
  isIn: (names) =>
    ['--surface-1', '--text-1'].every((name) => names.has(name)) ||
    (names.has('--gray-12') && names.has('--size-fluid-1')),
  isComplete: true,
  hasDarkAccent: true,
  sources: () => ({
    'accent-color': ['var(--brand)', 'var(--link)'],
    'surface-background-color': ['var(--surface-1)'],
    'surface-border-color': ['var(--surface-3)'],
    'surface-border-radius': ['var(--radius-3)'],
    'surface-box-shadow': ['var(--shadow-2)'],
    'surface-padding': ['var(--size-5)'],
    'text-color': ['var(--text-1)'],
    'text-font-size': ['var(--font-size-1)'],
    'muted-color': ['var(--text-2)'],
    'title-font-size': ['var(--font-size-3)'],
    'title-font-weight': ['var(--font-weight-7)'],
    'option-border-radius': ['var(--radius-2)'],
    'option-font-weight': ['var(--font-weight-7)'],
    'done-color': ['light-dark(var(--green-9), var(--green-4))'],
    'problem-color': ['light-dark(var(--red-9), var(--red-4))'],
    'font-family': ['var(--font-sans)'],
  }),
  css: `html {
  --green-4: #69db7c;
  --green-9: #2b8a3e;
  --red-4: #ff8787;
  --red-9: #c92a2a;
  --link: #4263eb;
  --text-1: #030507;
  --text-2: #495057;
  --surface-1: #f8f9fa;
  --surface-3: #dee2e6;
  --radius-2: 5px;
  --radius-3: 1rem;
  --size-5: 1.5rem;
  --font-size-1: 1rem;
  --font-size-3: 1.25rem;
  --font-weight-7: 700;
  --font-sans: system-ui, -apple-system, Segoe UI, Roboto, Ubuntu, Cantarell, Noto Sans, sans-serif;
  --shadow-color: 220 3% 15%;
  --shadow-strength: 1%;
  --shadow-2: 0 3px 5px -2px hsl(var(--shadow-color) / calc(var(--shadow-strength) + 3%)), 0 7px 14px -5px hsl(var(--shadow-color) / calc(var(--shadow-strength) + 5%));
}
@media (prefers-color-scheme: dark) {
  html {
    --link: #91a7ff;
    --text-1: #f1f3f5;
    --text-2: #ced4da;
    --surface-1: #212529;
    --surface-3: #495057;
    --shadow-color: 220 40% 2%;
    --shadow-strength: 25%;
  }
}`,
};
