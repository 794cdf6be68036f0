/** How a state is looked at: the fields that the gallery and its frames have in their URLs. */
import { LAYOUTS } from '../../widget/flow/offer/layout.js';
import { choice, flag, type StateOf } from '../shell/url-state.js';

export type Look = StateOf<typeof LOOK>;

export const SCHEMES = ['system', 'light', 'dark', 'light-in-dark'] as const;

/** What the widget speaks, and English that looks foreign and takes more room. */
export const LANGUAGES = ['en', 'ar', 'de', 'es', 'fr', 'ja', 'nl', 'pt', 'pseudo'] as const;

export const LOOK = {
  layout: choice(LAYOUTS),
  scheme: choice(SCHEMES),
  language: choice(LANGUAGES),
  rtl: flag(),
  still: flag(),
  forced: flag(),
};
