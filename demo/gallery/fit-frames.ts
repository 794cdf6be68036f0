/** Gives each frame the height that its page asks for. */
import { heightOf } from '../preview/frame-height.js';

export function fitFrames(): void {
  // There is no origin check, because pages opened from a disk have none. A message only changes the height of its own frame.
  addEventListener('message', (event) => {
    const height = heightOf(event);
    if (!height) return;
    const frame = [...document.querySelectorAll('iframe')].find(({ contentWindow }) => contentWindow === event.source);
    frame?.parentElement?.style.setProperty('--content-height', height);
  });
}
