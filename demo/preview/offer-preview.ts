/** A preview on the page: the frame, and the words that go to it. It never takes the focus from who is typing. */
import { html, LitElement } from 'lit';
import { LAYOUT_NAMES, type FrameNews, type Preview } from './preview.js';

const FRAME_URL = 'preview.html';

export class OfferPreview extends LitElement {
  static override properties = { preview: { attribute: false } };

  declare preview: Preview | undefined;

  #isListening = false;
  #told = '';
  readonly #listener = (event: MessageEvent<FrameNews>): void => this.#hear(event);

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('message', this.#listener);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('message', this.#listener);
    this.#isListening = false;
  }

  protected override render() {
    const name = this.preview && LAYOUT_NAMES[this.preview.layout];
    return html`<iframe src=${FRAME_URL} title="Preview: ${name}" scrolling="auto"></iframe>`;
  }

  protected override updated(): void {
    this.#tell();
  }

  get #frame(): HTMLIFrameElement | null {
    return this.querySelector('iframe');
  }

  #hear({ source, data }: MessageEvent<FrameNews>): void {
    const frame = this.#frame;
    if (!frame || source !== frame.contentWindow) return;
    if (data === 'drawn') {
      frame.inert = false;
      return;
    }
    this.#isListening = true;
    this.#told = '';
    this.#tell();
  }

  #tell(): void {
    const { preview } = this;
    if (!preview || !this.#isListening) return;
    const { layout, scenario } = preview;
    const shown = JSON.stringify([layout, scenario]);
    const frame = this.#frame;
    // A dialog that opens takes the focus, unless nothing in its page can have it.
    if (frame && layout === 'modal' && shown !== this.#told) frame.inert = true;
    this.#told = shown;
    frame?.contentWindow?.postMessage(preview, location.origin);
  }
}

customElements.define('offer-preview', OfferPreview);

declare global {
  interface HTMLElementTagNameMap {
    'offer-preview': OfferPreview;
  }
}
