/**
 * The other elements and tabs of this browser that show an offer: each tells the others when one was fulfilled, and asks
 * again when it hears so. What was bought in another browser is learned with the next question.
 */
const CHANNEL = 'upgrade-offer';

export class Neighbours {
  readonly #onNews: () => void;
  #channel: BroadcastChannel | undefined;

  /** @param onNews called when somebody else has what was offered. */
  constructor(onNews: () => void) {
    this.#onNews = onNews;
  }

  /** May be called again and again. */
  listen(): void {
    if (this.#channel) return;
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.addEventListener('message', this.#onNews);
  }

  tell(): void {
    const channel = new BroadcastChannel(CHANNEL);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel never leaves its origin.
    channel.postMessage('fulfilled');
    channel.close();
  }

  /** An open channel can keep a page from being kept for Back. */
  leave(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }
}
