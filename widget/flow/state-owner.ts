/**
 * Owns the state of the offer: `dispatch` is the one way to change it. Also tells the page what has happened.
 * Nothing that goes wrong here throws into the page.
 */
import { answerEvent, OfferErrorEvent } from './events.js';
import { transition, type Answer, type OfferAction, type OfferState } from './offer-state.js';
import type { IfBusy, Layout } from './offer/layout.js';
import { createCall, type Call } from './question/proxy-call.js';
import type { Asker } from './question/question.js';
import { wait as pause, type Wait } from './wait.js';

/** What the flow reads from whoever renders the offer, and where it fires events. Read again each time: it may change. */
export interface OfferHost extends Asker {
  readonly layout: Layout;
  readonly ifBusy: IfBusy;
  /** Only `show()` asks. */
  readonly manual: boolean;
  dispatchEvent(event: Event): boolean;
}

export interface StateOwnerOptions {
  readonly call?: Call;
  readonly wait?: Wait;
  /** Loads what it takes to draw an offer. Awaited before one is shown. */
  readonly prepare?: () => Promise<void>;
  /** Resolves once the state is on the page. Events are fired after it, so that a listener finds the page as they say. */
  readonly rendered?: () => Promise<unknown>;
}

export class StateOwner {
  state: OfferState = { status: 'idle' };
  readonly host: OfferHost;
  readonly call: Call;
  readonly wait: Wait;
  readonly prepare: () => Promise<void>;
  readonly rendered: () => Promise<unknown>;
  readonly #onChange: () => void;
  readonly #warned = new Set<string>();
  #visit = new AbortController();

  constructor(host: OfferHost, onChange: () => void, options: StateOwnerOptions = {}) {
    this.host = host;
    this.call = options.call ?? createCall(host);
    this.wait = options.wait ?? pause;
    this.prepare = options.prepare ?? (async () => {});
    this.rendered = options.rendered ?? (async () => {});
    this.#onChange = onChange;
  }

  /** Aborted when the element leaves the page, or asks about something else. */
  get visit(): AbortSignal {
    return this.#visit.signal;
  }

  /** Ends everything under way, and the state with it. */
  forget(): void {
    this.#visit.abort();
    this.#visit = new AbortController();
    this.dispatch({ type: 'forgotten' });
  }

  /** @returns whether the state has changed. */
  dispatch(action: OfferAction): boolean {
    const state = transition(this.state, action);
    if (state === this.state) return false;
    this.state = state;
    this.#onChange();
    return true;
  }

  /** Takes an answer to the question, and tells the page when there is no offer or the feature is unlocked. */
  answer(answer: Answer): void {
    if (!this.dispatch({ type: 'answered', answer })) return;
    const event = answerEvent(this.state, this.host.feature);
    if (event) this.emit(event);
  }

  /** Fires an event once the state is on the page. */
  emit(event: Event): void {
    void this.rendered().then(() => this.host.dispatchEvent(event));
  }

  /**
   * Does what may fail, and tells the page when it does.
   * @param signal a failure after it was aborted concerns nobody any more.
   */
  async attempt(work: () => Promise<void>, signal?: AbortSignal, onFailure?: (error: Error) => void): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      if (signal?.aborted) return;
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      onFailure?.(error);
      this.#warn(error);
    }
  }

  /** Once in the console for each text: an element that asks often must not fill it. */
  #warn(error: Error): void {
    this.emit(new OfferErrorEvent(error));
    if (this.#warned.has(error.message)) return;
    this.#warned.add(error.message);
    console.warn(`<upgrade-offer> ${error.message}`);
  }
}
