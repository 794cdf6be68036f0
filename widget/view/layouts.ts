/** How an offer stands on the page: as a card in its flow, as a bar at its top, as a dialog over it, or in its corner. */
import { html, type TemplateResult } from 'lit/html.js';
import type { Layout } from '../flow/layout.js';
import { banner, bannerStyles, leaveBanner, watchBanner } from './banner.js';
import { closeModal, cross, modal, modalStyles, openModal } from './modal.js';
import { lazySheet, type LazySheet } from './style-sheets.js';
import inlineSheet from './styles/inline.css?inline';

export interface LayoutView {
  styles: LazySheet;
  /** Loads what few pages need. Absent once it is there. */
  load?: (() => Promise<void>) | undefined;
  /** @param content what every layout shows. */
  draw(content: TemplateResult, closeLabel: string, dismiss: () => void, stepAside: () => void): TemplateResult;
  /** To be called after each drawing, and now and then. */
  drawn?(surface: Element): void;
  /** To be called before the surface leaves the page, and after its host has. */
  gone?(surface: Element): void;
}

export const layouts: Readonly<Record<Layout, LayoutView>> = {
  inline: {
    styles: lazySheet(inlineSheet),
    draw: (content) => html`<section part="surface inline" aria-labelledby="title subject">${content}</section>`,
  },
  banner: { styles: bannerStyles, draw: banner, drawn: watchBanner, gone: leaveBanner },
  modal: { styles: modalStyles, draw: modal, drawn: openModal, gone: closeModal },
  corner: {
    styles: lazySheet(''),
    draw: (content, closeLabel, dismiss) =>
      html`<section part="surface corner" aria-labelledby="title subject">
        ${content}${cross(closeLabel, dismiss)}
      </section>`,
    async load(): Promise<void> {
      const { sheet, openCorner } = await import('./corner.js');
      Object.assign(layouts.corner, { styles: lazySheet(sheet), drawn: openCorner, load: undefined });
    },
  },
};
