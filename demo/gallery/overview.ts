/** All states that match the search and the filter, as cards. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { GalleryPage, GalleryUrl } from './gallery-page.js';
import { introduction } from './introduction.js';
import { stateFrame } from './state-frame.js';
import { STATES, type GalleryState } from './states.js';
import { viewLink } from './view-link.js';

export function overview(page: GalleryPage, url: GalleryUrl, states: readonly GalleryState[]): TemplateResult {
  const isFiltered = page.search !== '' || page.group !== '';
  return html`
    ${isFiltered ? nothing : introduction()}
    <div class="head">
      <h1 tabindex="-1">Every state of the offer</h1>
      <p class="quiet" role="status">${states.length} of ${STATES.length} states</p>
    </div>
    ${
      states.length === 0
        ? html`<p class="card none">
            No state matches “${page.search}”. ${viewLink(url, { search: '', group: '' }, 'Show all')}
          </p>`
        : nothing
    }
    <ul class="cards" data-width=${page.width}>
      ${repeat(
        states,
        ({ name }) => name,
        (state) => card(state, page, url),
      )}
    </ul>
  `;
}

function card(state: GalleryState, page: GalleryPage, url: GalleryUrl): TemplateResult {
  const { name, title, says, isBlank } = state;
  return html`<li class="card">
    ${stateFrame(state, page, page.width, { isPicture: true })}
    <div class="words">
      <h2>
        ${viewLink(url, { state: name }, title, 'whole')}
        ${isBlank ? html`<span class="badge">shows nothing</span>` : nothing}
      </h2>
      <p class="quiet small">${says}</p>
    </div>
  </li>`;
}
