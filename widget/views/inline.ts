/** The offer as a card in the flow of the page, beside the feature it speaks of. */
import { html, type TemplateResult } from 'lit';
import { offerContent, type OfferHandlers, type OfferModel } from './offer-content.js';

export function inline(model: OfferModel, handlers: OfferHandlers): TemplateResult {
  return html` <section part="surface inline" aria-labelledby="title">${offerContent(model, handlers)}</section> `;
}
