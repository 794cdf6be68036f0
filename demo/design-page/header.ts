/** The header of the design pages (gallery, theme editor, content editor), with their navigation. */
import { html, nothing, render, type TemplateResult } from 'lit';
import { carry } from './carried.js';
import { hasServer } from './has-server.js';

export type PageName = 'gallery' | 'theme' | 'content';

/** Links name the file, because a browser that opens the pages from a disk does not look for index.html. */
const PAGES: Record<PageName, { href: string; label: string }> = {
  gallery: { href: './index.html', label: 'Gallery' },
  theme: { href: './theme.html', label: 'Theme' },
  content: { href: './content.html', label: 'Content' },
};

interface Watched {
  watch(listener: () => void): void;
}

/**
 * Fills the page's `<header class="shell">`, whose CSS reserves the space.
 * @param url what the page shows: with each change of it the links carry on what the other pages show, too.
 */
export function showHeader(current: PageName, url: Watched): void {
  const header = document.querySelector<HTMLElement>('header.shell');
  if (!header) throw new Error('Failed to show the header: the page has no <header class="shell">. Add one.');
  url.watch(() => render(links(current), header));
}

function links(current: PageName): TemplateResult {
  return html`
    <a class="brand" href=${carry(PAGES.gallery.href)}><code>upgrade-offer</code></a>
    <nav aria-label="Demo">
      ${Object.entries(PAGES).map(
        ([name, { href, label }]) =>
          html`<a href=${carry(href)} aria-current=${name === current ? 'page' : nothing}>${label}</a>`,
      )}
      ${
        hasServer()
          ? html`<a href=${carry('./app/')}>Sample app</a>
              <a href=${carry('./app/records')} target="_blank">Sandbox</a>`
          : nothing
      }
    </nav>
  `;
}
