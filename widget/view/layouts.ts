/** How an offer stands on the page: as a card in its flow, as a bar at its top, as a dialog over it, or in its corner. */
import { unsafeCSS, type CSSResult } from '@lit/reactive-element';
import { html, type TemplateResult } from 'lit/html.js';
import type { Layout } from '../flow/layout.js';
import { closeModal, cross, modal, modalStyles, openModal } from './modal.js';
import bannerSheet from './styles/banner.css?inline';
import inlineSheet from './styles/inline.css?inline';

export interface LayoutView {
  styles: CSSResult;
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
    styles: unsafeCSS(inlineSheet),
    draw: (content) => html`<section part="surface inline" aria-labelledby="title subject">${content}</section>`,
  },
  // It never takes the focus.
  banner: {
    styles: unsafeCSS(bannerSheet),
    draw: (content) => html`<section part="surface banner" aria-labelledby="title subject">${content}</section>`,
    drawn: watchHeight,
  },
  modal: { styles: modalStyles, draw: modal, drawn: openModal, gone: closeModal },
  corner: {
    styles: unsafeCSS(''),
    draw: (content, closeLabel, dismiss) =>
      html`<section part="surface corner" aria-labelledby="title subject">
        ${content}${cross(closeLabel, dismiss)}
      </section>`,
    async load(): Promise<void> {
      const { sheet, openCorner } = await import('./corner.js');
      Object.assign(layouts.corner, { styles: unsafeCSS(sheet), drawn: openCorner, load: undefined });
    },
  },
};

/** Above a third of the window, what sticks there covers too much of the page. */
const TALL_SHARE = 1 / 3;

let heights: ResizeObserver | undefined;

/** A bar that is too tall for its window scrolls away with the page. Which it is depends on its words, and on the zoom. */
function watchHeight(bar: Element): void {
  heights ??= new ResizeObserver((entries) => {
    for (const { target } of entries) target.classList.toggle('tall', target.clientHeight > innerHeight * TALL_SHARE);
  });
  heights.observe(bar);
}
