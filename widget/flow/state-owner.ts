/**
 * Owns the state of the offer: `dispatch` is the one way to change it. Also tells the page what has happened.
 * Nothing that goes wrong here throws into the page.
 */
import { OfferErrorEvent, OfferNoneEvent, OfferUnlockedEvent } from './events.js';
import { isShown, transition, type Answer, type AnyWhy, type OfferAction, type OfferState } from './offer-state.js';
import type { IfBusy, Layout } from './layout.js';
import { createCall, type Call } from './question/proxy-call.js';
import type { Asker } from './question/question.js';
import { knownToken } from './question/token.js';
import { wait, type Wait } from './wait.js';

/** What the flow reads from the renderer of the offer, and where it fires events. Read again each time: it may change. */
export interface OfferHost extends Asker {
  readonly layout: Layout;
  readonly ifBusy: IfBusy;
  /** The id of the option that the customer has chosen, where there are options to choose from. */
  readonly chosenOption?: string | undefined;
  /** An option that charges asks once more. */
  readonly confirm?: boolean | undefined;
  /** Only `show()` asks. */
  readonly manual: boolean;
  /** Resolves once the state is on the page. Events are fired after it, so that a listener finds the page as they say. */
  readonly updateComplete: Promise<unknown>;
  dispatchEvent(event: Event): boolean;
}

export interface StateOwnerOptions {
  /** Loads what it takes to draw an offer. Awaited before one is shown. */
  readonly prepare?: () => Promise<void>;
  /** Loads what it takes to draw where an acceptance stands. Awaited before one can be sent. */
  readonly prepareOutcome?: () => Promise<void>;
  /** Whether what is drawn where the host stands can be seen and used. A dialog waits for it. */
  readonly isDrawn?: () => boolean;
  /** Called when the page says something else for all hosts, before the host is read again. */
  readonly configured?: () => void;
  readonly wait?: Wait;
  /** From 0 to 1: by how much the pauses before another try are longer on this page than on others. */
  readonly jitter?: number;
}

/** The same for all elements of a page, so that those who ask together try together. */
const JITTER = Math.random();

export class StateOwner {
  state: OfferState = { status: 'idle' };
  readonly host: OfferHost;
  readonly call: Call;
  readonly wait: Wait;
  readonly jitter: number;
  readonly prepare: () => Promise<void>;
  readonly prepareOutcome: () => Promise<void>;
  readonly isDrawn: () => boolean;
  readonly #onChange: (isShown: boolean) => void;
  /** Of the last answer. */
  #isPreview = false;
  #visit = new AbortController();

  /** @param onChange called after each change of the state, with whether there is something to see. */
  constructor(host: OfferHost, onChange: (isShown: boolean) => void, options: StateOwnerOptions = {}) {
    this.host = host;
    this.call = createCall(host);
    this.wait = options.wait ?? wait;
    this.jitter = options.jitter ?? JITTER;
    this.prepare = options.prepare ?? (async () => {});
    this.prepareOutcome = options.prepareOutcome ?? (async () => {});
    this.isDrawn = options.isDrawn ?? (() => true);
    this.#onChange = onChange;
  }

  /** Aborted when the element leaves the page, or asks about something else. */
  get visit(): AbortSignal {
    return this.#visit.signal;
  }

  /** Ends everything under way. */
  endVisit(): void {
    this.#visit.abort();
    this.#visit = new AbortController();
  }

  /** @returns whether the state has changed. */
  dispatch(action: OfferAction): boolean {
    const state = transition(this.state, action);
    if (state === this.state) return false;
    this.state = state;
    if ('answer' in action) this.#isPreview = action.answer.preview === true;
    this.#onChange(isShown(state));
    return true;
  }

  /** Takes an answer to the question, and tells the page when there is no offer or the feature is unlocked. */
  answer(answer: Answer): void {
    if (!this.dispatch({ type: 'answered', answer })) return;
    const event = answerEvent(this.state, this.#isPreview, this.host.feature);
    if (event) this.emit(event);
  }

  /** Fires an event once the state is on the page. */
  emit(event: Event): void {
    void this.host.updateComplete.then(() => this.host.dispatchEvent(event));
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
      const error = asError(thrown);
      onFailure?.(error);
      this.report(error);
    }
  }

  /** Tells the page what went wrong. */
  report(thrown: unknown): void {
    const error = asError(thrown);
    this.emit(new OfferErrorEvent(error, this.#isPreview));
    this.say(error);
  }

  /** Tells the developer of the page, in the console. The words are fetched only here: few pages need them. */
  say(problem: Error | AnyWhy): void {
    const { host } = this;
    const token = knownToken(host);
    import('../developer/problem.js')
      .then(({ sayProblem }) => sayProblem(problem, host, token))
      .catch(() => console.warn(`<upgrade-offer> ${problem}`));
  }
}

export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** What an answer without an offer means to the page. */
function answerEvent(state: OfferState, isPreview: boolean, feature = ''): Event | undefined {
  if (state.status === 'empty') return new OfferNoneEvent(isPreview, state.access, state.why);
  if (state.status === 'unlocked') return new OfferUnlockedEvent(feature, isPreview);
  return undefined;
}
