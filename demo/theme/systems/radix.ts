/** https://www.radix-ui.com/themes/docs/theme; a card of size 2, a button of size 2. */
import type { System } from './system.js';

export const RADIX: System = {
  name: 'Radix Themes',
  isIn: (names) =>
    names.has('--color-panel-solid') ||
    ['--accent-9', '--gray-12', '--accent-contrast'].every((name) => names.has(name)),
  isComplete: true,
  hasDarkAccent: true,
  sources: () => ({
    'accent-color': ['var(--accent-9)'],
    'accent-text-color': ['var(--accent-contrast)'],
    'surface-background-color': ['var(--color-panel-solid)'],
    'surface-border-color': ['var(--gray-a5)'],
    'surface-border-radius': ['var(--radius-4)'],
    'surface-box-shadow': ['none'],
    'surface-padding': ['var(--space-4)'],
    'text-color': ['var(--gray-12)'],
    'text-font-size': ['var(--font-size-2)'],
    'muted-color': ['var(--gray-11)'],
    'title-font-size': ['var(--font-size-4)'],
    'title-font-weight': ['var(--font-weight-bold)'],
    'option-border-radius': ['max(var(--radius-2), var(--radius-full))'],
    'option-font-weight': ['var(--font-weight-medium)'],
    'option-font-size': ['var(--font-size-2)'],
    'option-min-block-size': ['var(--space-6)'],
    'option-padding-inline': ['var(--space-3)'],
    'done-color': ['var(--green-11)'],
    'problem-color': ['var(--red-11)'],
    'backdrop-background-color': ['var(--color-overlay)'],
    'font-family': ['var(--default-font-family)'],
  }),
  css: `.radix-themes {
  --accent-9: #3e63dd;
  --accent-contrast: white;
  --gray-11: #60646c;
  --gray-12: #1c2024;
  --gray-a5: #0009321f;
  --green-11: #218358;
  --red-11: #ce2c31;
  --color-panel-solid: white;
  --color-overlay: rgba(0, 0, 0, 0.4);
  --scaling: 1;
  --radius-factor: 1;
  --radius-full: 0px;
  --radius-2: calc(4px * var(--scaling) * var(--radius-factor));
  --radius-4: calc(8px * var(--scaling) * var(--radius-factor));
  --space-3: calc(12px * var(--scaling));
  --space-4: calc(16px * var(--scaling));
  --space-6: calc(32px * var(--scaling));
  --font-size-2: calc(14px * var(--scaling));
  --font-size-4: calc(18px * var(--scaling));
  --font-weight-medium: 500;
  --font-weight-bold: 700;
  --default-font-family: -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, system-ui, sans-serif;
}
.dark {
  --gray-11: #b0b4ba;
  --gray-12: #edeef0;
  --gray-a5: #d9edfe25;
  --green-11: #3dd68c;
  --red-11: #ff9592;
  --color-panel-solid: #18191b;
  --color-overlay: rgba(0, 0, 0, 0.6);
}`,
};
