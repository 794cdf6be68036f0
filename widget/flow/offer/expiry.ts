/** Notices when the offer that is shown ends. */
import type { Offer } from '../../../proxy/contract.js';
import { LONGEST_WAIT_MS, type Wait } from '../wait.js';

export class Expiry {
  readonly #wait: Wait;
  readonly #onEnd: () => void;
  #offer: Offer | undefined;
  #timer: AbortController | undefined;

  constructor(wait: Wait, onEnd: () => void) {
    this.#wait = wait;
    this.#onEnd = onEnd;
  }

  /** An offer that has ended by this clock when it comes is not timed: the clock is wrong, and the proxy's is right. */
  watch(offer: Offer): void {
    if (offer === this.#offer) return;
    this.stop();
    this.#offer = offer;
    const remainingMs = offer.expiresAt - Date.now();
    if (!(remainingMs > 0 && remainingMs <= LONGEST_WAIT_MS)) return;
    this.#timer = new AbortController();
    this.#wait(remainingMs, this.#timer.signal).then(this.#onEnd, () => {});
  }

  stop(): void {
    this.#timer?.abort();
    this.#timer = this.#offer = undefined;
  }
}
