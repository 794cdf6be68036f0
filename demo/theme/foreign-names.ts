/** The names that design systems and common stylesheets use for what our tokens set. */
import type { ValueKey } from './theme.js';

/** Prefixes that a system puts before each of its names. */
const PREFIXES =
  /^(bs|md-sys|md|ion|chakra|mantine|mui-palette|mui|sl|wa|spectrum|p|el|pf-t-global|app|theme|ds|ui|sys|colou?rs?|clr|c)-/;
const SUFFIXES = /-(colou?r|default|main|base|500|600)$/;

/** The best match first. "accent" and "muted" come late, because in shadcn they are subtle backgrounds. */
export const FOREIGN_NAMES: { readonly [Key in ValueKey]?: readonly string[] } = {
  'accent-color': words('primary brand brand-primary bg-fill-brand action cta interactive link accent accent-1'),
  'accent-text-color': [
    ...list('primary brand accent', '{}-foreground on-{} {}-contrast {}-content {}-text text-on-{}'),
    ...words('text-brand-on-bg-fill on-action cta-text'),
  ],
  'surface-background-color': words(
    'card card-bg bg-card surface bg-surface popover background bg body-bg base-100 canvas paper surface-1 bg-1 layer-1',
  ),
  'surface-border-color': words('border card-border outline-variant divider line stroke outline border-1 line-1'),
  'text-color': words(
    'card-foreground foreground text on-surface body base-content fg text-primary ink text-1 fg-1 ink-1',
  ),
  'muted-color': words(
    'muted-foreground text-muted on-surface-variant text-secondary secondary-text fg-muted text-subdued muted text-2 fg-2',
  ),
  'done-color': words('success text-success positive ok done'),
  'problem-color': words('destructive danger error text-critical critical negative problem'),
  'surface-border-radius': words(
    'card-radius radius-card r-card radius border-radius rounded radius-lg radius-md border-radius-300 corner',
  ),
  'option-border-radius': words(
    'button-radius radius-button btn-radius r-button r-btn radius-md radius border-radius border-radius-200 rounded radius-sm',
  ),
  'surface-box-shadow': words('card-shadow shadow-card shadow shadow-md box-shadow shadow-sm shadow-100'),
  'text-font-size': words('font-size body-font-size text-base font-size-body font-size-base'),
  'font-family': words('font-sans font-family font sans body-font-family font-body font-family-sans font-sans-serif'),
};

/** `--color-primary`, `--primary-color` and `--bs-primary` all go by "primary"; `--text-base` goes by its whole name, too. */
export function goesBy(variable: string, known: string): boolean {
  let name = variable.slice(2).toLowerCase();
  while (PREFIXES.test(name)) name = name.replace(PREFIXES, '');
  return name === known || name.replace(SUFFIXES, '') === known;
}

function words(text: string): readonly string[] {
  return text.split(' ');
}

/** Every noun in every pattern, in the order of the nouns. */
function list(nouns: string, patterns: string): string[] {
  return nouns.split(' ').flatMap((noun) => patterns.split(' ').map((pattern) => pattern.replace('{}', noun)));
}
