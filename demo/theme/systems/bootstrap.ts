/**
 * https://getbootstrap.com/docs/5.3/customize/css-variables/; the shapes and sizes are those of its button and its card.
 * Bootstrap has no variable for the label of a button: its Sass chooses one by contrast, as the import does.
 */
import type { System } from './system.js';

export const BOOTSTRAP: System = {
  name: 'Bootstrap 5',
  isIn: (names) => [...names].some((name) => name.startsWith('--bs-')),
  isComplete: true,
  hasDarkAccent: true,
  sources: () => ({
    'accent-color': ['var(--bs-primary)'],
    'surface-background-color': ['var(--bs-body-bg)'],
    'surface-border-color': ['var(--bs-border-color-translucent)'],
    'surface-border-radius': ['var(--bs-border-radius)'],
    'surface-box-shadow': ['none'],
    'surface-padding': ['1rem'],
    'text-color': ['var(--bs-body-color)'],
    'text-font-size': ['var(--bs-body-font-size)'],
    'muted-color': ['var(--bs-secondary-color)'],
    'title-font-size': ['1.25rem'],
    'title-font-weight': ['500'],
    'option-border-radius': ['var(--bs-border-radius)'],
    'option-font-weight': ['400'],
    'option-font-size': ['1rem'],
    'option-min-block-size': ['38px'],
    'option-padding-inline': ['0.75rem'],
    'border-width': ['var(--bs-border-width)'],
    'done-color': ['var(--bs-form-valid-color)'],
    'problem-color': ['var(--bs-form-invalid-color)'],
    'backdrop-background-color': ['rgb(0 0 0 / 50%)'],
    'font-family': ['var(--bs-body-font-family)'],
  }),
  css: `:root {
  --bs-primary: #0d6efd;
  --bs-body-bg: #fff;
  --bs-body-color: #212529;
  --bs-body-font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  --bs-body-font-size: 1rem;
  --bs-secondary-color: rgba(33, 37, 41, 0.75);
  --bs-border-color-translucent: rgba(0, 0, 0, 0.175);
  --bs-border-radius: 0.375rem;
  --bs-border-width: 1px;
  --bs-form-valid-color: #198754;
  --bs-form-invalid-color: #dc3545;
}
[data-bs-theme=dark] {
  --bs-body-bg: #212529;
  --bs-body-color: #dee2e6;
  --bs-secondary-color: rgba(222, 226, 230, 0.75);
  --bs-border-color-translucent: rgba(255, 255, 255, 0.15);
  --bs-form-valid-color: #75b798;
  --bs-form-invalid-color: #ea868f;
}`,
};
