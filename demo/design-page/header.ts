/** The head of the demo's own pages: where one is, and where else one can go. */
import { html, nothing, render } from 'lit';

export type PageName = 'gallery' | 'theme' | 'content';

/** Files by their names: on a disk, a folder is no page. */
const PAGES: Record<PageName, { href: string; label: string }> = {
  gallery: { href: './index.html', label: 'Gallery' },
  theme: { href: './theme.html', label: 'Theme' },
  content: { href: './content.html', label: 'Content' },
};

/** Fills the page's `<header class="shell">`, which keeps its room until then. */
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

/** Static files stand alone; the demo's server says of itself that it is there. */
function hasServer(): boolean {
  return document.documentElement.hasAttribute('data-served');
}

const SERVED = html`
  <a href="./app/">Sample app</a>
  <a href="./app/records" target="_blank">What Chargebee recorded</a>
`;
