/** What the page shows, as it is kept in the page's URL. */
import { STAGE_NAMES } from '../preview/preview.js';
import { choice, text, type StateOf } from '../design-page/url-state.js';
import { SCHEMES } from './color-pair.js';
import { SNIPPET_NAMES } from './snippets.js';
import { THEME } from './theme-field.js';

export const THEME_FIELDS = {
  theme: THEME,
  scheme: choice(SCHEMES),
  stage: choice(STAGE_NAMES),
  code: choice(SNIPPET_NAMES),
  /** Another design system's variables, before they are adopted. */
  pasted: text(),
};

export type ThemeState = StateOf<typeof THEME_FIELDS>;
