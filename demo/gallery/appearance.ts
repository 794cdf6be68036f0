/** How a state is displayed: the fields that the gallery and its frames share in their URLs. */
import { LAYOUTS } from '../../widget/flow/layout.js';
import { choice, flag, type StateOf } from '../design-page/url-state.js';
import { THEME } from '../theme/theme-field.js';
import { BUTTON_STATES } from './button-states.js';

export type Appearance = StateOf<typeof APPEARANCE>;

export const SCHEMES = ['system', 'light', 'dark', 'light-in-dark'] as const;

/** The widget's languages, and a pseudo-locale. */
export const LANGUAGES = [
  'en',
  'ar',
  'de',
  'de-x-du',
  'es',
  'es-x-tu',
  'fr',
  'ja',
  'nl',
  'pt',
  'pt-BR',
  'pseudo',
] as const;

export const APPEARANCE = {
  theme: THEME,
  layout: choice(LAYOUTS),
  scheme: choice(SCHEMES),
  language: choice(LANGUAGES),
  buttons: choice(BUTTON_STATES),
  rtl: flag(),
  still: flag(),
  forced: flag(),
};
