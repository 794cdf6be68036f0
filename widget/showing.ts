/** What goes with showing an offer: who may, from when, until when, and what Chargebee hears of it. */
import type { Offer, OfferAnswer, OfferEventType } from '../proxy/contract.js';
import type { Layout } from './attributes.js';
import { keepUnsent, takeUnsent, type UnsentEvent } from './backlog.js';
import { Claim } from './claim.js';
import { OfferDismissedEvent, OfferDismissEvent, OfferViewedEvent } from './events.js';
import { reportEvent } from './offer-api.js';
import { transition, type Hold, type ShownState } from './offer-state.js';
import { pageMemory } from './page-memory.js';
import { ProxyError } from './proxy-error.js';
import { ownerOf, topicOf } from './question.js';
import { recall, remember } from './session.js';
import type { Stage } from './stage.js';
import { Viewing } from './viewing.js';

/** The longest time that a browser's timer can hold. */
const TIMER_MAX_MS = 2 ** 31 - 1;

export class Showing {
  readonly #stage: Stage;
  readonly #viewing: Viewing;
  readonly #claim: Claim;
  #isToned = false;
  #waiting = new AbortController();
  #reports: Promise<unknown> = Promise.resolve();
  #timed: Offer | undefined;
  #timer = new AbortController();

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#claim = new Claim(() => {
      const state = stage.state();
      if (state.status === 'offered') this.#hold(state.offer, 'elsewhere');
    });
    this.#viewing = new Viewing(stage.wait, (offer) => {
      this.report(offer, 'viewed');
      stage.emit(new OfferViewedEvent(offer));
    });
    void this.#sendAgain();
  }

  /** A modal at a bad moment is a banner, where the page wants it so. */
  get layout(): Layout {
    const { layout } = this.#stage.host;
    return this.#isToned && layout === 'modal' ? 'banner' : layout;
  }

  /**
   * Shows what the proxy has answered, now or when its moment has come.
   * @param isUrgent the customer has asked for it: no waiting, and no other place where it is shown.
   */
  async consider(answer: OfferAnswer, isUrgent: boolean, signal: AbortSignal): Promise<void> {
    const state = this.#stage.state();
    const next = transition(state, { type: 'answered', answer });
    if (next.status !== 'offered' || next === state) return this.#stage.answer(answer);
    const by = await this.#admit(next.offer, isUrgent);
    if (by || signal.aborted) this.end();
    signal.throwIfAborted();
    if (!by) return this.#stage.answer(answer);
    this.#stage.dispatch({ type: 'held', answer, by });
    this.#askLater(next.offer, by);
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

  /** Turns the offer down, unless the page prevents it. */
  dismiss(offer: Offer): void {
    if (!this.#stage.host.dispatchEvent(new OfferDismissEvent(offer))) return;
    this.see(offer);
    pageMemory().asked = [];
    this.report(offer, 'dismissed');
    this.#stage.dispatch({ type: 'closed' });
    this.#stage.emit(new OfferDismissedEvent(offer));
  }

  /**
   * Hides the offer, and tells nobody.
   * @param durationMs without it, until the tab is closed.
   */
  snooze(offer: Offer, durationMs = Infinity): void {
    const until = Math.min(Date.now() + durationMs, Number.MAX_SAFE_INTEGER);
    remember(this.#snoozed, { title: offer.title, until });
    this.#hold(offer, 'snoozed');
  }

  /** Without a network it waits for one. */
  report({ id: offerId }: Offer, type: OfferEventType): void {
    void this.#send({ offerId, type });
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
    void this.#reports.then(() => this.#claim.release());
  }

  /** A page that holds a lock could not be kept for Back. */
  leave(): void {
    this.#claim.release();
  }

  #send(event: UnsentEvent): Promise<unknown> {
    const { attempt, call } = this.#stage;
    const sending = attempt(async () => {
      try {
        await reportEvent(call, encodeURIComponent(event.offerId), event.type);
      } catch (error) {
        if (!(error instanceof ProxyError) || error.code !== 'unreachable') throw error;
        keepUnsent(this.#unsent, event);
        addEventListener('online', () => void this.#sendAgain(), { once: true });
      }
    });
    return (this.#reports = Promise.all([this.#reports, sending]));
  }

  /** One after the other, as they happened. */
  async #sendAgain(): Promise<void> {
    for (const event of takeUnsent(this.#unsent)) await this.#send(event);
  }

  get #unsent(): string {
    return `unsent ${ownerOf(this.#stage.host)}`;
  }

  async #admit(offer: Offer, isUrgent: boolean): Promise<Hold | undefined> {
    const { host } = this.#stage;
    if (isUrgent) remember(this.#snoozed);
    if (host.layout === 'modal' || recall(this.#snoozed)) {
      const { badMoment, openModal } = await import('./manners.js');
      const hold = isUrgent ? undefined : badMoment(this, host, offer, this.#snoozed);
      this.#isToned = hold !== undefined && hold !== 'snoozed' && host.ifBusy === 'banner';
      if (hold && !this.#isToned) return hold;
      if (this.layout === 'modal') openModal(this);
    }
    // Mocks of one name stand side by side, on one page and on many.
    const isFree =
      host.mock || (await this.#claim.take(this.#name(offer), isUrgent ? { steal: true } : { ifAvailable: true }));
    return isFree ? undefined : 'elsewhere';
  }

  /** Takes the offer from the page until `by` is over. */
  #hold(offer: Offer, by: Hold): void {
    if (this.#stage.dispatch({ type: 'withheld', by })) this.#askLater(offer, by);
  }

  /** What was true before the waiting need not be true after it. */
  #askLater(offer: Offer, by: Hold): void {
    const { attempt, ask, wait } = this.#stage;
    this.#waiting = new AbortController();
    const { signal } = this.#waiting;
    const later = async () => {
      if (by === 'elsewhere') await this.#claim.take(this.#name(offer), { signal });
      else await (await import('./manners.js')).betterMoment(this, offer, this.#snoozed, wait, signal);
      signal.throwIfAborted();
      ask();
    };
    void attempt(later, signal);
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
      () => this.#stage.expire(),
      () => {},
    );
  }

  /** Another page of the app is another question, answered by an offer with another id and the same words. */
  #name({ title }: Offer): string {
    return `${ownerOf(this.#stage.host)} ${title}`;
  }

  get #snoozed(): string {
    return `snoozed ${topicOf(this.#stage.host)}`;
  }
}
