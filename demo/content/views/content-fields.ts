/** The same fields that Chargebee's editor has, each with a counter and with hints below it. */
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { textIn } from '../../editor/control-value.js';
import { segmented } from '../../editor/segmented.js';
import { LABEL_NAMES, wordsOf, type ContentState } from '../content.js';
import { CHARGEBEE_LIMITS, descriptionHints, labelHints, titleHints } from '../length-hints.js';
import '../rich-field.js';
import type { Sanitizers } from '../sanitizers.js';
import { markupBar } from './markup-bar.js';

type Change = (change: Partial<ContentState>) => void;

interface TextField {
  readonly name: 'title' | 'description';
  readonly label: string;
  /** Of the field for its source. */
  readonly rows: number;
  hints(text: string, html: string): string[];
}

const TEXTS: readonly TextField[] = [
  { name: 'title', label: 'Title', rows: 3, hints: titleHints },
  { name: 'description', label: 'Description', rows: 9, hints: descriptionHints },
];

const MODES = ['visual', 'source'] as const;

const ORDINALS = { first: 'First button', second: 'Second button', third: 'Third button' };

export function contentFields(state: ContentState, sanitizers: Sanitizers | undefined, change: Change): TemplateResult {
  return html`
    <section class="words" aria-labelledby="words">
      <div class="bar">
        <h2 id="words">Text</h2>
        ${segmented('Edit as', MODES, state.source ? 'source' : 'visual', (mode) => change({ source: mode === 'source' }))}
      </div>
      ${TEXTS.map((field) => textField(field, state, sanitizers, change))}
      ${LABEL_NAMES.map(
        (name) => html`
          <div class="field">
            <span class="labelled">
              <label for=${name}>${ORDINALS[name]}</label>
              ${counter(`${name}-count`, state[name].length, CHARGEBEE_LIMITS.label)}
            </span>
            <input
              id=${name}
              type="text"
              autocomplete="off"
              aria-describedby="${name}-count label-hints"
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

function textField(field: TextField, state: ContentState, sanitizers: Sanitizers | undefined, change: Change) {
  const { name, label } = field;
  const source = state[name];
  const describedBy = `${name}-count ${name}-hints`;
  return html`
    <div class="field">
      <span class="labelled">
        ${state.source ? html`<label for=${name}>${label}, in HTML</label>` : html`<span aria-hidden="true">${label}</span>`}
        ${counter(`${name}-count`, source.length, CHARGEBEE_LIMITS.text, 'with markup')}
      </span>
      ${
        state.source
          ? sourceField(field, source, describedBy, change)
          : html`<rich-field
              .label=${label}
              .describedBy=${describedBy}
              .isTall=${name === 'description'}
              .richText=${sanitizers?.purified}
              .value=${source}
              @rich-input=${({ detail }: CustomEvent<string>) => change({ [name]: detail })}
            ></rich-field>`
      }
      ${hints(`${name}-hints`, sanitizers ? field.hints(lettersOf(source, sanitizers), source) : [])}
    </div>
  `;
}

function sourceField({ name, rows }: TextField, source: string, describedBy: string, change: Change): TemplateResult {
  return html`
    ${markupBar(name, name)}
    <textarea
      id=${name}
      class="code"
      rows=${rows}
      spellcheck="false"
      aria-describedby=${describedBy}
      .value=${live(source)}
      @input=${(event: Event) => change({ [name]: textIn(event) })}
    ></textarea>
  `;
}

function lettersOf(source: string, { purified }: Sanitizers): string {
  return purified(source).textContent.replace(/\s+/g, ' ').trim();
}

/** @param limit the documented one. */
function counter(id: string, count: number, limit: number, of = ''): TemplateResult {
  return html`<span class="counter" id=${id} ?data-over=${count > limit}>${count} of ${limit} ${of}</span>`;
}

function hints(id: string, says: readonly string[]): TemplateResult {
  return html`<ul class="hints" id=${id}>
    ${says.map((hint) => html`<li>${hint}</li>`)}
  </ul>`;
}
