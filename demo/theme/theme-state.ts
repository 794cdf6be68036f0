/** What the page shows, as it is kept in the page's URL. */
import { STAGE_NAMES } from '../preview/preview.js';
import { choice, type StateOf } from '../design-page/url-state.js';
import { SCHEMES } from './color-pair.js';
import { SNIPPET_NAMES } from './snippets.js';
import { THEME } from './theme-field.js';
import { WRITINGS } from './theme.js';

/** What the top of the page shows. */
export const PANELS = ['presets', 'import', 'export'] as const;

export const THEME_FIELDS = {
  theme: THEME,
  scheme: choice(SCHEMES),
  stage: choice(STAGE_NAMES),
  panel: choice(PANELS),
  code: choice(SNIPPET_NAMES),
  writing: choice(WRITINGS),
};

export type ThemeState = StateOf<typeof THEME_FIELDS>;
