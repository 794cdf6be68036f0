/** Notices when the offer that is shown ends. */
import type { Offer } from '../../../proxy/contract.js';
import { waitUntil, type Wait } from '../wait.js';

export class Expiry {
  readonly #wait: Wait;
  readonly #onEnd: () => void;
  #offer: Offer | undefined;
  #timer: AbortController | undefined;

  constructor(wait: Wait, onEnd: () => void) {
    this.#wait = wait;
    this.#onEnd = onEnd;
  }

  /** An offer that has ended when it comes is not timed: only the proxy knows why it is still there. */
  watch(offer: Offer): void {
    if (offer === this.#offer) return;
    this.stop();
    this.#offer = offer;
    this.#timer = new AbortController();
    const { signal } = this.#timer;
    if (offer.expiresAt > Date.now()) waitUntil(offer.expiresAt, this.#wait, signal).then(this.#onEnd, () => {});
  }

  stop(): void {
    this.#timer?.abort();
    this.#timer = this.#offer = undefined;
  }
}
