/** What the gallery shows: the fields of its URL, all of them. */
import { isMockName, type MockName } from '../../widget/developer/mock-scenarios.js';
import { choice, text, type Field, type StateOf, type UrlState } from '../shell/url-state.js';
import { LOOK } from './look.js';
import { GROUPS } from './states.js';

export type GalleryPage = StateOf<typeof GALLERY>;

export type GalleryUrl = UrlState<GalleryPage>;

/** The widths of the frames, in pixels: a phone, a tablet, a laptop. */
export const WIDTHS = ['320', '768', '1280'] as const;

export type Width = (typeof WIDTHS)[number];

/** The state that is looked at closely; all of them when empty. */
const state: Field<MockName | ''> = {
  usual: '',
  read: (text) => (isMockName(text) ? text : undefined),
  write: (name) => name,
};

export const GALLERY = { state, group: choice(['', ...GROUPS]), search: text(), width: choice(WIDTHS), ...LOOK };
