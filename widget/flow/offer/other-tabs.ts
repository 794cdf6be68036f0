/**
 * The other elements and tabs of this browser. Each tells the others when an offer was fulfilled, and asks again when it
 * hears so. What was bought in another browser is learned with the next question.
 */

/** @returns undefined where the browser has none, or keeps nothing for the site (Firefox throws). */
export function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel('upgrade-offer');
  } catch {
    return undefined;
  }
}

export class OtherTabs {
  readonly #onFulfilled: (event: Event) => void;
  #channel: BroadcastChannel | undefined;

  /** @param onFulfilled called when another element or tab says that an offer was fulfilled. */
  constructor(onFulfilled: (event: Event) => void) {
    this.#onFulfilled = onFulfilled;
  }

  /** May be called again and again. */
  listen(): void {
    if (this.#channel) return;
    this.#channel = openChannel();
    this.#channel?.addEventListener('message', this.#onFulfilled);
  }

  /** An open channel can keep the browser from restoring the page on Back. */
  leave(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }
}
