/** The entries of the timeline, oldest first, each with its JSON. Pure. */
import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Actor, TimelineEntry } from './timeline-entry.js';

const NAMES: Readonly<Record<Exclude<Actor, 'person'>, string>> = {
  page: 'Page',
  proxy: 'Proxy',
  chargebee: 'Chargebee',
};

export function entryList(entries: readonly TimelineEntry[]): TemplateResult {
  if (entries.length === 0) return html`<li class="nothing">Nothing yet. Use the app and watch what happens.</li>`;
  return html`${repeat(entries, ({ id }) => id, line)}`;
}

function line({ at, actor, who, what, about, isRefused, json }: TimelineEntry): TemplateResult {
  const time = new Date(at);
  return html`<li class="entry ${isRefused ? 'refused' : ''}" data-actor=${actor}>
    <details>
      <summary>
        <span class="actor">${actor === 'person' ? who : NAMES[actor]}</span>
        ${actor === 'person' || !who ? '' : html`<span class="for">for ${who}</span>`}
        <time datetime=${time.toISOString()}>${time.toLocaleTimeString('en-GB')}</time>
        <span class="happened"><span class="what">${what}</span> <span class="about">${about}</span></span>
      </summary>
      <pre>${JSON.stringify(json, null, 2)}</pre>
    </details>
  </li>`;
}
