/** What the page shows, as it is kept in the page's URL. */
import { STAGE_NAMES } from '../preview/preview.js';
import { choice, text, type Field, type StateOf } from '../design-page/url-state.js';
import { SCHEMES } from './color-pair.js';
import { SNIPPET_NAMES } from './snippets.js';
import { THEME_KEYS, withValue, type Theme } from './theme.js';

/** Declarations without the common prefix: `accent-color:#123;surface-padding:2rem`. */
const THEME: Field<Theme> = {
  initial: {},
  read: (written) =>
    written.split(';').reduce((theme: Theme, declaration) => {
      const [name, ...value] = declaration.split(':');
      const key = THEME_KEYS.find((known) => known === name?.trim());
      return key ? withValue(theme, key, safe(value.join(':').trim())) : theme;
    }, {}),
  write: (theme) => THEME_KEYS.flatMap((key) => (theme[key] ? [`${key}:${theme[key]}`] : [])).join(';'),
};

export const THEME_FIELDS = {
  theme: THEME,
  scheme: choice(SCHEMES),
  stage: choice(STAGE_NAMES),
  code: choice(SNIPPET_NAMES),
  /** Another design system's variables, before they are adopted. */
  pasted: text(),
};

export type ThemeState = StateOf<typeof THEME_FIELDS>;

/** Only the value of a declaration: a URL must not add rules of its own. */
function safe(value: string): string {
  return /[{}<>\\]/.test(value) ? '' : value;
}
