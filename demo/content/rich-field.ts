/**
 * A text with its formats, edited as it will look. It never holds more than the sanitizer leaves: what is typed, pasted or
 * dropped goes through it.
 */
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import type { RichText } from '../../widget/view/rich-text/rich-text.js';
import { cleanHtml } from './clean-html.js';

interface Format {
  readonly name: string;
  /** Of `document.execCommand`: deprecated, and the only way to format that the browser's undo knows. */
  readonly command: 'bold' | 'italic' | 'insertUnorderedList';
  /** With Ctrl or Cmd. The browser knows those of bold and italic by itself. */
  readonly keys: string;
}

const FORMATS: readonly Format[] = [
  { name: 'Bold', command: 'bold', keys: 'B' },
  { name: 'Italic', command: 'italic', keys: 'I' },
  { name: 'List', command: 'insertUnorderedList', keys: 'Shift+8' },
];

export class RichField extends LitElement {
  static override properties = {
    label: {},
    describedBy: { attribute: false },
    isTall: { attribute: false },
    value: { attribute: false },
    richText: { attribute: false },
    formats: { state: true },
    address: { state: true },
  };

  declare label: string;
  /** The ids of its hints. */
  declare describedBy: string;
  declare isTall: boolean;
  /** HTML. */
  declare value: string;
  declare richText: RichText | undefined;
  /** Those of the text at the caret. */
  declare formats: readonly string[];
  /** Where a link leads, while the author is asked for it. */
  declare address: string | undefined;

  /** What the author has written, in the form of `value`. */
  #written: string | undefined;
  /** Where the link will be: the field for its address takes the selection. */
  #linked: Range | undefined;
  readonly #lookAtCaret = () => {
    if (!this.#editable?.contains(getSelection()?.anchorNode ?? null)) return;
    this.formats = FORMATS.filter(({ command }) => document.queryCommandState(command)).map(({ name }) => name);
  };

  constructor() {
    super();
    this.label = '';
    this.describedBy = '';
    this.isTall = false;
    this.value = '';
    this.formats = [];
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('selectionchange', this.#lookAtCaret);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('selectionchange', this.#lookAtCaret);
  }

  protected override render() {
    return html`
      <div class="marks" role="group" aria-label="Format the ${this.label.toLowerCase()}">
        ${FORMATS.map(
          ({ name, command, keys }) =>
            html`<button
              type="button"
              title="${name} (Ctrl+${keys})"
              aria-pressed=${this.formats.includes(name)}
              @pointerdown=${keepSelection}
              @click=${() => this.#format(command)}
            >
              ${name}
            </button>`,
        )}
        <button
          type="button"
          title="Link (Ctrl+K)"
          aria-expanded=${this.address !== undefined}
          @pointerdown=${keepSelection}
          @click=${this.#askAddress}
        >
          Link
        </button>
      </div>
      ${this.address === undefined ? nothing : this.#linkForm(this.address)}
      <div
        class="editable"
        contenteditable="true"
        role="textbox"
        aria-multiline="true"
        aria-label=${this.label}
        aria-describedby=${this.describedBy}
        ?data-tall=${this.isTall}
        @input=${this.#read}
        @paste=${this.#paste}
        @keydown=${this.#onKey}
        @blur=${this.#tidy}
      ></div>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const isNew = changed.has('richText') || (changed.has('value') && this.value !== this.#written);
    if (isNew) this.#show();
  }

  #linkForm(address: string) {
    return html`<form class="link-form" @submit=${this.#link} @keydown=${this.#onLinkKey}>
      <input type="url" required placeholder="https://…" aria-label="Address of the link" .value=${address} />
      <button type="submit" class="button">Set link</button>
      <button type="button" class="button" @click=${this.#unlink}>Remove link</button>
    </form>`;
  }

  get #editable(): HTMLElement | null {
    return this.querySelector('.editable');
  }

  #show(): void {
    this.#written = undefined;
    if (this.richText) this.#editable?.replaceChildren(this.richText(this.value));
  }

  /** A browser may have written more than the sanitizer leaves: the author sees what is kept. */
  readonly #tidy = ({ relatedTarget }: FocusEvent): void => {
    const isLeft = !(relatedTarget instanceof Node && this.contains(relatedTarget));
    if (isLeft && this.#written !== undefined) this.#show();
  };

  readonly #read = (): void => {
    if (!this.richText || !this.#editable) return;
    this.#written = cleanHtml(this.#editable.innerHTML, this.richText);
    this.dispatchEvent(new CustomEvent('rich-input', { detail: this.#written }));
  };

  #format(command: Format['command'] | 'createLink' | 'unlink', value?: string): void {
    this.#editable?.focus();
    document.execCommand(command, false, value);
    this.#lookAtCaret();
  }

  readonly #paste = (event: ClipboardEvent): void => {
    event.preventDefault();
    const { clipboardData, currentTarget } = event;
    if (!this.richText || !clipboardData || !(currentTarget instanceof HTMLElement)) return;
    const clean = cleanHtml(clipboardData.getData('text/html'), this.richText);
    if (clean !== '') document.execCommand('insertHTML', false, clean);
    else document.execCommand('insertText', false, clipboardData.getData('text/plain'));
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key.toLowerCase() === 'k') this.#askAddress();
    else if (event.shiftKey && event.code === 'Digit8') this.#format('insertUnorderedList');
    else return;
    event.preventDefault();
  };

  readonly #askAddress = async (): Promise<void> => {
    const selection = getSelection();
    if (!selection?.rangeCount || !this.#editable?.contains(selection.anchorNode)) return this.#editable?.focus();
    this.#linked = selection.getRangeAt(0);
    const link = selection.anchorNode?.parentElement?.closest('a');
    this.address = link?.getAttribute('href') ?? '';
    await this.updateComplete;
    this.querySelector<HTMLInputElement>('.link-form input')?.focus();
  };

  readonly #link = (event: Event): void => {
    event.preventDefault();
    const address = this.querySelector<HTMLInputElement>('.link-form input')?.value ?? '';
    const isText = this.#linked && !this.#linked.collapsed;
    this.#backToText();
    if (isText) return this.#format('createLink', address);
    // Without a selection, the address is the text of its link.
    const link = document.createElement('a');
    link.href = link.textContent = address;
    document.execCommand('insertHTML', false, link.outerHTML);
  };

  readonly #unlink = (): void => {
    this.#backToText();
    this.#format('unlink');
  };

  readonly #onLinkKey = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape') this.#backToText();
  };

  #backToText(): void {
    this.address = undefined;
    this.#editable?.focus();
    const selection = getSelection();
    if (!this.#linked || !selection) return;
    selection.removeAllRanges();
    selection.addRange(this.#linked);
  }
}

/** A button that is pressed takes the focus, and with it the selection that it is to format. */
function keepSelection(event: Event): void {
  event.preventDefault();
}

customElements.define('rich-field', RichField);

declare global {
  interface HTMLElementTagNameMap {
    'rich-field': RichField;
  }
}
