/** An offer that the page draws itself: the flow's state to draw, and what the customer can do. */
import type { Context } from '../../proxy/contract.js';
import { readContext, readLayout, readUsed } from '../attributes.js';
import type { OfferEventMap } from '../flow/event-map.js';
import type { Layout } from '../flow/layout.js';
import { OfferFlow } from '../flow/offer-flow.js';
import { hasPlatform } from '../flow/platform.js';
import type { MockScenario } from '../flow/question/mock-scenario.js';
import type { GetToken } from '../flow/question/token.js';
import type { OfferHost } from '../flow/state-owner.js';
import { pageDefaults } from '../page-defaults.js';
import type { OfferOptions } from './offer-options.js';
import { tellPage } from './page-news.js';
import { prepareRichText } from './rich-text.js';
import type { OfferState } from './snapshot.js';

type Listening = boolean | AddEventListenerOptions;

/**
 * The element without its drawing. It fires the element's events on itself. Its methods are bound, so that they can be passed
 * on; none of them throws or rejects.
 */
export interface HeadlessOffer extends EventTarget {
  /** What there is to draw. The same object until it changes. */
  readonly state: OfferState;
  /**
   * @param listener called after each change of the state.
   * @returns ends it.
   */
  readonly subscribe: (listener: () => void) => () => void;
  /** Starts: asks the proxy, and keeps the state up to date until `stop()`. Called again, it changes nothing. */
  readonly ask: () => void;
  /** Takes changed options, and asks again where that makes another question. Those that are left out are as before. */
  readonly update: (changes: OfferOptions) => void;
  /**
   * The offer is drawn as this element. It counts as viewed once half of it was in sight for a second. To be called when the
   * element is on the page, and with `null` when it has left: it is a `ref` for React.
   */
  readonly seen: (surface: Element | null) => void;
  /**
   * Accepts the offer, by its first option if none is named. Resolves when its outcome is known. With `confirm`, an option that
   * charges leads to the state `confirming` first, where a second call sends it and `dismiss()` goes back.
   */
  readonly accept: (optionId?: string) => Promise<void>;
  /** Dismisses the offer, which Chargebee is told. After an acceptance, closes its notice. */
  readonly dismiss: () => void;
  /** Hides the offer for so many milliseconds, or until the tab is closed. Chargebee is not told. */
  readonly snooze: (durationMs?: number) => void;
  /** Asks the proxy again, as the customer who is signed in now. Resolves when the answer is there. */
  readonly refresh: () => Promise<void>;
  /** Asks, and shows the offer even if it was closed. Resolves when the answer is there. */
  readonly show: () => Promise<void>;
  /**
   * For a click on a link to the `url` of a `redirect` or `checkout`.
   * @returns false: prevent the click, because the page or Chargebee.js has opened it.
   */
  readonly mayLeave: () => boolean;
  /** Ends what is under way. `ask()` starts again; an acceptance is found again then. */
  readonly stop: () => void;

  addEventListener<Type extends keyof OfferEventMap>(
    type: Type,
    listener: ((event: OfferEventMap[Type]) => unknown) | null,
    options?: Listening,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: Listening): void;
}

export class OwnOffer extends EventTarget implements HeadlessOffer, OfferHost {
  feature: string | undefined;
  used: number | undefined;
  context: Context | undefined;
  manual = false;
  confirm = false;
  layout: Layout = 'inline';
  readonly ifBusy = 'wait';
  /** A page that draws at once, or in a microtask, has drawn before the events of a change are fired. */
  readonly updateComplete = Promise.resolve();

  readonly #flow: OfferFlow;
  readonly #listeners = new Set<() => void>();
  #options: OfferOptions = {};
  #surface: Element | null = null;
  #isWanted = false;

  constructor(options: OfferOptions) {
    super();
    this.#take(options);
    this.#flow = new OfferFlow(this, { prepare: prepareRichText });
    this.#flow.subscribe(() => this.#changed());
    tellPage(this);
  }

  get state(): OfferState {
    return this.#flow.state;
  }

  get proxy(): string {
    return this.#options.proxy || pageDefaults().proxy || '/upgrade-offer';
  }

  get token(): string | undefined {
    return this.#options.token ?? pageDefaults().token;
  }

  get getToken(): GetToken | undefined {
    return this.#options.getToken ?? pageDefaults().getToken;
  }

  get lang(): string {
    return this.#options.lang ?? pageDefaults().lang ?? '';
  }

  get mock(): string | MockScenario | undefined {
    return this.#options.mock ?? pageDefaults().mock;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    const heard = () => listener();
    this.#listeners.add(heard);
    return () => void this.#listeners.delete(heard);
  };

  readonly ask = (): void => {
    if (!hasPlatform()) {
      return console.warn('upgrade-offer does nothing here: it needs Chrome 120, Firefox 124 or Safari 17.4.');
    }
    this.#isWanted = true;
    this.#flow.start();
    this.#flow.update();
  };

  readonly update = (changes: OfferOptions): void => {
    this.#take(changes);
    this.#flow.update();
  };

  readonly seen = (surface: Element | null): void => {
    this.#surface = surface;
    if (surface) this.#flow.seen(surface);
  };

  readonly accept = (optionId?: string): Promise<void> => this.#flow.accept(optionId, true);

  readonly dismiss = (): void => this.#flow.dismiss();

  readonly snooze = (durationMs?: number): void => this.#flow.snooze(durationMs);

  readonly refresh = (): Promise<void> => this.#flow.refresh();

  readonly show = (): Promise<void> => this.#flow.show();

  readonly mayLeave = (): boolean => this.#flow.mayLeave();

  /** One that starts again at once has not stopped: React's strict mode and routers do that. */
  readonly stop = (): void => {
    this.#isWanted = false;
    queueMicrotask(() => {
      if (!this.#isWanted) this.#flow.stop();
    });
  };

  #take(changes: OfferOptions): void {
    this.#options = { ...this.#options, ...changes };
    const { feature, used, context, manual, confirm, layout } = this.#options;
    this.feature = feature;
    this.used = readUsed(used);
    this.context = readContext(context);
    this.manual = manual === true;
    this.confirm = confirm === true;
    this.layout = readLayout(layout);
  }

  #changed(): void {
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (error) {
        // It must not keep the flow from what comes after.
        reportError(error);
      }
    }
    // Another offer may be drawn in the same place.
    if (this.#surface?.isConnected) this.#flow.seen(this.#surface);
  }
}
