/** The same fields that Chargebee's editor has, each with hints below it. */
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { textIn } from '../../editor/control-value.js';
import { LABEL_NAMES, wordsOf, type ContentState } from '../content.js';
import type { Sanitisers } from '../sanitisers.js';
import { descriptionHints, labelHints, titleHints } from '../length-hints.js';
import { markupBar } from './markup-bar.js';

type Change = (change: Partial<ContentState>) => void;

const ORDINALS = { first: 'First button', second: 'Second button', third: 'Third button' };

export function contentFields(state: ContentState, sanitisers: Sanitisers | undefined, change: Change): TemplateResult {
  const { title, description } = state;
  const lettersOf = (source: string) => sanitisers?.purified(source).textContent.replace(/\s+/g, ' ').trim() ?? '';
  return html`
    <section class="words" aria-labelledby="words">
      <h2 id="words">Text</h2>
      <div class="field">
        <label for="title">Title, in HTML</label>
        ${markupBar('title', 'title')}
        <textarea
          id="title"
          class="code"
          rows="3"
          spellcheck="false"
          aria-describedby="title-hints"
          .value=${live(title)}
          @input=${(event: Event) => change({ title: textIn(event) })}
        ></textarea>
        ${hints('title-hints', sanitisers ? titleHints(lettersOf(title), title) : [])}
      </div>
      <div class="field">
        <label for="description">Description, in HTML</label>
        ${markupBar('description', 'description')}
        <textarea
          id="description"
          class="code"
          rows="9"
          spellcheck="false"
          aria-describedby="description-hints"
          .value=${live(description)}
          @input=${(event: Event) => change({ description: textIn(event) })}
        ></textarea>
        ${hints('description-hints', sanitisers ? descriptionHints(lettersOf(description), description) : [])}
      </div>
      ${LABEL_NAMES.map(
        (name) => html`
          <div class="field">
            <label for=${name}>${ORDINALS[name]}</label>
            <input
              id=${name}
              type="text"
              autocomplete="off"
              aria-describedby="label-hints"
              .value=${live(state[name])}
              @input=${(event: Event) => change({ [name]: textIn(event) })}
            />
          </div>
        `,
      )}
      ${hints('label-hints', labelHints(wordsOf(state).labels))}
    </section>
  `;
}

function hints(id: string, says: readonly string[]): TemplateResult {
  return html`<ul class="hints" id=${id}>
    ${says.map((hint) => html`<li>${hint}</li>`)}
  </ul>`;
}
