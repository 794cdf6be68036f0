/** Gives each frame the height that its page asks for. */
import type { FrameHeight } from './frame-height.js';

export function fitFrames(): void {
  // There is no origin check, because pages opened from a disk have none. A message only changes the height of its own frame.
  addEventListener('message', ({ source, data }: MessageEvent<Partial<FrameHeight> | null>) => {
    if (typeof data?.needsPx !== 'number') return;
    const frame = [...document.querySelectorAll('iframe')].find(({ contentWindow }) => contentWindow === source);
    frame?.parentElement?.style.setProperty('--content-height', `${data.needsPx}px`);
  });
}
