/** One state at three widths or in every layout, with the HTML that shows it. */
import { html, type TemplateResult } from 'lit';
import { LAYOUTS } from '../../widget/flow/layout.js';
import type { Appearance } from './appearance.js';
import { stateUrl } from './state-url.js';
import { WIDTHS, type GalleryPage, type GalleryUrl, type Width } from './gallery-page.js';
import { stateFrame } from './state-frame.js';
import type { GalleryState } from './states.js';
import { viewLink } from './view-link.js';

export interface Replay {
  readonly run: number;
  restart(): void;
}

/** @param among the states that Previous and Next go through. */
export function detail(
  state: GalleryState,
  page: GalleryPage,
  url: GalleryUrl,
  among: readonly GalleryState[],
  { run, restart }: Replay,
): TemplateResult {
  const { title, says } = state;
  const at = among.indexOf(state);
  const [before, after] = [among.at(at - 1), among[(at + 1) % among.length]];
  return html`
    <nav class="paging" aria-label="States">
      ${viewLink(url, { state: '' }, 'All states', 'button')}
      <span>
        ${before ? viewLink(url, { state: before.name }, html`<span aria-hidden="true">←</span> ${before.title}`) : ''}
        ${after ? viewLink(url, { state: after.name }, html`${after.title} <span aria-hidden="true">→</span>`) : ''}
      </span>
    </nav>
    <div class="head">
      <div>
        <h1 tabindex="-1">${title}</h1>
        <p class="quiet">${says}</p>
      </div>
      <p class="choices">
        ${viewLink(url, { compare: !page.compare }, page.compare ? 'Compare widths' : 'Compare layouts', 'button')}
        <button type="button" class="button" @click=${restart}>Restart</button>
      </p>
    </div>
    <pre class="snippet" tabindex="0" aria-label="HTML of this state"><code>${snippet(state, page)}</code></pre>
    <div class=${page.compare ? 'layouts' : 'widths'} data-width=${page.width}>
      ${
        page.compare
          ? LAYOUTS.map((layout) => figure(state, { ...page, layout }, page.width, layout, run))
          : WIDTHS.map((width) => figure(state, page, width, `${width} pixels`, run))
      }
    </div>
  `;
}

function figure(state: GalleryState, look: Appearance, width: Width, caption: string, run: number): TemplateResult {
  return html`<figure data-width=${width}>
    <figcaption class="small quiet">
      <span>${caption}</span>
      <a href=${stateUrl(state.name, look)} target="_blank" aria-label="Open in a tab, from ${caption}"
        >Open in a tab</a
      >
    </figcaption>
    <div class="card">${stateFrame(state, look, width, { run })}</div>
  </figure>`;
}

function snippet(
  { mock, attributes = {}, properties = {}, slots = '' }: GalleryState,
  { layout }: GalleryPage,
): string {
  const all = { mock, ...(layout !== 'inline' && { layout }), ...attributes };
  const tag = Object.entries(all).map(([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;')}"`);
  const sets = Object.entries(properties).map(([name, value]) => `offer.${name} = ${JSON.stringify(value)};\n`);
  const inside = slots === '' ? '' : `\n  ${slots.trim().replaceAll('\n', '\n  ')}\n`;
  return `<upgrade-offer${tag.join('')}>${inside}</upgrade-offer>${sets.length > 0 ? `\n\n${sets.join('')}` : ''}`;
}
