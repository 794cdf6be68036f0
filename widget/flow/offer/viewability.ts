/**
 * When an offer has really been seen: half of it, or half a window full of it, for a second, in a tab that is in front.
 * Counted on rendering instead, offers in background tabs and far below the fold would make the numbers worthless.
 */
import type { Offer } from '../../../proxy/contract.js';
import type { Wait } from '../wait.js';

/** The share that the advertising industry's viewability rule asks for. */
const SEEN_SHARE = 0.5;

/** In steps of a hundredth: half a window full can be that little of a card that is taller than the window. */
const SHARES = Array.from({ length: SEEN_SHARE * 100 + 1 }, (_, hundredth) => hundredth / 100);

/** The same rule's duration: anything shorter is scrolling past. */
const SEEN_FOR_MS = 1_000;

export class Viewability implements EventListenerObject {
  readonly #wait: Wait;
  readonly #onSeen: (offer: Offer) => void;
  #offer: Offer | undefined;
  #surface: Element | undefined;
  #observer: IntersectionObserver | undefined;
  #isOnScreen = false;
  /** Aborted when the customer looks away. */
  #glance: AbortController | undefined;

  constructor(wait: Wait, onSeen: (offer: Offer) => void) {
    this.#wait = wait;
    this.#onSeen = onSeen;
  }

  /** `offer` is on the page as `surface`. To be called after each drawing. */
  watch(offer: Offer, surface: Element): void {
    if (offer === this.#offer && surface === this.#surface) return;
    this.stop();
    this.#offer = offer;
    this.#surface = surface;
    this.#observer = new IntersectionObserver((entries) => this.#move(entries), { threshold: SHARES });
    this.#observer.observe(surface);
    document.addEventListener('visibilitychange', this);
  }

  /** The offer is no longer there to be seen. */
  stop(): void {
    this.#lookAway();
    this.#offer = this.#surface = undefined;
  }

  /** The tab comes to the front, or goes behind another one. */
  handleEvent(): void {
    this.#glance?.abort();
    const offer = this.#offer;
    if (!offer || !this.#isOnScreen || document.visibilityState !== 'visible') return;
    this.#glance = new AbortController();
    this.#wait(SEEN_FOR_MS, this.#glance.signal).then(
      () => {
        this.#lookAway();
        this.#onSeen(offer);
      },
      () => {},
    );
  }

  #move(entries: readonly IntersectionObserverEntry[]): void {
    const wasOnScreen = this.#isOnScreen;
    this.#isOnScreen = entries.slice(-1).some(isHalfSeen);
    if (this.#isOnScreen !== wasOnScreen) this.handleEvent();
  }

  #lookAway(): void {
    this.#observer?.disconnect();
    this.#isOnScreen = false;
    this.#glance?.abort();
    document.removeEventListener('visibilitychange', this);
  }
}

function isHalfSeen({ intersectionRatio, intersectionRect, rootBounds }: IntersectionObserverEntry): boolean {
  // A page in a frame of another origin does not learn how tall the window is.
  const { height } = rootBounds ?? { height: innerHeight };
  return intersectionRatio >= SEEN_SHARE || intersectionRect.height >= height * SEEN_SHARE;
}
