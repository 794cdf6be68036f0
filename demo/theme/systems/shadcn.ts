/** https://ui.shadcn.com/docs/theming; the shapes and sizes are those of its button and its card. */
import type { System } from './system.js';

export const SHADCN: System = {
  name: 'shadcn/ui',
  isIn: (names) => names.has('--primary-foreground') && names.has('--background'),
  isComplete: false,
  hasDarkAccent: true,
  sources: () => ({
    'accent-color': ['var(--primary)'],
    'accent-text-color': ['var(--primary-foreground)'],
    'surface-background-color': ['var(--card)', 'var(--background)'],
    'surface-border-color': ['var(--border)'],
    'surface-border-radius': ['calc(var(--radius) + 4px)'],
    'surface-box-shadow': ['0 1px 2px 0 rgb(0 0 0 / 5%)'],
    'text-color': ['var(--card-foreground)', 'var(--foreground)'],
    'text-font-size': ['0.875rem'],
    'muted-color': ['var(--muted-foreground)'],
    'title-font-size': ['1rem'],
    'title-font-weight': ['600'],
    'option-border-radius': ['calc(var(--radius) - 2px)'],
    'option-font-weight': ['500'],
    'option-font-size': ['0.875rem'],
    'option-min-block-size': ['36px'],
    'option-padding-inline': ['1rem'],
    'problem-color': ['var(--destructive)'],
    'backdrop-background-color': ['rgb(0 0 0 / 50%)'],
    'font-family': ['var(--font-sans)'],
  }),
  css: `:root {
  --radius: 0.625rem;
  --background: oklch(1 0 0);
  --card: oklch(1 0 0);
  --card-foreground: oklch(0.145 0 0);
  --primary: oklch(0.205 0 0);
  --primary-foreground: oklch(0.985 0 0);
  --muted-foreground: oklch(0.556 0 0);
  --destructive: oklch(0.577 0.245 27.325);
  --border: oklch(0.922 0 0);
}
.dark {
  --background: oklch(0.145 0 0);
  --card: oklch(0.205 0 0);
  --card-foreground: oklch(0.985 0 0);
  --primary: oklch(0.922 0 0);
  --primary-foreground: oklch(0.205 0 0);
  --muted-foreground: oklch(0.708 0 0);
  --destructive: oklch(0.704 0.191 22.216);
  --border: oklch(1 0 0 / 10%);
}`,
};
