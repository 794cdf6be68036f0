/** Draws the offer into the element's shadow root: its words as safe nodes, its language, its sheets, its focus. */
import { adoptStyles, unsafeCSS, type ReactiveController, type ReactiveControllerHost } from '@lit/reactive-element';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Offer } from '../../proxy/contract.js';
import type { ShownState } from '../flow/offer-state.js';
import type { Backdrop, Layout } from '../flow/layout.js';
import { content, type Written } from './content.js';
import { layouts, type LayoutView } from './layouts.js';
import { isUndecided, offerNotice, type ButtonAction, type Notice } from './notice.js';
import { loadRichText, type RichText } from './rich-text/rich-text.js';
import contentSheet from './styles/content.css?inline';
import hostSheet from './styles/host.css?inline';
import tokenSheet from './styles/tokens.css?inline';
import { languageOf, loadStrings } from './words/language.js';
import { offerWords } from './words/offer-words.js';
import type { SpokenStrings, Strings } from './words/words.js';

/** The element, as far as drawing concerns it. */
export interface PresenterHost extends HTMLElement, ReactiveControllerHost {
  /** The page's own words. */
  readonly strings: Partial<Strings> | undefined;
  readonly backdrop: Backdrop;
  readonly layout: Layout;
}

/** What the customer can do with an offer. */
export interface Presented {
  accept(optionId?: string): unknown;
  dismiss(): void;
  snooze(): void;
  retry(): unknown;
  mayLeave(): boolean;
  seen(surface: Element): void;
}

/** How long a page may be inert below a dialog that is no longer drawn. */
const ATTEND_AFTER_MS = 500;

const hostStyles = [unsafeCSS(hostSheet)];
const offerStyles = [...hostStyles, unsafeCSS(tokenSheet), unsafeCSS(contentSheet)];

export class OfferPresenter implements ReactiveController {
  readonly #host: PresenterHost;
  readonly #flow: Presented;
  #richText: RichText | undefined;
  #noticeOf: ((state: ShownState, strings: SpokenStrings) => Notice) | undefined;
  #language = 'en';
  #strings: SpokenStrings = offerWords;
  #speaking: Promise<void> | undefined;
  #written: (Written & { readonly offer: Offer; readonly said: string | undefined }) | undefined;
  #shown: ShownState | undefined;
  #layout: LayoutView | undefined;
  #focused: Element | null = null;
  /** A page may change its language without a reload. Observed again and again, it is observed once. */
  readonly #pageLanguage = new MutationObserver(() => this.#host.requestUpdate());
  #attending: ReturnType<typeof setTimeout> | undefined;

  constructor(host: PresenterHost, flow: Presented) {
    this.#host = host;
    this.#flow = flow;
    host.addController(this);
  }

  /** Loads what it takes to draw an offer, side by side. Without it, `render` has nothing to show. */
  async prepare(): Promise<void> {
    const [richText] = await Promise.all([
      this.#richText ?? loadRichText(),
      this.#speak(),
      layouts[this.#host.layout].load?.(),
    ]);
    this.#richText = richText;
  }

  /** Loads what it takes to draw the outcome of an acceptance. Without it, `render` has nothing to show of one. */
  async prepareOutcome(): Promise<void> {
    this.#noticeOf ??= (await import('./outcome/outcome-notice.js')).noticeOf;
  }

  renderOffer(state: ShownState, name: Layout): TemplateResult | typeof nothing {
    this.#shown = state;
    const layout = layouts[name];
    if (layout.load) {
      void layout.load().then(() => this.#host.requestUpdate());
      return nothing;
    }
    this.#applySheets(layout);
    if (this.#language !== languageOf(this.#host)) void this.#speak()?.then(() => this.#host.requestUpdate());
    // A language may come from a proxy of another version, which lacks a word.
    const strings = { ...offerWords, ...this.#strings, ...given(this.#host.strings) };
    const notice = isUndecided(state) ? offerNotice(state, strings) : this.#noticeOf?.(state, strings);
    if (!notice) return nothing;
    const written = this.#write(state.offer, notice.message);
    return layout.draw(content(notice, written, this.#press), strings.close, this.#dismiss, this.#stepAside);
  }

  /** @param name nothing at all when it is empty. */
  renderSlot(name?: string | false): TemplateResult | typeof nothing {
    this.#shown = undefined;
    this.#applySheets(undefined);
    const slot = name ? html`<slot name=${name}></slot>` : nothing;
    // A customer who came by keyboard goes on from here. A dialog has given the focus back.
    return this.#host.shadowRoot?.activeElement ? html`<i tabindex="-1"></i>${slot}` : slot;
  }

  /** Scrolls to the card or the bar and reads it out, for a customer who has asked for it. A dialog does so by itself. */
  bringForward(): void {
    const section = this.#host.shadowRoot?.querySelector('section');
    section?.scrollIntoView({ block: 'nearest' });
    section?.querySelector('h2')?.focus({ preventScroll: true });
  }

  /** After each drawing. */
  hostUpdated(): void {
    const root = this.#host.shadowRoot;
    if (!root || !this.#host.isConnected) return;
    const surface = this.#layout && this.#surface;
    if (surface) {
      this.#attend(surface);
      this.#pageLanguage.observe(document.documentElement, { attributeFilter: ['lang'] });
    }
    // What had the focus may be gone. A customer who came by keyboard must not be thrown back to the top of the page, nor onto
    // the button of another offer. The place of a dialog may be anywhere on the page, which must not scroll to it.
    if (this.#focused?.isConnected === false) {
      const next = this.#shown?.status === 'offered' ? 'h2' : '[part~="actions"] > *, i';
      root.querySelector<HTMLElement>(next)?.focus({ preventScroll: true });
    }
    if (surface && this.#shown?.status === 'offered') this.#flow.seen(surface);
  }

  hostDisconnected(): void {
    clearTimeout(this.#attending);
    this.#pageLanguage.disconnect();
    this.#leave();
  }

  /** What is drawn leaves the page, or has left it with the element. */
  #leave(): void {
    const surface = this.#surface;
    if (surface) this.#layout?.gone?.(surface);
  }

  get #surface(): Element | null | undefined {
    return this.#host.shadowRoot?.querySelector('[part~="surface"]');
  }

  /** Looks after a dialog as long as it is there: its place may be hidden meanwhile, and shown again. */
  #attend(surface: Element): void {
    clearTimeout(this.#attending);
    if (!surface.isConnected) return;
    this.#layout?.drawn?.(surface);
    if (surface instanceof HTMLDialogElement) {
      this.#attending = setTimeout(() => this.#attend(surface), ATTEND_AFTER_MS);
    }
  }

  /** Puts on the sheets of the layout. The DOM is still that of the drawing before. */
  #applySheets(layout: LayoutView | undefined): void {
    const root = this.#host.shadowRoot;
    if (!root) return;
    this.#focused = root.activeElement;
    // A root that was in the document of a frame, which takes no sheet of this one, comes back without any.
    if (layout === this.#layout && root.adoptedStyleSheets.length > 0) return;
    this.#leave();
    this.#layout = layout;
    if (root.ownerDocument === document) adoptStyles(root, layout ? [...offerStyles, layout.styles] : hostStyles);
  }

  readonly #press = (action: ButtonAction, event: Event): void => {
    switch (action.type) {
      case 'accept':
        return void this.#flow.accept(action.optionId);
      case 'dismiss':
        return this.#dismiss();
      case 'retry':
        return void this.#flow.retry();
      case 'reload':
        return location.reload();
      case 'leave':
        if (!this.#flow.mayLeave()) event.preventDefault();
    }
  };

  readonly #dismiss = (): void => {
    this.#flow.dismiss();
    // The browser may have closed the dialog already, and the page may have prevented the dismissal.
    this.#host.requestUpdate();
  };

  /** Escape, or a click beside the dialog. */
  readonly #stepAside = (): void => {
    const { backdrop } = this.#host;
    if (backdrop !== 'none') this.#flow[backdrop]();
    // The browser may have closed the dialog already.
    this.#host.requestUpdate();
  };

  /** Resolves once the words of the element's language are there. */
  #speak(): Promise<void> | undefined {
    const language = languageOf(this.#host);
    if (language === this.#language) return this.#speaking;
    this.#language = language;
    this.#speaking = loadStrings(language).then((strings) => {
      if (language === this.#language) this.#strings = strings;
    });
    return this.#speaking;
  }

  #write(offer: Offer, said: string | undefined): Written {
    const { title, description } = this.#written?.offer === offer ? this.#written : this.#writeOffer(offer);
    if (title !== this.#written?.title || said !== this.#written.said) {
      const message = this.#element('p', 'status');
      message.append(said ?? '');
      this.#written = { offer, said, title, description, message, actions: this.#element('div', 'actions') };
    }
    return this.#written;
  }

  #writeOffer(offer: Offer): Pick<Written, 'title' | 'description'> {
    const title = this.#element('h2', 'title', offer.title);
    const description = this.#element('div', 'description', offer.description);
    title.tabIndex = -1;
    return { title, description: description.hasChildNodes() ? description : undefined };
  }

  #element(name: string, part: string, html?: string): HTMLElement {
    const element = document.createElement(name);
    element.part.add(part);
    if (html !== undefined && this.#richText) {
      element.id = part;
      element.dir = 'auto';
      element.append(this.#richText(html));
    }
    return element;
  }
}

/** A text that is absent or empty would leave a button without a name. */
function given(strings: Partial<Strings> = {}): Partial<Strings> {
  return Object.fromEntries(Object.entries(strings).filter(([, words]) => words));
}
