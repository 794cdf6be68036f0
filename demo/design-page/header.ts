/** The header of the design pages (gallery, theme editor, content editor), with their navigation. */
import { html, nothing, render } from 'lit';

export type PageName = 'gallery' | 'theme' | 'content';

/** Links name the file, because a browser that opens the pages from a disk does not look for index.html. */
const PAGES: Record<PageName, { href: string; label: string }> = {
  gallery: { href: './index.html', label: 'Gallery' },
  theme: { href: './theme.html', label: 'Theme' },
  content: { href: './content.html', label: 'Content' },
};

/** Fills the page's `<header class="shell">`, whose CSS reserves the space. */
export function showHeader(current: PageName): void {
  const header = document.querySelector<HTMLElement>('header.shell');
  if (!header) throw new Error('Failed to show the header: the page has no <header class="shell">. Add one.');
  render(
    html`
      <a class="brand" href="./index.html"><code>upgrade-offer</code></a>
      <nav aria-label="Demo">
        ${Object.entries(PAGES).map(
          ([name, { href, label }]) =>
            html`<a href=${href} aria-current=${name === current ? 'page' : nothing}>${label}</a>`,
        )}
        ${hasServer() ? SERVED : nothing}
      </nav>
    `,
    header,
  );
}

/** The demo's server marks the pages that it serves; the same pages also work as static files. */
function hasServer(): boolean {
  return document.documentElement.hasAttribute('data-served');
}

const SERVED = html`
  <a href="./app/">Sample app</a>
  <a href="./app/records" target="_blank">What Chargebee recorded</a>
`;
