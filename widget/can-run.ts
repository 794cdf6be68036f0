/**
 * Whether the widget can do all that it does. Half of it would be worse than nothing: a customer could accept an offer, and
 * read that it did not go through.
 */
import { hasPlatform } from './flow/platform.js';
import { mayDraw } from './view/trusted-types.js';

/** The newest things that it uses: Chrome 123, Firefox 124 and Safari 17.5 have it. Older ones show the page as it is. */
export function canRun(): boolean {
  return (
    hasPlatform() &&
    'toReversed' in [] &&
    'checkVisibility' in document.documentElement &&
    CSS.supports('color', 'light-dark(red,red)') &&
    mayDraw()
  );
}
