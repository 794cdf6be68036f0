/**
 * All that is needed to show an offer, loaded with the first one: a page without an offer pays for none of it.
 */
import { adoptStyles, nothing, type TemplateResult } from 'lit';
import type { Offer } from '../../proxy/contract.js';
import type { Layout } from '../attributes.js';
import type { Encounter } from '../encounter.js';
import { isShown, type ShownState } from '../offer-state.js';
import { readOffer } from '../offer.js';
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

  readonly #stage: Stage;
  readonly #host: OfferHost;
  readonly #root: ShadowRoot;
  /** The sheets of the element when it shows nothing. */
  readonly #bare: readonly CSSStyleSheet[];
  readonly #richText: RichText;
  readonly #handlers: OfferHandlers;
  readonly #layouts: Partial<Record<Layout, LayoutView>> = { inline, banner };
  #encounter: Encounter | undefined;
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
    this.showing = new Showing(stage, () => this.#meet());
    this.#handlers = {
      accept: (optionId) => void this.decide((encounter) => encounter.accept(optionId)),
      dismiss: () => void this.decide((encounter) => encounter.dismiss()),
      retry: () => void this.decide((encounter) => encounter.retry()),
      leave: (event) => {
        if (!this.#encounter?.mayLeave()) event.preventDefault();
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
    const face = this.#encounter?.face(state, strings, this.#handlers);
    const content = offerContent({ ...this.#write(state), state, face, strings }, this.#handlers);
    return this.#layout?.draw(content, strings, this.#handlers.dismiss) ?? nothing;
  }

  /** After each drawing. */
  drawn(): void {
    const state = this.#stage.state();
    const surface = this.#root.querySelector('[part~="surface"]');
    if (!isShown(state) || !surface) return;
    this.#worn?.drawn?.(surface);
    // A pressed button may be gone; who came by keyboard must not be thrown back to the top of the page.
    if (this.#focused?.isConnected === false) surface.querySelector<HTMLElement>('[part~="actions"] > *')?.focus();
    void this.decide((encounter) => encounter.drawn(surface));
  }

  /** Does at once what the customer or the page decides; right after the first drawing, as soon as it can be done. */
  decide(act: (encounter: Encounter) => unknown): Promise<void> {
    return this.#stage.attempt(async () => {
      await act(this.#encounter ?? (await this.#meet()));
    });
  }

  /** The acceptance of an earlier page, if there was one. */
  async resume(): Promise<boolean> {
    const encounter = await this.#meet();
    // Handed over, or the bundler would make a chunk of its own for it.
    return encounter.resume(readOffer);
  }

  /** The page may be kept for Back. */
  leave(): void {
    this.showing.leave();
    this.#encounter?.leave();
  }

  /** The offer is no longer on the page. */
  end(): void {
    this.showing.end(this.#encounter?.end());
  }

  get #layout(): LayoutView | undefined {
    return this.#layouts[this.showing.layout];
  }

  async #meet(): Promise<Encounter> {
    const { Encounter } = await import('../encounter.js');
    return (this.#encounter ??= new Encounter(this.#stage, this.showing));
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
