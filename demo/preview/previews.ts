/** The same preview in all three layouts. */
import { html, type TemplateResult } from 'lit';
import type { Layout } from '../../widget/flow/layout.js';
import './offer-preview.js';
import { LAYOUT_NAMES, type Preview } from './preview.js';

const LAYOUTS: readonly Layout[] = ['banner', 'inline', 'modal'];

export function previews(preview: Omit<Preview, 'layout'>): TemplateResult {
  return html`
    <div class="previews" role="group" aria-label="The three layouts" tabindex="0">
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
