/** The texts of an offer, field by field, as they are kept in the page's URL. */
import { STAGE_NAMES, type OfferWords } from '../preview/preview.js';
import { choice, flag, text, type StateOf } from '../design-page/url-state.js';
import { THEME } from '../theme/theme-field.js';
import { ORDINARY } from './examples.js';

export const LABEL_NAMES = ['first', 'second', 'third'] as const;

export const CONTENT_FIELDS = {
  title: text(ORDINARY.title),
  description: text(ORDINARY.description),
  first: text(ORDINARY.first),
  second: text(ORDINARY.second),
  third: text(ORDINARY.third),
  theme: THEME,
  scheme: choice(['light', 'dark']),
  /** The stage of the offer in the previews. */
  stage: choice(STAGE_NAMES),
  /** Title and description are written as HTML. */
  source: flag(),
};

export type ContentState = StateOf<typeof CONTENT_FIELDS>;

/** Leaves out the buttons without a label. */
export function wordsOf(state: ContentState): OfferWords {
  const labels = LABEL_NAMES.map((name) => state[name].trim()).filter((label) => label !== '');
  return { title: state.title, description: state.description, labels };
}
