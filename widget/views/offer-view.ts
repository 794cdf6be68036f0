/**
 * All that is needed to show an offer, loaded with the first one: a page without an offer pays for none of it.
 */
import { adoptStyles, nothing, type TemplateResult } from 'lit';
import type { Offer } from '../../proxy/contract.js';
import type { Layout } from '../attributes.js';
import { Decision } from '../decision.js';
import { isShown, type ShownState } from '../offer-state.js';
import { loadRichText, type RichText } from '../rich-text.js';
import { Showing } from '../showing.js';
import type { OfferHost, Stage } from '../stage.js';
import { languageOf, loadStrings, type LoadedStrings } from '../strings.js';
import { contentStyles } from '../styles/content.js';
import { tokens } from '../styles/tokens.js';
import { banner } from './banner.js';
import { inline } from './inline.js';
import { offerContent, type LayoutView, type OfferHandlers } from './offer-content.js';

/** The words of an offer as safe nodes: the same ones at each drawing, so that they stay in place. */
interface Written {
  readonly offer: Offer;
  readonly title: Node[];
  readonly description: Node[];
}

export async function loadOfferView(stage: Stage): Promise<OfferView> {
  const language = languageOf(stage.host);
  return new OfferView(stage, await loadRichText(), language, await loadStrings(language));
}

export class OfferView {
  readonly showing: Showing;
  readonly decision: Decision;

  readonly #stage: Stage;
  readonly #host: OfferHost;
  readonly #root: ShadowRoot;
  /** The sheets of the element when it shows nothing. */
  readonly #bare: readonly CSSStyleSheet[];
  readonly #richText: RichText;
  readonly #handlers: OfferHandlers;
  readonly #layouts: Partial<Record<Layout, LayoutView>> = { inline, banner };
  #language: string;
  #strings: LoadedStrings;
  #written: Written | undefined;
  #worn: LayoutView | undefined;
  #focused: Element | null = null;

  constructor(stage: Stage, richText: RichText, language: string, strings: LoadedStrings) {
    this.#stage = stage;
    this.#host = stage.host;
    this.#root = stage.host.shadowRoot ?? stage.host.attachShadow({ mode: 'open' });
    this.#bare = this.#root.adoptedStyleSheets;
    this.#richText = richText;
    this.#language = language;
    this.#strings = strings;
    this.showing = new Showing(stage);
    this.decision = new Decision(stage, this.showing);
    this.#handlers = {
      accept: (optionId) => void this.decision.accept(optionId),
      dismiss: () => {
        this.decision.dismiss();
        // A browser may have closed the dialog already, and the page may have prevented that.
        this.#host.requestUpdate();
      },
      retry: () => void this.decision.retry(),
      leave: (event) => {
        if (!this.decision.mayLeave()) event.preventDefault();
      },
    };
  }

  /** Loads what the layout of the element needs. */
  async prepare(): Promise<void> {
    if (this.#host.layout === 'modal') this.#layouts.modal ??= (await import('./modal.js')).modal;
  }

  /** Before each drawing: puts on the sheets of the layout. */
  dress(): void {
    const layout = isShown(this.#stage.state()) ? this.#layout : undefined;
    this.#focused = this.#root.activeElement;
    if (layout === this.#worn) return;
    // Closed while it is still on the page, a dialog gives the focus back.
    this.#root.querySelector('dialog')?.close();
    adoptStyles(this.#root, [...this.#bare, ...(layout ? [tokens, contentStyles, layout.styles] : [])]);
    this.#worn = layout;
  }

  render(state: ShownState): TemplateResult | typeof nothing {
    if (this.#language !== languageOf(this.#host)) void this.#translate();
    if (!this.#layout) void this.#stage.attempt(() => this.#change());
    const strings = { ...this.#strings, ...this.#host.strings };
    const face = this.decision.acceptance?.face(state, strings);
    const content = offerContent({ ...this.#write(state), state, face, strings }, this.#handlers);
    return this.#layout?.draw(content, strings, this.#handlers.dismiss) ?? nothing;
  }

  /** After each drawing. */
  drawn(): void {
    const state = this.#stage.state();
    const surface = this.#root.querySelector('[part~="surface"]');
    if (!isShown(state) || !surface) return;
    if (surface instanceof HTMLDialogElement) openModal(surface);
    // A pressed button may be gone; who came by keyboard must not be thrown back to the top of the page.
    if (this.#focused?.isConnected === false) surface.querySelector<HTMLElement>('[part~="actions"] > *')?.focus();
    this.showing.drawn(state, surface);
  }

  get #layout(): LayoutView | undefined {
    return this.#layouts[this.showing.layout];
  }

  #write({ offer }: ShownState): Written {
    if (this.#written?.offer !== offer) {
      const nodes = (html: string) => [...this.#richText(html).childNodes];
      this.#written = { offer, title: nodes(offer.title), description: nodes(offer.description) };
    }
    return this.#written;
  }

  /** The page has made it a modal while it was shown. */
  async #change(): Promise<void> {
    await this.prepare();
    this.#host.requestUpdate();
  }

  /** The page speaks another language now. */
  async #translate(): Promise<void> {
    this.#language = languageOf(this.#host);
    this.#strings = await loadStrings(this.#language);
    this.#host.requestUpdate();
  }
}

/** Moved within the page, a dialog is still open and no longer modal. */
function openModal(dialog: HTMLDialogElement): void {
  if (dialog.matches(':modal')) return;
  dialog.removeAttribute('open');
  dialog.showModal();
}
