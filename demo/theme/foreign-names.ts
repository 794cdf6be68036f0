/** The names that design systems and common stylesheets use for what our tokens set. */
import type { ThemeKey } from './theme.js';

/** Prefixes that a system puts before each of its names. */
const PREFIXES =
  /^(bs|md-sys|md|ion|chakra|mantine|mui-palette|mui|sl|wa|spectrum|p|el|pf-t-global|app|theme|ds|ui|sys|colou?rs?|clr|c)-/;
const SUFFIXES = /-(colou?r|default|main|base|500|600)$/;

/** The best match first. "accent" and "muted" come late, because in shadcn they are subtle backgrounds. */
export const FOREIGN_NAMES: { readonly [Key in ThemeKey]?: readonly string[] } = {
  'accent-color': ['primary', 'brand', 'brand-primary', 'action', 'cta', 'interactive', 'link', 'accent'],
  'accent-text-color': list('primary brand accent', '{}-foreground on-{} {}-contrast {}-content {}-text text-on-{}'),
  'surface-background-color': 'card surface popover background bg body-bg base-100 canvas paper'.split(' '),
  'surface-border-color': 'border outline-variant divider line stroke outline card-border'.split(' '),
  'text-color': 'card-foreground foreground text on-surface body base-content fg text-primary ink'.split(' '),
  'muted-color': 'muted-foreground text-muted on-surface-variant text-secondary secondary-text fg-muted muted'.split(
    ' ',
  ),
  'done-color': 'success positive ok done'.split(' '),
  'problem-color': 'destructive danger error negative problem'.split(' '),
  'surface-border-radius': 'card-radius radius-card radius border-radius rounded radius-lg radius-md corner'.split(' '),
  'option-border-radius':
    'button-radius radius-button btn-radius radius-md radius border-radius rounded radius-sm'.split(' '),
  'surface-box-shadow': 'card-shadow shadow-card shadow shadow-md box-shadow'.split(' '),
  'text-font-size': 'font-size body-font-size text-base font-size-body'.split(' '),
  'font-family': 'font-sans font-family font body-font-family font-body font-family-sans font-sans-serif'.split(' '),
};

/** `--color-primary`, `--primary-color` and `--bs-primary` all become "primary". */
export function bareName(variable: string): string {
  let name = variable.slice(2).toLowerCase();
  while (PREFIXES.test(name)) name = name.replace(PREFIXES, '');
  return name.replace(SUFFIXES, '') || name;
}

/** Every noun in every pattern, in the order of the nouns. */
function list(nouns: string, patterns: string): string[] {
  return nouns.split(' ').flatMap((noun) => patterns.split(' ').map((pattern) => pattern.replace('{}', noun)));
}
