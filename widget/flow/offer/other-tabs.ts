/**
 * The other elements and tabs of this browser. Each tells the others when an offer was fulfilled, and asks again when it
 * hears so. What was bought in another browser is learned with the next question.
 */
export const CHANNEL = 'upgrade-offer';

export class OtherTabs {
  readonly #onFulfilled: () => void;
  #channel: BroadcastChannel | undefined;

  /** @param onFulfilled called when another element or tab says that an offer was fulfilled. */
  constructor(onFulfilled: () => void) {
    this.#onFulfilled = onFulfilled;
  }

  /** May be called again and again. */
  listen(): void {
    if (this.#channel) return;
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.addEventListener('message', this.#onFulfilled);
  }

  /** An open channel can keep the browser from restoring the page on Back. */
  leave(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }
}
