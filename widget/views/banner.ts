/** The offer as a bar that stays at the top of what it stands in. It never takes the focus. */
import { html, type TemplateResult } from 'lit';
import { offerContent, type OfferHandlers, type OfferModel } from './offer-content.js';

export function banner(model: OfferModel, handlers: OfferHandlers): TemplateResult {
  return html` <section part="surface banner" aria-labelledby="title">${offerContent(model, handlers)}</section> `;
}
