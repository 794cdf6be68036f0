/** Draws the offer into the element's shadow root: its words as safe nodes, its language, its sheets, its focus. */
import type { ReactiveController } from '@lit/reactive-element';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Offer } from '../../proxy/contract.js';
import type { OfferState, ShownState } from '../flow/offer-state.js';
import type { Backdrop, Layout } from '../flow/layout.js';
import { content, type Drawn, type Written } from './content.js';
import type { Ask, ExtrasHost } from './extras/extra.js';
import type { Extras } from './extras/extras.js';
import { layouts, type LayoutView } from './layouts.js';
import {
  offerNotice,
  type ButtonAction,
  type ConfirmingState,
  type DecidedState,
  type Notice,
  type UndecidedState,
} from './notice.js';
import type { Leading } from './outcome/ways-on.js';
import { loadRichText, type RichText } from './rich-text/rich-text.js';
import { lazySheet, wear, type LazySheet } from './style-sheets.js';
import contentSheet from './styles/content.css?inline';
import hostSheet from './styles/host.css?inline';
import tokenSheet from './styles/tokens.css?inline';
import { languageOf, loadStrings } from './words/language.js';
import { offerWords } from './words/offer-words.js';
import type { SpokenStrings, Strings } from './words/words.js';

/** The element, as far as drawing concerns it. */
export interface PresenterHost extends Leading, ExtrasHost {
  /** The page's own words. */
  readonly strings: Partial<Strings> | undefined;
  readonly backdrop: Backdrop;
  readonly layout: Layout;
}

/** What the customer can do with an offer. */
export interface Presented {
  readonly call: Ask;
  readonly state: OfferState;
  accept(optionId?: string, isPress?: boolean): unknown;
  dismiss(): void;
  snooze(): void;
  retry(): unknown;
  mayLeave(): boolean;
  seen(surface: Element): void;
}

/** How long a page may be inert below a dialog that is no longer drawn. */
const ATTEND_AFTER_MS = 500;

const hostStyles = [lazySheet(hostSheet)];
const offerStyles = [...hostStyles, lazySheet(tokenSheet), lazySheet(contentSheet)];

export class OfferPresenter implements ReactiveController {
  readonly #host: PresenterHost;
  readonly #flow: Presented;
  #extras: Extras | undefined;
  #fetchingExtras: Promise<void> | undefined;
  #richText: RichText | undefined;
  #outcome: typeof import('./outcome/outcome.js').outcome | undefined;
  #unlocking: typeof import('./outcome/unlocking.js') | undefined;
  #language = 'en';
  #strings: SpokenStrings = offerWords;
  #speaking: Promise<void> | undefined;
  #written: (Written & { readonly offer: Offer; readonly notice: Notice }) | undefined;
  #receipt: HTMLElement | undefined;
  #shown: ShownState | undefined;
  #layout: LayoutView | undefined;
  #focused: Element | null = null;
  readonly #redraw = (): void => this.#host.requestUpdate();
  /** A page may change its language without a reload. */
  readonly #languages = new MutationObserver(() => void this.#speak()?.then(this.#redraw));
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
      this.#followLanguage(),
      layouts[this.#host.layout].load?.(),
      this.#fetchingExtras?.then(() => this.#extras?.prepare(this.#flow.call)),
    ]);
    this.#richText = richText;
  }

  /** Loads what it takes to draw the outcome of an acceptance. Without it, `render` has nothing to show of one. */
  async prepareOutcome(): Promise<void> {
    const [{ outcome }, unlocking] = await Promise.all([
      import('./outcome/outcome.js'),
      // Without it, the feature comes without a word.
      this.#host.feature ? import('./outcome/unlocking.js').catch(() => undefined) : undefined,
    ]);
    this.#outcome = outcome;
    this.#unlocking = unlocking;
  }

  /** The offer, until the proxy has answered an acceptance. */
  renderOffer(state: UndecidedState, name: Layout): TemplateResult | typeof nothing {
    const words = this.#words();
    const isPriced = this.#host.querySelector(':scope > [slot=price]') !== null;
    const notice = offerNotice(state, words, isPriced);
    const isOffer = notice.tone === 'offer';
    const drawn = isOffer && this.#extras?.addTo(notice, state, name, words, this.#language);
    // What follows a press looks as an outcome does, and may come without: what is missing may be what a reload is for.
    const outcome = state.status === 'offered' ? undefined : this.#outcome;
    return this.#draw(state, name, words, notice, drawn || notice, outcome);
  }

  /** Where an acceptance stands, and the question before it. */
  renderOutcome(state: DecidedState | ConfirmingState, name: Layout): TemplateResult | typeof nothing {
    const outcome = this.#outcome;
    const isAsked = this.#shown?.status === 'confirming';
    this.#shown = state;
    if (!outcome) return nothing;
    if (state.status === 'confirming' && !isAsked) {
      this.#host.addController(new outcome.Confirmation(this.#host, this.#flow, state));
    }
    const words = this.#words();
    const notice = outcome.outcomeNotice(state, words, outcome.waysOn(this.#host));
    return this.#draw(state, name, words, notice, notice, outcome);
  }

  #draw(
    state: ShownState,
    name: Layout,
    { close }: SpokenStrings,
    notice: Notice,
    drawn: Drawn,
    outcome?: typeof import('./outcome/outcome.js').outcome,
  ): TemplateResult | typeof nothing {
    this.#shown = state;
    this.#fetchExtras(name === 'banner');
    const layout = layouts[name];
    if (layout.load) {
      void layout.load().then(this.#redraw);
      return nothing;
    }
    const written = this.#write(state.offer, notice);
    this.#applySheets([...offerStyles, layout.styles, ...(outcome?.styles ?? [])], layout, this.#extras?.sheets);
    return layout.draw(content(drawn, written, this.#press, outcome?.wayOn), close, this.#dismiss, this.#stepAside);
  }

  /** @param hasReceipt the customer is told that it was unlocked. */
  renderUnlocked(hasReceipt?: boolean): TemplateResult {
    const unlocking = hasReceipt ? this.#unlocking : undefined;
    this.#receipt = unlocking && (this.#receipt ?? unlocking.receiptOf(this.#words(), this.#host.shadowRoot));
    const sheets = unlocking && [...offerStyles, layouts.inline.styles, ...unlocking.styles];
    return html`${this.#receipt}${this.renderSlot('unlocked', sheets)}`;
  }

  /** @param name nothing at all when it is empty. */
  renderSlot(name?: string | false, sheets?: readonly LazySheet[]): TemplateResult | typeof nothing {
    this.#shown = undefined;
    this.#fetchExtras();
    this.#applySheets(sheets ?? hostStyles);
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
    // The page may know the price later than the offer.
    root.addEventListener('slotchange', this.#redraw);
    const surface = this.#layout && this.#surface;
    if (surface) this.#attend(surface);
    // What had the focus may be gone. A customer who came by keyboard must not be thrown back to the top of the page, nor onto
    // the button of another offer. The place of a dialog may be anywhere on the page, which must not scroll to it.
    if (this.#focused?.isConnected === false) {
      const next = this.#shown?.status === 'offered' ? 'h2' : '[part~="actions"] > :not(slot), i';
      root.querySelector<HTMLElement>(next)?.focus({ preventScroll: true });
    }
    if (surface && this.#shown?.status === 'offered') this.#flow.seen(surface);
  }

  /** Another place may have another language. What was not drawn before is prepared first. */
  hostConnected(): void {
    if (this.#written) void this.#followLanguage()?.then(this.#redraw);
  }

  hostDisconnected(): void {
    clearTimeout(this.#attending);
    this.#languages.disconnect();
    this.#leave();
  }

  /** Beside the question, and with a bar, which may cut its words short. An offer is shown without what cannot be fetched. */
  #fetchExtras(isBar = false): void {
    const { optionNotes, mediaLayout, meter, icon, deadline } = this.#host;
    if ((optionNotes ?? mediaLayout ?? meter ?? icon ?? (deadline || isBar)) === false) return;
    this.#fetchingExtras ??= import('./extras/extras.js').then(({ Extras }) => {
      this.#extras = new Extras(this.#host, html);
    }, console.warn);
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
  #applySheets(lazy: readonly LazySheet[], layout?: LayoutView, extras: readonly CSSStyleSheet[] = []): void {
    const root = this.#host.shadowRoot;
    if (!root) return;
    this.#focused = root.activeElement;
    const isSame = layout === this.#layout;
    if (!isSame) this.#leave();
    this.#layout = layout;
    // A root that was in the document of a frame, which takes no sheet of this one, comes back without any.
    if (isSame && root.adoptedStyleSheets.length === lazy.length + extras.length) return;
    if (root.ownerDocument === document) wear(root, lazy, extras);
  }

  readonly #press = (action: ButtonAction, event: Event): void => {
    switch (action.type) {
      case 'accept':
        return void this.#flow.accept(action.optionId, true);
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

  /** An ancestor says which language it is. A node that is observed twice is observed once. */
  #followLanguage(): Promise<void> | undefined {
    for (const root of [document, this.#host.getRootNode()]) {
      this.#languages.observe(root, { subtree: true, attributeFilter: ['lang'] });
    }
    return this.#speak();
  }

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

  /** Those that are there: another language is drawn once it has come, and one of another version may lack a word. */
  #words(): SpokenStrings {
    return { ...offerWords, ...this.#strings, ...given(this.#host.strings) };
  }

  #write(offer: Offer, notice: Notice): Written {
    const { title, message } = notice;
    const before = this.#written;
    if (offer === before?.offer && title === before.notice.title && message === before.notice.message) return before;
    const isOffer = notice.tone === 'offer';
    const heading = element('h2', 'title', isOffer ? this.#read(title) : title);
    const text = isOffer
      ? element('div', 'description', this.#read(notice.description))
      : element('p', 'status', notice.message);
    heading.tabIndex = -1;
    this.#written = {
      offer,
      notice,
      title: heading,
      text: text.hasChildNodes() ? text : undefined,
      subject: isOffer ? undefined : element('div', 'subject', this.#read(notice.subject)),
      actions: element('div', 'actions'),
    };
    return this.#written;
  }

  #read(html: string): Node | '' {
    return this.#richText?.(html) ?? '';
  }
}

function element(name: string, part: string, words?: Node | string): HTMLElement {
  const made = document.createElement(name);
  made.part.add(part);
  if (words === undefined) return made;
  made.id = part;
  made.dir = 'auto';
  made.append(words);
  return made;
}

/** A text that is absent or empty would leave a button without a name. */
function given(strings: Partial<Strings> = {}): Partial<Strings> {
  return Object.fromEntries(Object.entries(strings).filter(([, words]) => words));
}
