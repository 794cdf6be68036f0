/**
 * Owns the state of the offer and runs what the page does not see: the questions.
 * It draws nothing, and nothing it does throws into the page.
 */
import type { ReactiveController } from 'lit';
import type { OfferAnswer } from '../proxy/contract.js';
import { answerEvent } from './announcement.js';
import { askTogether } from './ask-together.js';
import { OfferErrorEvent } from './events.js';
import { createCall, type Call } from './offer-api.js';
import { isShown, transition, type OfferAction, type OfferState } from './offer-state.js';
import { pageMemory } from './page-memory.js';
import { questionOf, topicOf, type Question } from './question.js';
import { recall } from './session.js';
import type { OfferHost, Stage } from './stage.js';
import type { OfferView } from './views/offer-view.js';
import { wait as pause, type Wait } from './wait.js';

/** What the window tells. */
const HEARD = ['pageshow', 'pagehide', 'visibilitychange', 'focus', 'keydown'];

/** A slider changes the context dozens of times a second; one question after it rests is enough. */
const CONTEXT_RESTS_FOR_MS = 300;

/** What another element has just been told will do for a new one, and not for who wants to know anew. */
const JUST_ASKED_MS = 2_000;
const SAME_MOMENT_MS = 50;

/** Who looks into another window for a moment has not bought anything there. */
const AWAY_FOR_MS = 3_000;

export class OfferController implements ReactiveController {
  state: OfferState = { status: 'idle' };
  /** How an offer is drawn; loaded with the first one. */
  view: OfferView | undefined;

  readonly #host: OfferHost;
  readonly #call: Call;
  readonly #wait: Wait;
  readonly #stage: Stage;
  readonly #told = new Set<string>();
  /** Lasts while the element is on the page and asks about the same thing for the same customer. */
  #visit = new AbortController();
  /** Lasts until the next question. */
  #question = new AbortController();
  #asked: Question | undefined;
  #askedAt = 0;

  constructor(host: OfferHost, { call = createCall(host), wait = pause } = {}) {
    this.#host = host;
    this.#call = call;
    this.#wait = wait;
    this.#stage = {
      host,
      call,
      wait,
      state: () => this.state,
      become: (state) => this.#become(state),
      visit: () => this.#visit.signal,
      emit: (event) => this.#emit(event),
      answer: (answer) => this.#answer(answer),
      attempt: (work, signal, onFailure) => this.#attempt(work, signal, onFailure),
      load: () => this.#load(),
      ask: () => void this.ask(),
      show: () => this.show(),
    };
    host.addController(this);
  }

  hostConnected(): void {
    for (const type of HEARD) addEventListener(type, this, true);
    this.#host.requestUpdate();
  }

  /** A move within the page disconnects and connects at once; only an element that stays away stops. */
  hostDisconnected(): void {
    for (const type of HEARD) removeEventListener(type, this, true);
    queueMicrotask(() => {
      if (this.#host.isConnected) return;
      this.#asked = undefined;
      this.#forget();
    });
  }

  handleEvent({ type, target, persisted }: Event & { persisted?: boolean }): void {
    if (type === 'keydown') pageMemory().typedAt = Date.now();
    else if (type === 'pagehide') this.view?.leave();
    // What is focused within the page is none of its returns.
    else if (this.state.status === 'idle' || document.hidden || (type === 'focus' && target !== window)) return;
    // The browser kept the page, or the customer was elsewhere: the world has gone on meanwhile.
    else if (type === 'pageshow' ? persisted : Date.now() - this.#askedAt > AWAY_FOR_MS) void this.ask();
  }

  /** Before each drawing, which then shows what this made of it. */
  hostUpdate(): void {
    if (!this.#host.isConnected) return;
    const { topic, facts } = questionOf(this.#host);
    const isNew = topic !== this.#asked?.topic;
    if (!isNew && facts === this.#asked?.facts) return;

    this.#asked = { topic, facts };
    if (isNew) this.#forget();
    if (!this.#host.manual) void this.ask(isNew ? { maxAgeMs: JUST_ASKED_MS } : { after: CONTEXT_RESTS_FOR_MS });
  }

  /**
   * Asks for access and the offer. What is on the page stays there until the answer has come.
   * @param options.isUrgent the customer wants to see the offer here and now.
   */
  async ask({ after = 0, isUrgent = false, maxAgeMs = SAME_MOMENT_MS } = {}): Promise<void> {
    if (!this.#host.isConnected) return;
    this.#question.abort();
    this.#question = new AbortController();
    this.#askedAt = Date.now();
    const signal = AbortSignal.any([this.#visit.signal, this.#question.signal]);
    const ask = async () => {
      if (after > 0) await this.#wait(after, signal);
      this.#dispatch({ type: 'asked' });
      if (!isShown(this.state) && (await this.#resume())) return;
      signal.throwIfAborted();
      const answer = await askTogether(this.#host, this.#call, maxAgeMs, signal);
      signal.throwIfAborted();
      if (answer.offer) await (await this.#load()).showing.consider(answer, isUrgent, signal);
      else this.#answer({ ...answer, offer: null });
    };
    await this.#attempt(ask, signal, ({ message }) => this.#dispatch({ type: 'unanswered', problem: message }));
  }

  /** Asks, and shows the offer even if it has been put away before. */
  async show(): Promise<void> {
    if (!isShown(this.state)) this.#dispatch({ type: 'forgotten' });
    await this.ask({ isUrgent: true });
  }

  /** The acceptance of an earlier page, if there was one. */
  async #resume(): Promise<boolean> {
    return recall(`accepted ${topicOf(this.#host)}`) !== null && (await this.#load()).resume();
  }

  async #load(): Promise<OfferView> {
    const { loadOfferView } = await import('./views/offer-view.js');
    this.view ??= await loadOfferView(this.#stage);
    await this.view.prepare();
    return this.view;
  }

  #answer(answer: OfferAnswer): void {
    if (!this.#become(transition(this.state, { type: 'answered', answer }))) return;
    const event = answerEvent(this.state, this.#host.feature);
    if (event) this.#emit(event);
  }

  /** Ends all that is under way, and the state with it. */
  #forget(): void {
    this.#visit.abort();
    this.#visit = new AbortController();
    this.#dispatch({ type: 'forgotten' });
  }

  #dispatch(action: OfferAction): void {
    this.#become(transition(this.state, action));
  }

  #become(state: OfferState): boolean {
    if (state === this.state) return false;
    this.state = state;
    if (!isShown(state)) this.view?.end();
    this.#host.requestUpdate();
    return true;
  }

  /** After the drawing, so that a listener finds the page as the event says. */
  #emit(event: Event): void {
    void this.#host.updateComplete.then(() => this.#host.dispatchEvent(event));
  }

  /** Does what may fail. A failure that came after `signal` was aborted is nobody's business any more. */
  async #attempt(work: () => Promise<void>, signal?: AbortSignal, onFailure?: (error: Error) => void): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      if (signal?.aborted) return;
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
