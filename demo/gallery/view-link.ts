/** A link to another view of the same page: a plain click changes the view; with a modifier key it acts as a link. */
import { html, type TemplateResult } from 'lit';
import type { GalleryPage, GalleryUrl } from './gallery-page.js';

export function viewLink(url: GalleryUrl, change: Partial<GalleryPage>, label: unknown, part = ''): TemplateResult {
  return html`<a
    class=${part}
    href=${url.href(change)}
    @click=${(event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      url.set(change);
    }}
    >${label}</a
  >`;
}
