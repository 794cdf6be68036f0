/** Who may show an offer, and from when. */
import type { Offer, OfferAnswer } from '../proxy/contract.js';
import type { Answer } from './answers.js';
import type { Layout } from './attributes.js';
import { Claim } from './claim.js';
import { OfferReadyEvent } from './events.js';
import { transition, type Hold } from './offer-state.js';
import { readOffer } from './offer.js';
import { pageMemory } from './page-memory.js';
import { ownerOf } from './question.js';
import { showingTransition, type ShowingAction } from './showing-state.js';
import { Snooze } from './snooze.js';
import type { Stage } from './stage.js';

export class Showing {
  readonly #stage: Stage;
  readonly #meet: () => Promise<unknown>;
  readonly #claim: Claim;
  readonly #snooze: Snooze;
  #isToned = false;
  #waiting = new AbortController();

  /** @param meet loads what an offer needs once it is on the page. */
  constructor(stage: Stage, meet: () => Promise<unknown>) {
    this.#stage = stage;
    this.#meet = meet;
    this.#snooze = new Snooze(stage.host);
    this.#claim = new Claim(() => {
      const state = stage.state();
      if (state.status === 'offered') this.#withhold(state.offer, 'elsewhere');
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
    if (!by) return this.#show(answer, next.offer, signal);
    this.dispatch({ type: 'held', answer, by });
    this.#askLater(next.offer, by);
  }

  /** @returns whether the state has changed. */
  dispatch(action: ShowingAction): boolean {
    return this.#stage.become(showingTransition(this.#stage.state(), action));
  }

  /** Hides the offer for so long, and tells nobody. */
  snooze(offer: Offer, durationMs: number): void {
    this.#snooze.start(offer, durationMs);
    this.#withhold(offer, 'snoozed');
  }

  /**
   * The offer is no longer on the page.
   * @param sent once the proxy knows why: nobody else may show it before.
   */
  end(sent = Promise.resolve()): void {
    const memory = pageMemory();
    if (memory.modal === this) memory.modal = undefined;
    this.#isToned = false;
    this.#waiting.abort();
    void sent.then(() => this.#claim.release());
  }

  /** A page that holds a lock could not be kept for Back. */
  leave(): void {
    this.#claim.release();
  }

  /** An offer that cannot be acted on must not stay. */
  async #show(answer: OfferAnswer, offer: Offer, signal: AbortSignal): Promise<void> {
    this.#stage.answer(answer);
    await this.#stage.host.updateComplete;
    try {
      await this.#meet();
    } catch (error) {
      this.dispatch({ type: 'expired' });
      throw error;
    }
    if (!signal.aborted) this.#stage.emit(new OfferReadyEvent(offer));
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
    // Mocks of one name stand side by side, on one page and on many.
    const isFree =
      host.mock || (await this.#claim.take(this.#name(offer), isUrgent ? { steal: true } : { ifAvailable: true }));
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
      else await this.#betterMoment(offer, signal);
      signal.throwIfAborted();
      ask();
    };
    void attempt(later, signal);
  }

  async #betterMoment(offer: Offer, signal: AbortSignal): Promise<void> {
    const [{ betterMoment }, { modal }] = await Promise.all([import('./better-moment.js'), import('./views/modal.js')]);
    await betterMoment(this.#snooze.remainingMs(offer), () => modal.obstacle(this), this.#stage.wait, signal);
  }

  /** Another page of the app is another question, answered by an offer with another id and the same words. */
  #name({ title }: Offer): string {
    return `${ownerOf(this.#stage.host)} ${title}`;
  }
}
