/**
 * Owns the state of the offer and runs what the page does not see: questions, reports, the start of an acceptance.
 * It draws nothing, and nothing it does throws into the page.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Offer, OfferAnswer, OfferEventType } from '../proxy/contract.js';
import type { Stage } from './acceptance.js';
import { answerEvent, leaveEvent } from './announcement.js';
import {
  OfferAcceptEvent,
  OfferDismissedEvent,
  OfferDismissEvent,
  OfferErrorEvent,
  OfferViewedEvent,
} from './events.js';
import { askForOffer, createCall, reportEvent, type Call } from './offer-api.js';
import { isOpen, transition, type OfferAction, type OfferState } from './offer-state.js';
import { isGone } from './proxy-error.js';
import { questionOf, requestOf, type Asker, type Question } from './question.js';
import type { OfferView } from './views/offer-view.js';
import { wait as pause, type Wait } from './wait.js';

/** What the controller reads from the element, and where it fires events. */
export interface OfferHost extends ReactiveControllerHost, HTMLElement, Asker {
  readonly lang: string;
  /** Only `show()` asks. */
  readonly manual: boolean;
}

/** A slider changes the context dozens of times a second; one question after it rests is enough. */
const CONTEXT_RESTS_FOR_MS = 300;

const NEVER = new AbortController().signal;

export class OfferController implements ReactiveController {
  state: OfferState = { status: 'idle' };
  /** How an offer is drawn; loaded with the first one. */
  view: OfferView | undefined;

  readonly #host: OfferHost;
  readonly #call: Call;
  readonly #wait: Wait;
  readonly #told = new Set<string>();
  /** Lasts while the element is on the page and asks about the same thing for the same customer. */
  #visit = new AbortController();
  /** Lasts until the next question. */
  #question = new AbortController();
  #asked: Question | undefined;

  constructor(host: OfferHost, { call = createCall(host), wait = pause } = {}) {
    this.#host = host;
    this.#call = call;
    this.#wait = wait;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('pageshow', this.#handlePageShow);
    this.#host.requestUpdate();
  }

  /** A move within the page disconnects and connects at once; only an element that stays away stops. */
  hostDisconnected(): void {
    window.removeEventListener('pageshow', this.#handlePageShow);
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#asked = undefined;
      this.#forget();
    });
  }

  /** Before each drawing, which then shows what this made of it. */
  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    const { topic, facts } = questionOf(this.#host);
    const isNew = topic !== this.#asked?.topic;
    if (!isNew && facts === this.#asked?.facts) return;

    this.#asked = { topic, facts };
    if (isNew) this.#forget();
    if (!this.#host.manual) void this.ask({ after: isNew ? 0 : CONTEXT_RESTS_FOR_MS });
  }

  /** Asks for access and the offer. What is on the page stays there until the answer has come. */
  async ask({ after = 0 } = {}): Promise<void> {
    if (!this.#host.isConnected) return;
    this.#question.abort();
    this.#question = new AbortController();
    const signal = AbortSignal.any([this.#visit.signal, this.#question.signal]);
    const ask = async () => {
      if (after > 0) await this.#wait(after, signal);
      this.#dispatch({ type: 'asked' });
      const answer = await askForOffer(this.#call, requestOf(this.#host), signal);
      if (answer.offer) await this.#load();
      signal.throwIfAborted();
      this.#answer(answer);
    };
    await this.#attempt(ask, signal, ({ message }) => this.#dispatch({ type: 'unanswered', problem: message }));
  }

  /** Asks, and shows the offer even if it has been put away before. */
  async show(): Promise<void> {
    if (this.state.status === 'closed') this.#dispatch({ type: 'forgotten' });
    await this.ask();
  }

  async accept(optionId?: string): Promise<void> {
    const { state } = this;
    if (!isOpen(state)) return;
    const { offer } = state;
    const option = offer.options.find(({ id }) => id === (optionId ?? offer.options[0]?.id));
    if (!option) return console.warn(`<upgrade-offer> has no option "${optionId}" to accept.`);
    if (!this.#host.dispatchEvent(new OfferAcceptEvent(offer, option))) return;

    this.#dispatch({ type: 'accepted', optionId: option.id });
    this.view?.viewing.see(offer);
    const { signal } = this.#visit;
    const accept = async () => {
      const acceptance = await import('./acceptance.js');
      const outcome = await acceptance.accept(this.#stage(signal), offer, option.id);
      await this.#host.updateComplete;
      if ('url' in outcome && !outcome.acceptedBefore && this.mayLeave()) location.assign(outcome.url);
    };
    await this.#attempt(accept, signal, (error) => this.#dispatch({ type: isGone(error) ? 'gone' : 'interrupted' }));
  }

  /** Turns the offer down; what comes after an acceptance is only put away. */
  dismiss(): void {
    const { state } = this;
    if (state.status !== 'offered') return this.close();
    if (!this.#host.dispatchEvent(new OfferDismissEvent(state.offer))) return;
    this.view?.viewing.see(state.offer);
    this.close();
    this.#report(state.offer, 'dismissed');
    this.#emit(new OfferDismissedEvent(state.offer));
  }

  /** Puts away what is shown, and tells nobody. */
  close(): void {
    this.#dispatch({ type: 'closed' });
  }

  /** Whether the browser goes to the next page; the host page may prefer to open it in its own way. */
  mayLeave(): boolean {
    const event = leaveEvent(this.state);
    return event !== undefined && this.#host.dispatchEvent(event);
  }

  /** What stands on the page after a drawing. */
  drawn(surface: Element | null | undefined): void {
    if (this.state.status === 'offered' && surface) this.view?.viewing.watch(this.state.offer, surface);
    else this.view?.viewing.stop();
  }

  async #load(): Promise<void> {
    const offerView = await import('./views/offer-view.js');
    this.view ??= await offerView.loadOfferView(this.#wait, (offer) => {
      this.#report(offer, 'viewed');
      this.#emit(new OfferViewedEvent(offer));
    });
  }

  /** The browser kept the page and brings it back: the world has gone on meanwhile. */
  readonly #handlePageShow = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) void this.ask();
  };

  #stage(signal: AbortSignal): Stage {
    return {
      asker: this.#host,
      call: this.#call,
      wait: this.#wait,
      signal,
      dispatch: (action) => this.#dispatch(action),
      emit: (event) => this.#emit(event),
      answer: (answer) => this.#answer(answer),
      attempt: (work) => void this.#attempt(work, signal),
    };
  }

  #answer(answer: OfferAnswer): void {
    if (!this.#dispatch({ type: 'answered', answer })) return;
    const event = answerEvent(this.state, this.#host.feature);
    if (event) this.#emit(event);
  }

  #report(offer: Offer, type: OfferEventType): void {
    // Not the visit's signal: what was seen stays true when the element has gone.
    void this.#attempt(() => reportEvent(this.#call, offer.id, type), NEVER);
  }

  /** Ends all that is under way, and the state with it. */
  #forget(): void {
    this.#visit.abort();
    this.#visit = new AbortController();
    this.view?.viewing.stop();
    this.#dispatch({ type: 'forgotten' });
  }

  /** @returns whether the state has changed. */
  #dispatch(action: OfferAction): boolean {
    const before = this.state;
    this.state = transition(before, action);
    if (this.state !== before) this.#host.requestUpdate();
    return this.state !== before;
  }

  /** After the drawing, so that a listener finds the page as the event says. */
  #emit(event: Event): void {
    void this.#host.updateComplete.then(() => this.#host.dispatchEvent(event));
  }

  /** Does what may fail. A failure that came after `signal` was aborted is nobody's business any more. */
  async #attempt(work: () => Promise<void>, signal: AbortSignal, onFailure?: (error: Error) => void): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      if (signal.aborted) return;
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      onFailure?.(error);
      this.#tell(error);
    }
  }

  /** The console hears each thing once: an element that asks often must not fill it. */
  #tell(error: Error): void {
    this.#emit(new OfferErrorEvent(error));
    if (this.#told.has(error.message)) return;
    this.#told.add(error.message);
    console.warn(`<upgrade-offer> ${error.message}`);
  }
}
