/**
 * The element: attributes in, one drawing for each state, methods for the page. What happens is the controller's.
 * Importing this file defines nothing; `index.ts` does.
 */
import { adoptStyles, css, html, LitElement, nothing, type CSSResult, type PropertyValues } from 'lit';
import type { Context } from '../proxy/contract.js';
import { readContext, readIfBusy, readLayout, readUsed, type IfBusy, type Layout } from './attributes.js';
import type { MockScenario } from './mock-proxy.js';
import { OfferController } from './offer-controller.js';
import { isShown } from './offer-state.js';
import type { OfferHost } from './stage.js';
import type { Strings } from './strings.js';
import type { OfferHandlers } from './views/offer-content.js';

/** Apart from `new URL`, or a bundler would take the two for a file to copy. */
const SCRIPT_URL = import.meta.url;

const NO_STYLES: readonly CSSResult[] = [];

/**
 * The one offer that Chargebee Growth has for this customer at this moment, or the feature that it would unlock.
 * Takes no room while it asks and while there is nothing to show. Tokens for its look are in `styles/tokens.ts`.
 *
 * "Maybe later", the cross, Escape and a click beside the dialog all turn the offer down: Chargebee's tutorials count
 * closing as dismissing, and it starts the offer's cooldown. `snooze()` is for a page that wants to ask again sooner.
 *
 * @summary An upgrade offer, from the first look to the end of its fulfillment.
 *
 * @slot unlocked - The gated feature: shown while the customer may use it.
 * @slot locked - Shown in its place when the customer may not use it and there is no offer.
 * @slot icon - In place of the sign before the title.
 * @slot media - A picture or a video above the offer; not shown in a banner.
 * @slot footer - Small print below the offer.
 *
 * @event {OfferAcceptEvent} offer-accept - Cancelable, before an acceptance is sent.
 * @event {OfferDismissEvent} offer-dismiss - Cancelable, before the offer is turned down.
 * @event {OfferRedirectEvent} offer-redirect - Cancelable, before the browser goes to the app's upgrade page.
 * @event {OfferCheckoutEvent} offer-checkout - Cancelable, before the browser goes to Chargebee's checkout.
 * @event {OfferReadyEvent} offer-ready - There is an offer, and it is on the page.
 * @event {OfferNoneEvent} offer-none - There is no offer.
 * @event {OfferUnlockedEvent} offer-unlocked - The feature may be used, and its slot is on the page.
 * @event {OfferViewedEvent} offer-viewed - The customer has seen the offer.
 * @event {OfferDismissedEvent} offer-dismissed - The customer has turned the offer down.
 * @event {OfferAcceptedEvent} offer-accepted - The proxy has taken the acceptance.
 * @event {OfferFulfilledEvent} offer-fulfilled - The customer has what was offered.
 * @event {OfferFailedEvent} offer-failed - The customer accepted and will not get what was offered.
 * @event {OfferErrorEvent} offer-error - Something went wrong that the customer is not shown.
 *
 * @csspart surface - The card, the bar or the dialog; also `inline`, `banner` or `modal`.
 * @csspart icon - The field of the sign before the title.
 * @csspart media - What stands in the media slot.
 * @csspart title - The title.
 * @csspart description - The description.
 * @csspart link - A link in the title or the description.
 * @csspart status - Where an acceptance stands, in words.
 * @csspart actions - The row of buttons.
 * @csspart option - Each button, or link, that carries the offer on; the first is also `option-primary`.
 * @csspart dismiss - The quiet button: turns the offer down, later puts the news away.
 * @csspart close - The cross of the dialog.
 * @csspart footer - What stands in the footer slot.
 */
export class UpgradeOffer extends LitElement implements OfferHost {
  static override styles = css`
    :host {
      display: contents;
    }

    :host([hidden]) {
      display: none;
    }
  `;

  static override properties = {
    layout: { converter: readLayout },
    proxy: {},
    token: {},
    getToken: { attribute: false },
    feature: {},
    used: { converter: readUsed },
    context: { converter: readContext },
    manual: { type: Boolean },
    ifBusy: { attribute: 'if-busy', converter: readIfBusy },
    strings: { attribute: false },
    mock: {},
  };

  /** `inline`, `banner` or `modal`. A modal opens by itself when its offer is there. */
  declare layout: Layout;
  /** The proxy's base URL; by default the folder that this script came from. */
  declare proxy: string;
  /** A JWT of the app's backend that says who the customer is. */
  declare token: string | undefined;
  /** Brings a fresh token: called when there is none, and once more when the proxy refuses the one there is. */
  declare getToken: (() => Promise<string>) | undefined;
  /** The id of the gated feature: access to it decides between its slot and the offer. */
  declare feature: string | undefined;
  /** How much of the feature is used up, in the feature's own unit. */
  declare used: number | undefined;
  /** Custom fields for Chargebee's audiences. A change asks again once it rests. */
  declare context: Context | undefined;
  /** Ask only when `show()` is called. */
  declare manual: boolean;
  /**
   * What a modal does while the customer types, is in full screen or has another dialog open: `wait` until that is over,
   * or be a `banner`.
   */
  declare ifBusy: IfBusy;
  /** The page's words in place of the widget's own. */
  declare strings: Partial<Strings> | undefined;
  /**
   * The name of a fixture that answers in the proxy's place, for designers, pages of documentation and tests: `two-options`,
   * `pending`, `locked` and so on; an unknown one makes the console list them all. `one-option then redirect` waits for a
   * click on the first before it goes on as the second. As a property it also takes a fixture of the page's own. A mock
   * calls nobody and leads nowhere.
   */
  declare mock: string | MockScenario | undefined;

  readonly #controller: OfferController;
  readonly #handlers: OfferHandlers = {
    accept: (optionId) => void this.accept(optionId),
    dismiss: () => this.dismiss(),
    retry: () => void this.#controller.retry(),
    leave: (event) => {
      if (!this.#controller.mayLeave()) event.preventDefault();
    },
  };
  #worn = NO_STYLES;
  #focused: Element | null | undefined;

  constructor() {
    super();
    this.layout = 'inline';
    this.proxy = '';
    this.manual = false;
    this.ifBusy = 'wait';
    this.#controller = new OfferController(this);
  }

  /** Properties are as free as attributes: what a page has set wrongly ends here. */
  protected override willUpdate(): void {
    this.proxy ||= new URL('.', SCRIPT_URL).href;
    this.layout = readLayout(this.layout);
    this.ifBusy = readIfBusy(this.ifBusy);
    this.used = readUsed(this.used);
    this.context = readContext(this.context);
  }

  protected override update(changed: PropertyValues<this>): void {
    this.#focused = this.shadowRoot?.activeElement;
    this.#dress();
    super.update(changed);
  }

  protected override render() {
    const { state, view, acceptance } = this.#controller;
    switch (state.status) {
      case 'idle':
      case 'asking':
      case 'unanswered':
        return nothing;
      case 'unlocked':
        return html`<slot name="unlocked"></slot>`;
      case 'empty':
        return state.access === 'denied' ? html`<slot name="locked"></slot>` : nothing;
      case 'held':
        return this.feature ? html`<slot name="locked"></slot>` : nothing;
      case 'closed':
        return this.feature && !state.isFulfilled ? html`<slot name="locked"></slot>` : nothing;
      default:
        return view?.render(state, this, this.#handlers, acceptance) ?? nothing;
    }
  }

  protected override updated(): void {
    if (!this.isConnected) return;
    const surface = this.shadowRoot?.querySelector('[part~="surface"]');
    if (surface instanceof HTMLDialogElement) openModal(surface);
    // A pressed button may be gone; who came by keyboard must not be thrown back to the top of the page.
    if (this.#focused?.isConnected === false) surface?.querySelector<HTMLElement>('[part~="actions"] > *')?.focus();
    this.#controller.drawn(surface);
    if (location.search.includes('upgrade-offer-debug'))
      void import('./debug-panel.js').then(({ debug }) => debug(this));
  }

  /** Asks the proxy and shows the offer, also one that was put away. Resolves when the answer is there; never rejects. */
  async show(): Promise<void> {
    await this.#controller.show();
  }

  /** Asks the proxy again. An offer that was put away stays away. Resolves when the answer is there; never rejects. */
  async refresh(): Promise<void> {
    await this.#controller.ask();
  }

  /** Accepts the offer that is shown. Resolves when its outcome is known; never rejects. */
  async accept(optionId?: string): Promise<void> {
    await this.#controller.accept(optionId);
  }

  /** Turns the offer down, which Chargebee is told. After an acceptance, puts the news of it away. */
  dismiss(): void {
    this.#controller.dismiss();
    // A browser may have closed the dialog already, and the page may have prevented that.
    this.requestUpdate();
  }

  /**
   * Hides the offer and tells nobody, on all pages of this tab. `show()` brings it back.
   * @param durationMs after which it comes back by itself; without it, not before the tab is closed.
   */
  snooze(durationMs?: number): void {
    this.#controller.snooze(durationMs);
  }

  /** Says in words why there is an offer or none. For the developer of the page, never for customers. */
  async explain(): Promise<string> {
    const explanation = await import('./explain.js');
    return explanation.explain(this.#controller.state);
  }

  #dress(): void {
    const { state, view } = this.#controller;
    const styles = (isShown(state) && view?.styles()) || NO_STYLES;
    const root = this.shadowRoot;
    if (styles === this.#worn || !root) return;
    // Closed while it is still on the page, a dialog gives the focus back.
    root.querySelector('dialog')?.close();
    adoptStyles(root, [...UpgradeOffer.elementStyles, ...styles]);
    this.#worn = styles;
  }
}

/** Moved within the page, a dialog is still open and no longer modal. */
function openModal(dialog: HTMLDialogElement): void {
  if (dialog.matches(':modal')) return;
  dialog.removeAttribute('open');
  dialog.showModal();
}

declare global {
  interface HTMLElementTagNameMap {
    'upgrade-offer': UpgradeOffer;
  }
}
