/**
 * When an offer has really been seen: half of it, for a second, in a tab that is in front. A dialog, once it is open.
 * Counted on rendering instead, offers in background tabs and far below the fold would make the numbers worthless.
 */
import type { Offer } from '../../../proxy/contract.js';
import { pageMemory } from '../question/page-memory.js';
import type { Wait } from '../wait.js';

/** The share that the advertising industry's viewability rule asks for. */
const SEEN_SHARE = 0.5;

/** The same rule's duration: anything shorter is scrolling past. */
const SEEN_FOR_MS = 1_000;

export class Viewability {
  readonly #wait: Wait;
  readonly #onSeen: (offer: Offer) => void;
  #look: AbortController | undefined;
  #offer: Offer | undefined;
  #surface: Element | undefined;

  /** @param onSeen called once for each display: the same offer on the same page, moved or in a new element, is the same display. */
  constructor(wait: Wait, onSeen: (offer: Offer) => void) {
    this.#wait = wait;
    this.#onSeen = onSeen;
  }

  /** `offer` is on the page as `surface`. To be called after each drawing. */
  watch(offer: Offer, surface: Element): void {
    if (surface instanceof HTMLDialogElement) return this.see(offer);
    if (offer === this.#offer && surface === this.#surface) return;
    this.stop();
    this.#offer = offer;
    this.#surface = surface;
    this.#look = new AbortController();
    watchUntilSeen(surface, this.#look.signal, this.#wait, () => this.see(offer));
  }

  /** Also for what the customer has acted on: they have seen it. */
  see(offer: Offer): void {
    this.#look?.abort();
    const { seen } = pageMemory();
    if (seen.has(offer.id)) return;
    seen.add(offer.id);
    this.#onSeen(offer);
  }

  /** The offer is no longer there to be seen. */
  stop(): void {
    this.#look?.abort();
    this.#look = this.#offer = this.#surface = undefined;
  }
}

function watchUntilSeen(surface: Element, signal: AbortSignal, wait: Wait, onSeen: () => void): void {
  let isOnScreen = false;
  let glance = new AbortController();

  const observer = new IntersectionObserver(
    (entries) => {
      isOnScreen = (entries.at(-1)?.intersectionRatio ?? 0) >= SEEN_SHARE;
      judge();
    },
    { threshold: SEEN_SHARE },
  );
  observer.observe(surface);
  document.addEventListener('visibilitychange', judge, { signal });
  signal.addEventListener('abort', stop, { once: true });

  function stop(): void {
    observer.disconnect();
    glance.abort();
  }

  function judge(): void {
    glance.abort();
    if (!isOnScreen || document.visibilityState !== 'visible') return;
    glance = new AbortController();
    wait(SEEN_FOR_MS, glance.signal).then(onSeen, () => {});
  }
}
