/** A checkout over the page, from the click to its end. The page may open it in its own way. */
import type { HostedPage, Offer, Outcome } from '../../../proxy/contract.js';
import type { StateOwner } from '../state-owner.js';
import { openCheckout, type Checkout } from './checkout.js';
import { OfferCheckoutEvent } from './events.js';
import { goTo } from './next-page.js';

export type CheckoutState = Extract<Outcome, { status: 'checkout' }> & { offer: Offer };

/** One at a time, as Chargebee.js has it. */
export class InAppCheckout {
  readonly #host: StateOwner['host'];
  /** Ends the interest in it. A customer who is paying goes on. */
  readonly #visit: AbortSignal;
  readonly #onEnd: (state: CheckoutState, isPaid: boolean) => void;
  /** Of a checkout that waits for its page. */
  #page: PromiseWithResolvers<HostedPage> | undefined;
  /** Undefined where the page opens it, or nothing could. */
  #opened: Checkout | undefined;
  #isLeftToPage = false;

  constructor(
    { host, visit }: Pick<StateOwner, 'host' | 'visit'>,
    onEnd: (state: CheckoutState, isPaid: boolean) => void,
  ) {
    this.#host = host;
    this.#visit = visit;
    this.#onEnd = onEnd;
  }

  /** Within the click, before its page is known. `show` or `giveUp` has to follow. */
  begin(offer: Offer): void {
    const page = Promise.withResolvers<HostedPage>();
    // Nobody may wait for it.
    page.promise.catch(() => {});
    this.#page = page;
    this.#isLeftToPage = !this.#host.dispatchEvent(new OfferCheckoutEvent(offer, 'in_app', page.promise));
    this.#opened = this.#isLeftToPage ? undefined : openCheckout(page.promise);
  }

  /** Shows the page where one was begun. @returns false if none was, or somebody else's must not be gone on with. */
  show(state: CheckoutState): boolean {
    // After a lost answer, it is the customer's own acceptance that was there before.
    if (!this.#page || state.acceptedBefore === 'colleague') return false;
    this.#page.resolve(state.hostedPage);
    this.#page = undefined;
    if (!this.#isLeftToPage && !this.#follow(state)) goTo(state.url);
    return true;
  }

  /** The acceptance is over. A checkout that has no page by then gets none. */
  giveUp(): void {
    if (!this.#page) return;
    this.#page.reject(new Error('There is no checkout.'));
    this.#page = undefined;
    this.#opened?.close();
  }

  /** Within the click that goes on with it. @returns false if the browser has to go to its page. */
  reopen(state: CheckoutState): boolean {
    const wasBlocked = this.#opened?.isSeen === false;
    this.#opened?.close();
    this.#opened = wasBlocked ? undefined : openCheckout(Promise.resolve(state.hostedPage));
    return this.#follow(state);
  }

  /** @returns false if nothing is open. */
  #follow(state: CheckoutState): boolean {
    void this.#opened?.end.then((end) => {
      if (this.#visit.aborted) return;
      if (end === 'failed') goTo(state.url);
      else this.#onEnd(state, end === 'paid');
    });
    return this.#opened !== undefined;
  }
}
