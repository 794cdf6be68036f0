/** A frame that shows one state at its real width, scaled down where the page has less space. */
import { html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { stateUrl } from './state-url.js';
import type { Width } from './gallery-page.js';
import type { Appearance } from './appearance.js';
import type { GalleryState } from './states.js';

/** @param run another number reloads the frame. */
export function stateFrame(
  { name, title }: GalleryState,
  look: Appearance,
  width: Width,
  { isPicture = false, run = 0 } = {},
): TemplateResult {
  const src = stateUrl(name, look);
  // A picture is inert; otherwise there would be a hundred buttons to tab through.
  // Each URL gets a new element, because a frame that navigates adds steps to the history.
  return html`<div class="stage" data-width=${width} data-layout=${look.layout}>
    ${keyed(
      `${src} ${run}`,
      html`<div class="window">
        <iframe
          src=${src}
          title=${`${title}, ${look.layout}, ${width} pixels wide`}
          loading="lazy"
          ?inert=${isPicture}
        ></iframe>
      </div>`,
    )}
  </div>`;
}
