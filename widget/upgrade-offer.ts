/**
 * The element: attributes in, view out, and methods for the page. What happens is decided in `flow/`, and how it looks in
 * `view/`. Importing this file defines nothing; `define.ts` does.
 */
import { ReactiveElement, type PropertyValues } from '@lit/reactive-element';
import { render } from 'lit/html.js';
import type { Context } from '../proxy/contract.js';
import { READERS } from './attributes.js';
import type { OfferFlow } from './flow/offer-flow.js';
import type { Backdrop, IfBusy, Layout } from './flow/layout.js';
import type { MockScenario } from './flow/question/mock-scenario.js';
import type { GetToken } from './flow/question/token.js';
import type { OfferHost } from './flow/state-owner.js';
import { OfferController } from './offer-controller.js';
import { configure, pageDefaults, type PageDefaults } from './page-defaults.js';
import { isDrawn } from './view/drawn.js';
import type { IconName, MediaLayout, OptionNotes } from './view/extras/extra.js';
import { OfferPresenter } from './view/presenter.js';
import type { Strings } from './view/words/words.js';

/** Not within `new URL`: a bundler would take the two for a file to copy. */
const SCRIPT_URL = import.meta.url;

/** `?upgrade-offer-debug` in the address of a page opens a panel that explains each element. */
const DEBUG_PARAMETER = 'upgrade-offer-debug';

/** What the page may say for all its elements, and what holds where neither it nor the element says so. */
const PAGE_WIDE: Readonly<Record<string, unknown>> = {
  get proxy() {
    return new URL('.', SCRIPT_URL).href;
  },
  token: undefined,
  getToken: undefined,
  strings: undefined,
  optionNotes: undefined,
  ifBusy: 'wait',
  backdrop: 'snooze',
  doneHref: undefined,
  paymentHref: undefined,
  supportHref: undefined,
  mock: undefined,
} satisfies Record<Exclude<keyof PageDefaults, 'lang'>, unknown>;

/**
 * The one offer that Chargebee Growth has for this customer at this moment, or the feature that it would unlock.
 * Takes no room while it asks and while there is nothing to show. The tokens of its look are in `view/styles/tokens.css`.
 *
 * The quiet button and the cross dismiss the offer: Chargebee's tutorials count closing as dismissing, and it starts the
 * offer's cooldown. Escape and a click beside the dialog only snooze it, unless `backdrop` says otherwise.
 *
 * @tag upgrade-offer
 * @summary An upgrade offer, from the first look to the end of its fulfillment.
 *
 * @attr {'compact'} density - `compact`: smaller type, less space and lower buttons, for pages that are tools.
 *
 * @slot unlocked - The gated feature: shown while the customer may use it.
 * @slot locked - Shown in its place when the customer may not use it and there is no offer.
 * @slot icon - In place of the icon before the title of the offer. The sign of an outcome is the widget's own.
 * @slot media - A picture or a video above the offer; not shown in a banner, and gone with the offer.
 * @slot eyebrow - A badge above the title; not shown in a banner, and gone with the offer.
 * @slot meter - How much is used up, below the words; not shown in a banner, and gone with the offer.
 * @slot price - What it costs, between the words and the buttons; gone with the offer.
 * @slot proof - Logos or a quote, in a dialog only; gone with the offer.
 * @slot footer - Small print below the offer.
 * @slot done - A link or a button of the page, as the first action once an upgrade is completed.
 *
 * @event {OfferAcceptEvent} offer-accept - Cancelable, before an acceptance is sent.
 * @event {OfferDismissEvent} offer-dismiss - Cancelable, before the offer is dismissed.
 * @event {OfferRedirectEvent} offer-redirect - Cancelable, before the browser goes to the app's upgrade page.
 * @event {OfferCheckoutEvent} offer-checkout - Cancelable, before Chargebee's checkout is opened.
 * @event {OfferReadyEvent} offer-ready - There is an offer, and it is on the page.
 * @event {OfferNoneEvent} offer-none - There is no offer.
 * @event {OfferUnlockedEvent} offer-unlocked - The feature may be used, and its slot is on the page.
 * @event {OfferViewedEvent} offer-viewed - The customer has seen the offer.
 * @event {OfferDismissedEvent} offer-dismissed - The customer has dismissed the offer.
 * @event {OfferSnoozedEvent} offer-snoozed - The offer is hidden until the tab is closed, or for a time. Chargebee is not told.
 * @event {OfferAcceptedEvent} offer-accepted - The proxy has taken the acceptance.
 * @event {OfferFulfilledEvent} offer-fulfilled - The customer has what was offered.
 * @event {OfferFailedEvent} offer-failed - The customer accepted and will not get what was offered.
 * @event {OfferErrorEvent} offer-error - Something went wrong that the customer is not shown.
 *
 * @cssState idle - Nothing was asked yet.
 * @cssState asking - The proxy has been asked.
 * @cssState empty - There is no offer.
 * @cssState unanswered - The proxy could not be reached.
 * @cssState unlocked - The customer may use the feature.
 * @cssState held - There is an offer, and it waits for its moment.
 * @cssState offered - An offer is shown.
 * @cssState confirming - The customer is asked once more, before an option charges.
 * @cssState accepting - The customer has chosen an option, and the proxy has not answered.
 * @cssState interrupted - The acceptance did not get through. The customer can try again.
 * @cssState gone - The offer had ended before it was accepted.
 * @cssState pending - The offer was accepted and is not fulfilled yet.
 * @cssState overdue - It still is not, after two minutes.
 * @cssState redirect - The app's upgrade page comes next.
 * @cssState checkout - Chargebee's checkout comes next.
 * @cssState elsewhere - It goes on elsewhere, such as in an email.
 * @cssState completed - The customer has what was offered.
 * @cssState already_accepted - The offer was accepted before.
 * @cssState failed - The offer was accepted and will not be fulfilled.
 * @cssState closed - The customer has closed the offer or its notice.
 *
 * @csspart surface - The card, the bar or the dialog.
 * @csspart inline - The surface as a card.
 * @csspart banner - The surface as a bar.
 * @csspart corner - The surface in the corner of the window.
 * @csspart modal - The surface as a dialog. What dims the page behind it is `::part(modal)::backdrop`.
 * @csspart frame - What is inside the dialog.
 * @csspart content - The icon, the words and the buttons.
 * @csspart icon - The field of the icon before the title.
 * @csspart media - The content of the media slot.
 * @csspart eyebrow - The content of the eyebrow slot.
 * @csspart meter - The content of the meter slot.
 * @csspart price - The content of the price slot.
 * @csspart proof - The content of the proof slot.
 * @csspart meter-track - The bar of the meter.
 * @csspart meter-fill - What of it is used up: `fill` is its colour.
 * @csspart meter-words - The numbers below it.
 * @csspart words - The title and the words below it.
 * @csspart title - The title.
 * @csspart description - The description.
 * @csspart details - The text button that opens what a banner has cut short of it.
 * @csspart ending - The day on which the offer ends, where that is within three days.
 * @csspart link - A link in the title or the description.
 * @csspart status - The words about an acceptance, below their title.
 * @csspart subject - The offer's own title, below the words about its acceptance.
 * @csspart receipt - The line that says for 4 seconds that the feature was unlocked.
 * @csspart actions - The row of buttons.
 * @csspart charge - The line under them, where an option charges at once.
 * @csspart option - Each button or link that accepts the offer or leads on.
 * @csspart option-primary - The first of them.
 * @csspart option-secondary - Each one after it.
 * @csspart spinner - On the button that was pressed, before the words that say so.
 * @csspart choices - The rows of options.
 * @csspart choice - Each row.
 * @csspart choice-name - Its name.
 * @csspart choice-note - What the page says of it.
 * @csspart choice-price - Its price.
 * @csspart badge - Its badge.
 * @csspart dismiss - The quiet button, in a banner a cross: dismisses the offer, or closes the notice of its acceptance.
 * @csspart close - The cross of the dialog.
 * @csspart footer - The content of the footer slot.
 */
export class UpgradeOffer extends ReactiveElement implements OfferHost {
  static override properties = {
    layout: {},
    proxy: {},
    token: {},
    getToken: { attribute: false },
    feature: {},
    used: {},
    // It may be the same object, with other values.
    context: { hasChanged: () => true },
    manual: { type: Boolean },
    deadline: { type: Boolean },
    confirm: { type: Boolean },
    ifBusy: { attribute: 'if-busy' },
    backdrop: {},
    sticky: { type: Boolean, reflect: true },
    doneHref: { attribute: 'done-href' },
    paymentHref: { attribute: 'payment-href' },
    supportHref: { attribute: 'support-href' },
    strings: { attribute: false },
    optionNotes: { attribute: false },
    mediaLayout: { attribute: 'media-layout', reflect: true },
    meter: {},
    icon: {},
    mock: {},
  };

  /**
   * An attribute is a text, and a script may have set anything: what makes no sense ends here. What is not set is what the
   * page says for all its elements.
   */
  static {
    this.finalize();
    for (const name of Object.keys(this.properties)) {
      const descriptor = Object.getOwnPropertyDescriptor(this.prototype, name);
      Object.defineProperty(this.prototype, name, {
        ...descriptor,
        set(this: UpgradeOffer, value: unknown) {
          this.#own[name] = name in READERS ? READERS[name]?.(value) : value;
          const said = name in PAGE_WIDE ? this.#defaults[name] : undefined;
          descriptor?.set?.call(this, this.#own[name] ?? said ?? PAGE_WIDE[name]);
        },
      });
    }
  }

  /** Says for all elements of the page what they do not say themselves: `configure()` for a page without imports. */
  static configure = configure;

  /** `inline`, `banner`, `modal` or `corner`. A modal opens by itself when its offer is there. A corner never takes the focus. */
  declare layout: Layout;
  /** The proxy's base URL; by default the folder that this script came from. */
  declare proxy: string;
  /** A JWT of the app's backend that says who the customer is. */
  declare token: string | undefined;
  /**
   * Brings a fresh token: called when there is none, and once more when the proxy refuses the one there is. It
   * brings `undefined` where nobody is signed in: then nothing is asked. Set another function when another customer signs in,
   * and only then: without a `token`, it is called at once to learn who it is.
   */
  declare getToken: GetToken | undefined;
  /** The id of the gated feature: access to it decides between its slot and the offer. */
  declare feature: string | undefined;
  /** How much of the feature is used up, in the feature's own unit. */
  declare used: number | undefined;
  /**
   * Custom fields for Chargebee's audiences. Setting it asks again once it rests, if a value has changed. After a change in the
   * object itself, call `refresh()`.
   */
  declare context: Context | undefined;
  /** Ask only when `show()` is called. */
  declare manual: boolean;
  /**
   * The offer's end is one for the customer: within three days of it, a calm line names the day. Without this nothing is said of
   * it, because an offer that has ended may be followed by the same one.
   */
  declare deadline: boolean;
  /**
   * The press of an option that charges at once asks once more, in place, before it charges. `accept()` does not ask: a page that calls
   * it has asked.
   */
  declare confirm: boolean;
  /**
   * What a modal does while the customer types, is in full screen or has another dialog open: `wait` until that is over,
   * or be a `banner`.
   */
  declare ifBusy: IfBusy;
  /**
   * What Escape and a click beside a modal do: `snooze` hides the offer until the tab is closed and tells nobody, `dismiss`
   * dismisses it, `none` leaves it open.
   */
  declare backdrop: Backdrop;
  /** Where a customer finds what they have got: the first action once an upgrade is completed. */
  declare doneHref: string | undefined;
  /** Where a customer changes how they pay: the first action when a subscription could not be changed. */
  declare paymentHref: string | undefined;
  /**
   * Where a customer finds help, also as `mailto:`: the first action where only that helps. Without it, no words of the
   * widget promise it.
   */
  declare supportHref: string | undefined;
  /** A banner stays at the top of the window, unless it would take more than a quarter of it. */
  declare sticky: boolean;
  /** The page's words in place of the widget's own. */
  declare strings: Partial<Strings> | undefined;
  /**
   * What the page says beside each option, by its id, and shows as it is: `name`, `note`, `price` and `badge`, all optional. From two
   * options on, a card and a dialog then show rows to choose from and one button, which bears the label of the chosen option.
   */
  declare optionNotes: OptionNotes | undefined;
  /**
   * How the media slot stands to the words: `top`, `side` (in a card, beside them from 52rem on) or `bleed` (above them, to the edges). It then
   * fills a field of `--upgrade-offer-media-aspect-ratio`.
   */
  declare mediaLayout: MediaLayout | undefined;
  /**
   * Draws a meter of `used`. Its value is the limit and the unit: `100 GB`. Without a number, the limit is the level of the
   * customer's entitlement to `feature`.
   */
  declare meter: string | undefined;
  /** The icon before the title: `arrow-up`, `lock`, `gauge`, `users`, `sparkle` or `gift`. */
  declare icon: IconName | undefined;
  /**
   * The name of a fixture that answers in the proxy's place, for designers, pages of documentation and tests: `two-options`,
   * `pending`, `locked` and so on; an unknown one makes the console list them all. `one-option then redirect` waits for a
   * click on the first before it goes on as the second. As a property it also takes a fixture of the page's own. A mock
   * calls nobody and leads nowhere.
   */
  declare mock: string | MockScenario | undefined;

  readonly #internals = this.attachInternals();
  readonly #flow: OfferFlow;
  readonly #presenter: OfferPresenter;
  /** What was set on this element, by the names of its properties. */
  readonly #own: Record<string, unknown> = {};
  readonly #defaults = pageDefaults();
  /** The `lang` that the page says for all elements, where it is this one's. */
  #pageLanguage = '';

  constructor() {
    super();
    this.layout = 'inline';
    this.manual = this.deadline = this.confirm = this.sticky = false;
    this.#flow = new OfferController(this, {
      prepare: () => this.#presenter.prepare(),
      prepareOutcome: () => this.#presenter.prepareOutcome(),
      isDrawn: () => isDrawn(this),
      configured: () => this.#takeDefaults(),
    }).flow;
    this.#presenter = new OfferPresenter(this, this.#flow);
  }

  override connectedCallback(): void {
    this.#takeDefaults();
    super.connectedCallback();
    // Back on the page, where it asks again, with nothing changed that would say so.
    this.requestUpdate('proxy');
    if (!this.hasUpdated && location.search.includes(DEBUG_PARAMETER)) {
      void import('./developer/debug-panel.js').then(({ debug }) => debug(this));
    }
  }

  /** A root that the page's HTML has declared may hold what a server once drew. */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    this.shadowRoot?.replaceChildren();
    return super.createRenderRoot();
  }

  /** The page may say something else by now. */
  #takeDefaults(): void {
    for (const name of Object.keys(PAGE_WIDE)) Reflect.set(this, name, this.#own[name]);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // As an attribute, which assistive technology reads as well. An empty one would hide the language of the page.
    const { lang = '' } = this.#defaults;
    if (this.#pageLanguage !== lang && this.lang === this.#pageLanguage) {
      this.lang = this.#pageLanguage = lang;
      if (!lang) this.removeAttribute('lang');
    }
    if (changed.size > 0 && this.isConnected) this.#flow.update();
  }

  /** What `LitElement` would do, and 150 bytes less on each page. */
  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    this.#nameState();
    render(this.#drawing(), this.renderRoot);
  }

  /** For the page's CSS. */
  #nameState(): void {
    try {
      const { states } = this.#internals;
      states.clear();
      states.add(this.#flow.state.status);
    } catch {
      // Firefox before 126 has no states, and Chrome before 125 none with such names.
    }
  }

  #drawing() {
    const { state, layout } = this.#flow;
    switch (state.status) {
      case 'idle':
      case 'asking':
      case 'unanswered':
        return this.#presenter.renderSlot();
      case 'unlocked':
        return this.#presenter.renderUnlocked(state.hasReceipt);
      case 'empty':
        return this.#presenter.renderSlot(state.access === 'denied' && 'locked');
      case 'held':
        return this.#presenter.renderSlot(this.feature && 'locked');
      case 'closed':
        return this.#presenter.renderSlot(this.feature && !state.isFulfilled && 'locked');
      case 'offered':
      case 'accepting':
      case 'interrupted':
        return this.#presenter.renderOffer(state, layout);
      default:
        return this.#presenter.renderOutcome(state, layout);
    }
  }

  /**
   * Asks the proxy and shows the offer, even one that was closed: scrolls to it, and gives it the focus. For a customer who
   * asks for it. Resolves when the answer is there; never rejects.
   */
  async show(): Promise<void> {
    await this.updateComplete;
    await this.#flow.show();
    this.#presenter.bringForward();
  }

  /** Asks the proxy again. An offer that was closed stays closed. Resolves when the answer is there; never rejects. */
  async refresh(): Promise<void> {
    await this.updateComplete;
    await this.#flow.refresh();
  }

  /**
   * Accepts the offer that is shown: without an id, the option that the customer has chosen, or the first one. Resolves when its outcome is known; never rejects.
   */
  async accept(optionId?: string): Promise<void> {
    await this.updateComplete;
    await this.#flow.accept(optionId);
  }

  /** Dismisses the offer, which Chargebee is told. After an acceptance, closes its notice. */
  dismiss(): void {
    this.#flow.dismiss();
  }

  /**
   * Hides the offer and tells nobody, on all pages of this tab. `show()` brings it back.
   * @param durationMs after which it comes back by itself. Without it, not before the tab is closed.
   */
  snooze(durationMs?: number): void {
    this.#flow.snooze(durationMs);
  }

  /** Says in words why there is an offer or none. For the developer of the page, never for customers. */
  async explain(): Promise<string> {
    const { explain } = await import('./developer/explain.js');
    return explain(this.#flow.state, this);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'upgrade-offer': UpgradeOffer;
  }
}
