/** Layouts of the media: above, beside, or to the edges of the surface. */
import type { Extra } from './extra.js';
import sheet from './media.css?inline';

export const extra: Extra = {
  sheet,
  add(drawn, { host }) {
    // A video that plays by itself moves for a customer who asked for less of it. Paused, it does not start by itself:
    // https://html.spec.whatwg.org/multipage/media.html#dom-media-pause
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      for (const video of host.querySelectorAll<HTMLVideoElement>('video[autoplay][slot=media]')) video.pause();
    }
    return drawn;
  },
};
