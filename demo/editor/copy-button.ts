/** Copies a text. The button shows the result, and a status announces it to screen readers. */
import { html, LitElement } from 'lit';

type Outcome = 'none' | 'copied' | 'refused';

const SHOWN_FOR_MS = 4_000;

export class CopyButton extends LitElement {
  static override properties = {
    text: { attribute: false },
    label: {},
    of: {},
    outcome: { state: true },
  };

  declare text: string;
  /** The text of the button. */
  declare label: string;
  /** What is copied, for example "the CSS". */
  declare of: string;
  declare outcome: Outcome;

  #timer = 0;

  constructor() {
    super();
    this.text = '';
    this.label = 'Copy';
    this.of = 'it';
    this.outcome = 'none';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override render() {
    const messages = {
      none: '',
      copied: `Copied ${this.of}.`,
      refused: 'The browser does not allow copying. Select the text and copy it yourself.',
    };
    return html`
      <button type="button" class="button" aria-label="${this.label}: ${this.of}" @click=${() => void this.#copy()}>
        <span ?hidden=${this.outcome === 'copied'}>${this.label}</span>
        <span ?hidden=${this.outcome !== 'copied'}>Copied</span>
      </button>
      <span role="status" class=${this.outcome === 'refused' ? 'refused' : 'unseen'}>${messages[this.outcome]}</span>
    `;
  }

  async #copy(): Promise<void> {
    this.outcome = await navigator.clipboard.writeText(this.text).then(
      () => 'copied' as const,
      () => 'refused' as const,
    );
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => (this.outcome = 'none'), SHOWN_FOR_MS);
  }
}

customElements.define('copy-button', CopyButton);

declare global {
  interface HTMLElementTagNameMap {
    'copy-button': CopyButton;
  }
}
