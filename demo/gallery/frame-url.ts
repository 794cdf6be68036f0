/** What a frame shows stands in its query: which state, and how it is looked at. */
import { hrefOf, type Field, type StateOf } from '../shell/url-state.js';
import { LOOK, type Look } from './look.js';
import { isMockName, type MockName } from '../../widget/developer/mock-scenarios.js';

export type FrameState = StateOf<typeof FRAME>;

const state: Field<MockName> = {
  usual: 'one-option',
  read: (text) => (isMockName(text) ? text : undefined),
  write: (name) => name,
};

export const FRAME = { state, ...LOOK };

/** Relative to the page that shows the frame. */
export function frameUrl(state: MockName, look: Look): string {
  return `./frame.html${hrefOf(FRAME, { ...look, state })}`;
}
