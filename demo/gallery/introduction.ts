/** What the product is, for someone who opens the demo for the first time. */
import { html, nothing, type TemplateResult } from 'lit';
import { carry } from '../design-page/carried.js';
import { hasServer } from '../design-page/has-server.js';

export function introduction(): TemplateResult {
  return html`<p class="introduction">
    An upgrade offer in your own app, at the moment a customer needs it. Chargebee Growth chooses the offer, one HTML
    element shows it, and a small proxy keeps your API key.
    ${hasServer() ? html`<a href=${carry('./app/')}>Try it in the sample app</a>` : nothing}
  </p>`;
}
