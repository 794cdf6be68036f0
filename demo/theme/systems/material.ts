/**
 * https://m3.material.io/styles; an outlined card, a filled button. An app sets the variables of shape and type only where it
 * differs from the system, so each has the system's value as its second source.
 */
import type { System } from './system.js';

export const MATERIAL: System = {
  name: 'Material 3',
  isIn: (names) => names.has('--md-sys-color-primary'),
  isComplete: true,
  hasDarkAccent: true,
  sources: () => ({
    'accent-color': ['var(--md-sys-color-primary)'],
    'accent-text-color': ['var(--md-sys-color-on-primary)'],
    'surface-background-color': ['var(--md-sys-color-surface)'],
    'surface-border-color': ['var(--md-sys-color-outline-variant)'],
    'surface-border-radius': ['var(--md-sys-shape-corner-medium)', 'var(--md-sys-shape-corner-md)', '12px'],
    'surface-box-shadow': ['none'],
    'surface-padding': ['1rem'],
    'text-color': ['var(--md-sys-color-on-surface)'],
    'text-font-size': ['var(--md-sys-typescale-body-medium-size)', '0.875rem'],
    'muted-color': ['var(--md-sys-color-on-surface-variant)'],
    'title-font-size': ['var(--md-sys-typescale-title-large-size)', '1.375rem'],
    'title-font-weight': ['var(--md-sys-typescale-title-large-weight)', '400'],
    'option-border-radius': ['var(--md-sys-shape-corner-full)', '9999px'],
    'option-font-weight': ['var(--md-sys-typescale-label-large-weight)', '500'],
    'option-font-size': ['var(--md-sys-typescale-label-large-size)', '0.875rem'],
    'option-min-block-size': ['40px'],
    'option-padding-inline': ['24px'],
    'problem-color': ['var(--md-sys-color-error)'],
    'backdrop-background-color': ['rgb(0 0 0 / 32%)'],
    'font-family': ['var(--md-sys-typescale-body-medium-font)', 'var(--md-ref-typeface-plain)'],
  }),
  css: `:root {
  --md-sys-color-primary: #6750a4;
  --md-sys-color-on-primary: #ffffff;
  --md-sys-color-surface: #fef7ff;
  --md-sys-color-on-surface: #1d1b20;
  --md-sys-color-on-surface-variant: #49454f;
  --md-sys-color-outline-variant: #cac4d0;
  --md-sys-color-error: #b3261e;
}
.dark {
  --md-sys-color-primary: #d0bcff;
  --md-sys-color-on-primary: #381e72;
  --md-sys-color-surface: #141218;
  --md-sys-color-on-surface: #e6e0e9;
  --md-sys-color-on-surface-variant: #cac4d0;
  --md-sys-color-outline-variant: #49454f;
  --md-sys-color-error: #f2b8b5;
}`,
};
