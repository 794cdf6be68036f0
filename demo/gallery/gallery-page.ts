/** What the gallery shows: all fields of its URL. */
import { choice, flag, text, type Field, type StateOf, type UrlState } from '../design-page/url-state.js';
import { APPEARANCE } from './appearance.js';
import { GROUPS, isStateName, type StateName } from './states.js';

export type GalleryPage = StateOf<typeof GALLERY>;

export type GalleryUrl = UrlState<GalleryPage>;

/** The widths of the frames, in pixels: a phone, a tablet, a laptop. */
export const WIDTHS = ['320', '768', '1280'] as const;

export type Width = (typeof WIDTHS)[number];

/** The state shown in detail; empty for the overview. */
const state: Field<StateName | ''> = {
  initial: '',
  read: (text) => (isStateName(text) ? text : undefined),
  write: (name) => name,
};

export const GALLERY = {
  state,
  group: choice(['', ...GROUPS]),
  search: text(),
  width: choice(WIDTHS),
  /** The detail shows one width in every layout, instead of one layout in every width. */
  compare: flag(),
  ...APPEARANCE,
};
