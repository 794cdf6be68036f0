/** The content editor: the text of an offer, how it will look, and what the sanitizer changes in it. */
import { html, LitElement, nothing } from 'lit';
import '../editor/copy-button.js';
import { segmented } from '../editor/segmented.js';
import { scenarioOf, STAGE_NAMES } from '../preview/preview.js';
import { previews } from '../preview/previews.js';
import { showHeader } from '../design-page/header.js';
import { urlState } from '../design-page/url-state.js';
import { wornTheme } from '../design-page/worn-theme.js';
import { themeCss } from '../theme/theme.js';
import { CONTENT_FIELDS, wordsOf, type ContentState } from './content.js';
import { EXAMPLES } from './examples.js';
import { loadSanitizers, type Sanitizers } from './sanitizers.js';
import { contentFields } from './views/content-fields.js';
import { sanitizerReport } from './views/sanitizer-report.js';

const SCHEMES = ['light', 'dark'] as const;

/** The previews restart with each change, so they wait for a pause in the typing. */
const TYPING_PAUSE_MS = 200;

const page = urlState<ContentState>(CONTENT_FIELDS);

export class ContentEditor extends LitElement {
  static override properties = { state: { state: true }, shown: { state: true }, sanitizers: { state: true } };

  declare state: ContentState;
  /** What the previews show. */
  declare shown: ContentState;
  declare sanitizers: Sanitizers | undefined;

  #typing = 0;

  constructor() {
    super();
    this.state = page.current;
    this.shown = page.current;
    page.watch((state) => {
      this.state = state;
      clearTimeout(this.#typing);
      this.#typing = window.setTimeout(() => (this.shown = state), TYPING_PAUSE_MS);
    });
    void loadSanitizers().then((sanitizers) => (this.sanitizers = sanitizers));
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    const { state, shown, sanitizers } = this;
    return html`
      <section class="examples" aria-labelledby="examples">
        <div class="bar">
          <h2 id="examples">Examples</h2>
          <copy-button .text=${location.href} label="Copy link" of="a link to this text"></copy-button>
        </div>
        <ul>
          ${EXAMPLES.map(
            ({ name, content }) =>
              html`<li><button type="button" class="button" @click=${() => page.set(content)}>${name}</button></li>`,
          )}
        </ul>
        ${wornTheme(state.theme, () => page.set({ theme: {} }))}
      </section>
      <div class="workbench">
        <section class="stage" aria-labelledby="preview">
          <div class="bar">
            <h2 id="preview">Preview</h2>
            ${segmented('State of the offer', STAGE_NAMES, state.stage, (stage) => page.set({ stage }))}
            ${segmented('Colour scheme', SCHEMES, state.scheme, (scheme) => page.set({ scheme }))}
          </div>
          ${previews({ scheme: state.scheme, css: themeCss(state.theme), scenario: scenarioOf(wordsOf(shown), shown.stage) })}
        </section>
        ${contentFields(state, sanitizers, (change) => page.set(change, false))}
      </div>
      <section class="sanitizer" aria-labelledby="sanitizer">
        <h2 id="sanitizer">After sanitizing</h2>
        ${sanitizers ? sanitizerReport(state, sanitizers) : nothing}
      </section>
    `;
  }
}

customElements.define('content-editor', ContentEditor);
showHeader('content', page);
