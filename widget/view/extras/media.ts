/** Layouts of the media: above, beside, or to the edges of the surface. */
import type { Extra, MediaLayout } from './extra.js';
import sheet from './media.css?inline';

const KNOWN = { top: true, side: true, bleed: true } satisfies Record<MediaLayout, true>;

/** Each value that makes no sense is told once. */
const told = new Set<string>();

export const extra: Extra = {
  sheet,
  add(drawn, { host }) {
    const { mediaLayout } = host;
    if (mediaLayout && !Object.hasOwn(KNOWN, mediaLayout) && !told.has(mediaLayout)) {
      told.add(mediaLayout);
      console.warn(
        `<upgrade-offer> ignores media-layout="${mediaLayout}". Use one of: ${Object.keys(KNOWN).join(', ')}.`,
      );
    }
    // A video that plays by itself moves for a customer who asked for less of it. Paused, it does not start by itself:
    // https://html.spec.whatwg.org/multipage/media.html#dom-media-pause
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      for (const video of host.querySelectorAll<HTMLVideoElement>('video[autoplay][slot=media]')) video.pause();
    }
    return drawn;
  },
};
