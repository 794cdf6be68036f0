/** A preview on the page: a frame, and the messages that control it. */
import { html, LitElement } from 'lit';
import { heightOf } from './frame-height.js';
import { LAYOUT_NAMES, type Preview } from './preview.js';

const PREVIEW_URL = 'preview.html';

export class OfferPreview extends LitElement {
  static override properties = { preview: { attribute: false } };

  declare preview: Preview | undefined;

  #isListening = false;
  readonly #listener = (event: MessageEvent): void => {
    if (event.source !== this.#frame?.contentWindow) return;
    const height = heightOf(event);
    if (height) return this.style.setProperty('--content-height', height);
    this.#isListening = true;
    this.#send();
  };

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
    return html`<iframe src=${PREVIEW_URL} title="Preview: ${name}"></iframe>`;
  }

  protected override updated(): void {
    this.#send();
  }

  get #frame(): HTMLIFrameElement | null {
    return this.querySelector('iframe');
  }

  #send(): void {
    if (this.preview && this.#isListening) this.#frame?.contentWindow?.postMessage(this.preview, '*');
  }
}

customElements.define('offer-preview', OfferPreview);

declare global {
  interface HTMLElementTagNameMap {
    'offer-preview': OfferPreview;
  }
}
