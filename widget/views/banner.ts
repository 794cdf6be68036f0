/** The offer as a bar that stays at the top of what it stands in. It never takes the focus. */
import { html } from 'lit';
import { bannerStyles } from '../styles/banner.js';
import type { LayoutView } from './offer-content.js';

export const banner: LayoutView = {
  styles: bannerStyles,
  draw: (content) => html` <section part="surface banner" aria-labelledby="title">${content}</section> `,
};
