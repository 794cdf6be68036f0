/** A frame with one state in it, at its true width, made smaller where the page has less room. */
import { html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { stateUrl } from './state-url.js';
import type { Width } from './gallery-page.js';
import type { Appearance } from './appearance.js';
import type { GalleryState } from './states.js';

/** @param turn another number loads the frame anew. */
export function stateFrame(
  { name, title }: GalleryState,
  look: Appearance,
  width: Width,
  { isPicture = false, turn = 0 } = {},
): TemplateResult {
  const src = stateUrl(name, look);
  // A picture is inert, or there were a hundred buttons to tab through.
  // A new element for each address: a frame that goes from one to the next would make steps for Back.
  return html`<div class="stage" data-width=${width}>
    <div class="window">
      ${keyed(
        `${src} ${turn}`,
        html`<iframe
          src=${src}
          title=${`${title}, ${look.layout}, ${width} pixels wide`}
          loading="lazy"
          ?inert=${isPicture}
        ></iframe>`,
      )}
    </div>
  </div>`;
}
