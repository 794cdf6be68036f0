/** The same preview in each layout. */
import { html, type TemplateResult } from 'lit';
import { LAYOUTS } from '../../widget/flow/layout.js';
import './offer-preview.js';
import { LAYOUT_NAMES, type Preview } from './preview.js';

export function previews(preview: Omit<Preview, 'layout'>): TemplateResult {
  return html`
    <div class="previews" role="group" aria-label="The layouts" tabindex="0">
      ${LAYOUTS.map(
        (layout) => html`
          <figure data-layout=${layout}>
            <figcaption>${LAYOUT_NAMES[layout]}</figcaption>
            <offer-preview .preview=${{ ...preview, layout }}></offer-preview>
          </figure>
        `,
      )}
    </div>
  `;
}
