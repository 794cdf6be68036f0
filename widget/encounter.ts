/**
 * What follows once an offer is on the page: it is seen, it ends, and the customer, or the page, decides about it.
 * Loaded when it has been drawn, so that nobody waits for it.
 */
import type { Offer } from '../proxy/contract.js';
import type { Acceptance } from './acceptance.js';
import { isOpen, isShown, type ShownState } from './offer-state.js';
import { Neighbours } from './neighbours.js';
import { pageMemory } from './page-memory.js';
import { Reports } from './reports.js';
import { OfferDismissedEvent, OfferDismissEvent, OfferViewedEvent } from './encounter-events.js';
import { encounterTransition, type EncounterAction } from './encounter-state.js';
import type { Showing } from './showing.js';
import type { Stage } from './stage.js';
import type { LoadedStrings } from './strings.js';
import { Viewing } from './viewing.js';
import { interrupted, withWays } from './views/interrupted.js';
import type { Face, OfferHandlers } from './views/offer-content.js';

/** The longest time that a browser's timer can hold. */
const TIMER_MAX_MS = 2 ** 31 - 1;

export class Encounter {
  readonly #stage: Stage;
  readonly #showing: Showing;
  readonly #reports: Reports;
  readonly #viewing: Viewing;
  readonly #neighbours: Neighbours;
  #fulfilled: Offer | undefined;
  #timed: Offer | undefined;
  #timer = new AbortController();
  /** Knows what follows an acceptance; loaded with the first one. */
  #acceptance: Acceptance | undefined;
  #visit: AbortSignal | undefined;

  constructor(stage: Stage, showing: Showing) {
    this.#stage = stage;
    this.#showing = showing;
    this.#reports = new Reports(stage);
    this.#neighbours = new Neighbours(() => stage.ask());
    this.#viewing = new Viewing(stage.wait, (offer) => {
      this.#reports.send(offer, 'viewed');
      stage.emit(new OfferViewedEvent(offer));
    });
  }

  /** What to say in place of the offer; nothing while it speaks for itself. */
  face(state: ShownState, strings: LoadedStrings, handlers: OfferHandlers): Face | undefined {
    if (state.status === 'offered' || state.status === 'accepting') return undefined;
    const words = withWays(strings);
    if (state.status === 'interrupted') return interrupted(state.optionId, words, handlers);
    return this.#acceptance?.face(state, words, handlers);
  }

  /** What stands on the page after a drawing. */
  drawn(surface: Element): void {
    const state = this.#stage.state();
    if (!isShown(state) || !surface.isConnected) return;
    const { offer } = state;
    if (state.status === 'offered') {
      this.#viewing.watch(offer, surface);
      this.#neighbours.listen();
    } else {
      this.#viewing.stop();
      this.#neighbours.leave();
    }
    if (state.status === 'completed') this.#tell(offer);
    if (this.#timed !== offer) this.#time(offer);
  }

  /** What the customer has acted on has been seen. */
  see(offer: Offer): void {
    this.#viewing.see(offer);
  }

  /** The page may be kept for Back. */
  leave(): void {
    this.#neighbours.leave();
  }

  /** The offer is no longer on the page. Resolves once the proxy knows why. */
  async end(): Promise<void> {
    this.#viewing.stop();
    this.#neighbours.leave();
    this.#timer.abort();
    this.#timed = undefined;
    await this.#reports.sent;
  }

  /** @param optionId the first option when absent. */
  async accept(optionId?: string): Promise<void> {
    const state = this.#stage.state();
    if (!isOpen(state)) return;
    const chosen = optionId ?? state.offer.options[0]?.id ?? '';
    await this.#stage.attempt(
      async () => (await this.#accepting()).accept(optionId),
      this.#stage.visit(),
      () => this.#dispatch({ type: 'interrupted', optionId: chosen }),
    );
  }

  /** The acceptance of an earlier page, if there was one. */
  async resume(readOffer: (value: unknown) => Offer): Promise<boolean> {
    return (await this.#accepting()).resume(readOffer);
  }

  /** Turns the offer down, unless the page prevents it; what comes after an acceptance is only put away. */
  dismiss(): void {
    const state = this.#stage.state();
    if (state.status === 'offered') this.#dismiss(state.offer);
    else this.#close();
    // A browser may have closed the dialog already, and the page may have prevented that.
    this.#stage.host.requestUpdate();
  }

  /**
   * Hides the offer, and tells nobody.
   * @param durationMs without it, until the tab is closed.
   */
  snooze(durationMs = Infinity): void {
    const state = this.#stage.state();
    if (state.status === 'offered') this.#showing.snooze(state.offer, durationMs);
    else this.#close();
  }

  /** After an acceptance that failed: forgets it and asks anew. */
  async retry(): Promise<void> {
    this.#close();
    await this.#stage.show();
  }

  /** Whether the browser goes to the next page by itself; the host page may prefer its own way. */
  mayLeave(): boolean {
    return this.#acceptance?.mayLeave(this.#stage.state()) ?? false;
  }

  #dismiss(offer: Offer): void {
    if (!this.#stage.host.dispatchEvent(new OfferDismissEvent(offer))) return;
    this.see(offer);
    pageMemory().asked = [];
    this.#reports.send(offer, 'dismissed');
    this.#dispatch({ type: 'closed' });
    this.#stage.emit(new OfferDismissedEvent(offer));
  }

  /** Puts away what is shown, and tells nobody. */
  #close(): void {
    this.#acceptance?.forget();
    this.#dispatch({ type: 'closed' });
  }

  #tell(offer: Offer): void {
    if (this.#fulfilled === offer) return;
    this.#fulfilled = offer;
    this.#neighbours.tell();
  }

  #dispatch(action: EncounterAction): void {
    this.#stage.become(encounterTransition(this.#stage.state(), action));
  }

  async #accepting(): Promise<Acceptance> {
    const { Acceptance } = await import('./acceptance.js');
    const visit = this.#stage.visit();
    if (!this.#acceptance || this.#visit !== visit) this.#acceptance = new Acceptance(this.#stage, visit);
    this.#visit = visit;
    return this.#acceptance;
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
      () => this.#showing.dispatch({ type: 'expired' }) && this.#stage.ask(),
      () => {},
    );
  }
}
