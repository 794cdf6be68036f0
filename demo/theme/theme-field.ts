/** `theme=` in the URL of every page of the demo. The theme editor writes it; each page that shows an offer wears it. */
import type { Field } from '../design-page/url-state.js';
import { THEME_KEYS, withValue, type Theme } from './theme.js';

/** Declarations without the common prefix: `accent-color:#123;surface-padding:2rem`. */
export const THEME: Field<Theme> = {
  initial: {},
  read: (written) =>
    written.split(';').reduce((theme: Theme, declaration) => {
      const [name, ...value] = declaration.split(':');
      const key = THEME_KEYS.find((known) => known === name?.trim());
      return key ? withValue(theme, key, safe(value.join(':').trim())) : theme;
    }, {}),
  write: (theme) => THEME_KEYS.flatMap((key) => (theme[key] ? [`${key}:${theme[key]}`] : [])).join(';'),
};

/** Only the value of a declaration: a URL must not add rules of its own. */
function safe(value: string): string {
  return /[{}<>\\]/.test(value) ? '' : value;
}
