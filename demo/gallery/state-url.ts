/** The URL of a frame: its query says which state it shows, and how. */
import { hrefOf, type Field, type StateOf } from '../design-page/url-state.js';
import { APPEARANCE, type Appearance } from './appearance.js';
import { isStateName, type StateName } from './states.js';

export type StatePage = StateOf<typeof STATE_FIELDS>;

const state: Field<StateName> = {
  initial: 'one-option',
  read: (text) => (isStateName(text) ? text : undefined),
  write: (name) => name,
};

export const STATE_FIELDS = { state, ...APPEARANCE };

/** Relative to the page that embeds the frame. */
export function stateUrl(state: StateName, look: Appearance): string {
  return `./state.html${hrefOf(STATE_FIELDS, { ...look, state })}`;
}
