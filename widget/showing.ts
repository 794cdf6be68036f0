/** What goes with showing an offer: who may, from when, until when, and what Chargebee hears of it. */
import type { Offer } from '../proxy/contract.js';
import type { Answer } from './answers.js';
import type { Layout } from './attributes.js';
import { Claim } from './claim.js';
import { transition, type Hold, type ShownState } from './offer-state.js';
import { readOffer } from './offer.js';
import { pageMemory } from './page-memory.js';
import { ownerOf } from './question.js';
import { Reports } from './reports.js';
import { OfferReadyEvent, OfferViewedEvent } from './showing-events.js';
import { showingTransition, type ShowingAction } from './showing-state.js';
import { Snooze } from './snooze.js';
import type { Stage } from './stage.js';
import { Viewing } from './viewing.js';

/** How often to look whether the page has become quiet. */
const LOOK_AFTER_MS = 500;

/** The longest time that a browser's timer can hold. */
const TIMER_MAX_MS = 2 ** 31 - 1;

export class Showing {
  readonly reports: Reports;
  readonly #stage: Stage;
  readonly #viewing: Viewing;
  readonly #claim: Claim;
  readonly #snooze: Snooze;
  #isToned = false;
  #waiting = new AbortController();
  #timed: Offer | undefined;
  #timer = new AbortController();

  constructor(stage: Stage) {
    this.#stage = stage;
    this.reports = new Reports(stage);
    this.#snooze = new Snooze(stage.host);
    this.#claim = new Claim(() => {
      const state = stage.state();
      if (state.status === 'offered') this.#withhold(state.offer, 'elsewhere');
    });
    this.#viewing = new Viewing(stage.wait, (offer) => {
      this.reports.send(offer, 'viewed');
      stage.emit(new OfferViewedEvent(offer));
    });
  }

  /** A modal at a bad moment is a banner, where the page wants it so. */
  get layout(): Layout {
    const { layout } = this.#stage.host;
    return this.#isToned && layout === 'modal' ? 'banner' : layout;
  }

  /**
   * Shows what the proxy has answered, now or when its moment has come.
   * @param isUrgent the customer has asked for it: no waiting, and no other place where it is shown.
   * @throws ProxyError `unreadable`
   */
  async consider(given: Answer, isUrgent: boolean, signal: AbortSignal): Promise<void> {
    const answer = { ...given, offer: readOffer(given.offer) };
    const state = this.#stage.state();
    const next = transition(state, { type: 'answered', answer });
    if (next.status !== 'offered' || next === state) return this.#stage.answer(answer);
    const by = await this.#admit(next.offer, isUrgent);
    if (by || signal.aborted) this.end();
    signal.throwIfAborted();
    if (by) {
      this.dispatch({ type: 'held', answer, by });
      this.#askLater(next.offer, by);
    } else {
      this.#stage.answer(answer);
      this.#stage.emit(new OfferReadyEvent(next.offer));
    }
  }

  /** @returns whether the state has changed. */
  dispatch(action: ShowingAction): boolean {
    return this.#stage.become(showingTransition(this.#stage.state(), action));
  }

  /** What stands on the page after a drawing. */
  drawn(state: ShownState, surface: Element): void {
    const { offer } = state;
    if (state.status === 'offered') this.#viewing.watch(offer, surface);
    else this.#viewing.stop();
    if (this.#timed !== offer) this.#time(offer);
  }

  /** What the customer has acted on has been seen. */
  see(offer: Offer): void {
    this.#viewing.see(offer);
  }

  /** Hides the offer for so long, and tells nobody. */
  snooze(offer: Offer, durationMs: number): void {
    this.#snooze.start(offer, durationMs);
    this.#withhold(offer, 'snoozed');
  }

  /** The offer is no longer on the page. Nobody else may show it before the proxy knows why. */
  end(): void {
    const memory = pageMemory();
    if (memory.modal === this) memory.modal = undefined;
    this.#isToned = false;
    this.#viewing.stop();
    this.#waiting.abort();
    this.#timer.abort();
    this.#timed = undefined;
    void this.reports.sent.then(() => this.#claim.release());
  }

  /** A page that holds a lock could not be kept for Back. */
  leave(): void {
    this.#claim.release();
  }

  async #admit(offer: Offer, isUrgent: boolean): Promise<Hold | undefined> {
    const { host } = this.#stage;
    if (isUrgent) this.#snooze.end();
    else if (this.#snooze.remainingMs(offer) > 0) return 'snoozed';
    if (host.layout === 'modal') {
      const { modal } = await import('./views/modal.js');
      const hold = isUrgent ? undefined : modal.obstacle(this);
      this.#isToned = hold !== undefined && host.ifBusy === 'banner';
      if (hold && !this.#isToned) return hold;
      if (!this.#isToned) pageMemory().modal = this;
    }
    const isFree = await this.#claim.take(this.#name(offer), isUrgent ? { steal: true } : { ifAvailable: true });
    return isFree ? undefined : 'elsewhere';
  }

  /** Takes the offer from the page until `by` is over. */
  #withhold(offer: Offer, by: Hold): void {
    if (this.dispatch({ type: 'withheld', by })) this.#askLater(offer, by);
  }

  /** What was true before the waiting need not be true after it. */
  #askLater(offer: Offer, by: Hold): void {
    const { attempt, ask } = this.#stage;
    this.#waiting = new AbortController();
    const { signal } = this.#waiting;
    const later = async () => {
      if (by === 'elsewhere') await this.#claim.take(this.#name(offer), { signal });
      else await this.#betterMoment(offer, by, signal);
      signal.throwIfAborted();
      ask();
    };
    void attempt(later, signal);
  }

  async #betterMoment(offer: Offer, by: Hold, signal: AbortSignal): Promise<void> {
    const { wait } = this.#stage;
    if (by === 'snoozed') return wait(Math.min(this.#snooze.remainingMs(offer), TIMER_MAX_MS), signal);
    const { modal } = await import('./views/modal.js');
    do await wait(LOOK_AFTER_MS, signal);
    while (modal.obstacle(this));
  }

  /** An offer that has ended by this clock when it comes is not timed: the clock is wrong, and the proxy's is right. */
  #time(offer: Offer): void {
    this.#timer.abort();
    this.#timer = new AbortController();
    this.#timed = offer;
    const { signal } = this.#timer;
    const remainingMs = offer.expiresAt - Date.now();
    if (!(remainingMs > 0 && remainingMs <= TIMER_MAX_MS)) return;
    this.#stage.wait(remainingMs, signal).then(
      () => this.dispatch({ type: 'expired' }) && this.#stage.ask(),
      () => {},
    );
  }

  /** Another page of the app is another question, answered by an offer with another id and the same words. */
  #name({ title }: Offer): string {
    return `${ownerOf(this.#stage.host)} ${title}`;
  }
}
