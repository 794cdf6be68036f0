/** What the customer, or the page, does with an offer that is there. */
import type { Offer } from '../proxy/contract.js';
import type { Acceptance } from './acceptance.js';
import { isOpen } from './offer-state.js';
import { readOffer } from './offer.js';
import { pageMemory } from './page-memory.js';
import { OfferDismissedEvent, OfferDismissEvent } from './showing-events.js';
import type { Showing } from './showing.js';
import type { Stage } from './stage.js';

export class Decision {
  readonly #stage: Stage;
  readonly #showing: Showing;
  /** Knows what follows an acceptance; loaded with the first one. */
  #acceptance: Acceptance | undefined;
  #visit: AbortSignal | undefined;

  constructor(stage: Stage, showing: Showing) {
    this.#stage = stage;
    this.#showing = showing;
  }

  get acceptance(): Acceptance | undefined {
    return this.#acceptance;
  }

  /** @param optionId the first option when absent. */
  async accept(optionId?: string): Promise<void> {
    const state = this.#stage.state();
    if (!isOpen(state)) return;
    const chosen = optionId ?? state.offer.options[0]?.id ?? '';
    await this.#stage.attempt(
      async () => (await this.#accepting()).accept(optionId),
      this.#stage.visit(),
      () => this.#showing.dispatch({ type: 'interrupted', optionId: chosen }),
    );
  }

  /** The acceptance of an earlier page, if there was one. */
  async resume(): Promise<boolean> {
    // Handed over, or a bundler would make a chunk of its own for it.
    return (await this.#accepting()).resume(readOffer);
  }

  /** Turns the offer down, unless the page prevents it; what comes after an acceptance is only put away. */
  dismiss(): void {
    const state = this.#stage.state();
    if (state.status === 'offered') this.#dismiss(state.offer);
    else this.#close();
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
    this.#showing.see(offer);
    pageMemory().asked = [];
    this.#showing.reports.send(offer, 'dismissed');
    this.#showing.dispatch({ type: 'closed' });
    this.#stage.emit(new OfferDismissedEvent(offer));
  }

  /** Puts away what is shown, and tells nobody. */
  #close(): void {
    this.#acceptance?.forget();
    this.#showing.dispatch({ type: 'closed' });
  }

  async #accepting(): Promise<Acceptance> {
    const { Acceptance } = await import('./acceptance.js');
    const visit = this.#stage.visit();
    if (!this.#acceptance || this.#visit !== visit) this.#acceptance = new Acceptance(this.#stage, visit);
    this.#visit = visit;
    return this.#acceptance;
  }
}
