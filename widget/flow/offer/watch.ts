/**
 * What is watched as long as an offer is on the page: whether the customer sees it, when it ends, and whether another tab has
 * fulfilled it. Fetched once it is there, with the acceptance: nobody waits for it.
 */
import type { Offer } from '../../../proxy/contract.js';
import type { Wait } from '../wait.js';
import { Expiry } from './expiry.js';
import { OtherTabs } from './other-tabs.js';
import { Viewability } from './viewability.js';

export interface Watched {
  /** The customer has really seen it. May be said again. */
  seen(offer: Offer): void;
  ended(): void;
  /** In another element or tab. */
  fulfilled(): void;
}

export class Watch {
  readonly #viewability: Viewability;
  readonly #expiry: Expiry;
  readonly #otherTabs: OtherTabs;

  constructor(wait: Wait, watched: Watched) {
    this.#viewability = new Viewability(wait, (offer) => watched.seen(offer));
    this.#expiry = new Expiry(wait, () => watched.ended());
    this.#otherTabs = new OtherTabs(() => watched.fulfilled());
  }

  /** May be called again and again, also with a new end. */
  begin(offer: Offer): void {
    this.#expiry.watch(offer);
    this.#otherTabs.listen();
  }

  /** The offer is drawn as `surface`. May be called again and again. */
  look(offer: Offer, surface: Element): void {
    this.#viewability.watch(offer, surface);
  }

  stop(): void {
    this.#expiry.stop();
    this.#viewability.stop();
    this.leavePage();
  }

  /** The browser may keep the page for Back, if it holds nothing. */
  leavePage(): void {
    this.#otherTabs.leave();
  }
}
