/** Whether an offer may be shown now, and when it is worth asking again if not. */
import type { Offer } from '../../../proxy/contract.js';
import { OfferReadyEvent } from '../events.js';
import { transition, type Answer, type Hold } from '../offer-state.js';
import { pageMemory } from '../question/page-memory.js';
import { customerKey } from '../question/question.js';
import type { OfferHost, StateOwner } from '../state-owner.js';
import { waitUntil } from '../wait.js';
import { Obstacles } from './obstacles.js';
import { ShowLock } from './show-lock.js';
import { endSnooze, snoozedMs, startSnooze } from './snooze.js';

/** How often to check whether an obstacle is gone. */
const CHECK_AFTER_MS = 500;

export class Admission {
  /** A modal that came at a bad moment, and may be shown as a banner. */
  isBanner = false;
  readonly #owner: StateOwner;
  readonly #askAgain: () => void;
  readonly #lock: ShowLock;
  readonly #obstacles: Obstacles;
  #waiting: AbortController | undefined;

  /** @param askAgain called when an offer that had to wait may be shown now. */
  constructor(owner: StateOwner, askAgain: () => void) {
    this.#owner = owner;
    this.#askAgain = askAgain;
    this.#obstacles = new Obstacles(owner.isDrawn);
    this.#lock = new ShowLock(() => {
      const { state } = owner;
      if (state.status === 'offered') this.#withhold(state.offer, 'shown_elsewhere');
    });
  }

  /**
   * Shows the offer of an answer, now or when its moment has come.
   * @param isUrgent the customer has asked for it: it does not wait, and moves here from where it is shown.
   */
  async consider(answer: Answer, isUrgent: boolean, signal: AbortSignal): Promise<void> {
    await this.#owner.prepare();
    signal.throwIfAborted();
    const { state } = this.#owner;
    const next = transition(state, { type: 'answered', answer });
    if (next.status !== 'offered' || next === state) return this.#owner.answer(answer);
    const by = await this.#admit(next.offer, isUrgent);
    if (by || signal.aborted) void this.end();
    signal.throwIfAborted();
    if (!by) return this.#show(answer, next.offer);
    this.#owner.dispatch({ type: 'held', answer, by });
    this.#askLater(next.offer, by);
  }

  /** Hides the offer for so long, and tells nobody. */
  snooze(offer: Offer, durationMs: number): void {
    startSnooze(this.#owner.host, offer, durationMs);
    this.#withhold(offer, 'snoozed');
  }

  /**
   * The offer is no longer on the page, or the page is left: one that holds a lock cannot be restored on Back.
   * @param sent resolves once the proxy knows why: nobody else may show it before.
   */
  async end(sent?: Promise<unknown>): Promise<void> {
    const memory = pageMemory();
    if (memory.modal === this) memory.modal = undefined;
    this.#waiting?.abort();
    await sent;
    this.#lock.release();
  }

  /** The page or the element is back, and still shows the offer. Meanwhile another one may have come to show it. */
  async comeBack(offer: Offer): Promise<void> {
    if (!(await this.#take(offer, { ifAvailable: true }))) this.#withhold(offer, 'shown_elsewhere');
  }

  async #show(answer: Answer, offer: Offer): Promise<void> {
    const { host } = this.#owner;
    this.#owner.answer(answer);
    await host.updateComplete;
    const { state } = this.#owner;
    if (state.status === 'offered' && state.offer === offer) host.dispatchEvent(new OfferReadyEvent(offer));
  }

  async #admit(offer: Offer, isUrgent: boolean): Promise<Hold | undefined> {
    const { host } = this.#owner;
    if (isUrgent) endSnooze(host);
    else if (snoozedMs(host, offer) > 0) return 'snoozed';
    if (isAbove(host)) {
      // Its own dialog is no obstacle.
      const hold = this.#obstacles.find(isUrgent || pageMemory().modal === this, host.layout === 'corner');
      this.isBanner = hold !== undefined && hold !== 'out_of_sight' && host.ifBusy === 'banner';
      if (hold && !this.isBanner) return hold;
    }
    const isFree = await this.#take(offer, isUrgent ? { steal: true } : { ifAvailable: true });
    return isFree ? undefined : 'shown_elsewhere';
  }

  /** The page for a dialog, and the lock. Mocks of one name stand side by side, on one page and on many. */
  async #take(offer: Offer, options: LockOptions): Promise<boolean> {
    const { host } = this.#owner;
    if (isAbove(host) && !this.isBanner) pageMemory().modal = this;
    return Boolean(host.mock) || this.#lock.take(this.#lockName(offer), options);
  }

  /** Takes the offer from the page until `by` is over. */
  #withhold(offer: Offer, by: Hold): void {
    if (this.#owner.dispatch({ type: 'withheld', by })) this.#askLater(offer, by);
  }

  /** Asks again, because what was true before the waiting may not be true after it. */
  #askLater(offer: Offer, by: Hold): void {
    this.#waiting = new AbortController();
    const { signal } = this.#waiting;
    const later = async () => {
      if (by === 'shown_elsewhere') await this.#lock.take(this.#lockName(offer), { signal });
      else await this.#betterMoment(offer, signal);
      signal.throwIfAborted();
      this.#askAgain();
    };
    void this.#owner.attempt(later, signal);
  }

  async #betterMoment(offer: Offer, signal: AbortSignal): Promise<void> {
    const { wait, host } = this.#owner;
    const ms = snoozedMs(host, offer);
    if (ms > 0) return waitUntil(Date.now() + ms, wait, signal);
    do await (document.hidden ? looked(signal) : wait(CHECK_AFTER_MS, signal));
    while (this.#obstacles.find(false, host.layout === 'corner'));
  }

  /** By its title: on another page of the app the same offer has another id and the same words. */
  #lockName({ title }: Offer): string {
    return `${customerKey(this.#owner.host)} ${title}`;
  }
}

/** There is one at a time above the page: a dialog, or a card in the corner. */
function isAbove({ layout }: OfferHost): boolean {
  return layout === 'modal' || layout === 'corner';
}

/** Resolves when the customer looks at this tab again, if that is still wanted. Until then there is nothing to check. */
function looked(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true, signal }));
}
