/** The theme on the three layouts. */
import { html, type TemplateResult } from 'lit';
import type { Offer } from '../../../proxy/contract.js';
import type { Layout } from '../../../widget/attributes.js';
import { LAYOUT_NAMES, scenarioOf } from '../../preview/preview.js';
import type { ThemeState } from '../theme-state.js';
import { themeCss } from '../theme.js';

/** Has one of each thing that a theme colours. */
const OFFER: Offer = {
  id: 'theme',
  title: 'Unlock Advanced Analytics',
  description:
    'See which teams use what, and where the time goes. <a href="https://app.example/analytics">What is in it</a>',
  options: [
    { id: 'unlock', label: 'Unlock now' },
    { id: 'talk', label: 'Talk to sales' },
  ],
  // The last moment that a Date can say.
  expiresAt: 8.64e15,
};

const LAYOUTS: readonly Layout[] = ['banner', 'inline', 'modal'];

export function previews({ theme, scheme, stage }: ThemeState): TemplateResult {
  const shared = { scheme, scenario: scenarioOf(OFFER, stage), css: themeCss(theme) };
  return html`
    <div class="previews">
      ${LAYOUTS.map(
        (layout) => html`
          <figure data-layout=${layout}>
            <figcaption>${LAYOUT_NAMES[layout]}</figcaption>
            <offer-preview .preview=${{ ...shared, layout }}></offer-preview>
          </figure>
        `,
      )}
    </div>
  `;
}
