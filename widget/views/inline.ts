/** The offer as a card in the flow of the page, beside the feature it speaks of. */
import { html } from 'lit';
import { inlineStyles } from '../styles/inline.js';
import type { LayoutView } from './offer-content.js';

export const inline: LayoutView = {
  styles: inlineStyles,
  draw: (content) => html` <section part="surface inline" aria-labelledby="title">${content}</section> `,
};
