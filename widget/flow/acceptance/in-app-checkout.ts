/**
 * A checkout over the page, from the click to its end. The page may open it in its own way. It imports nothing that other
 * files of the widget load, too: what two chunks share would be a third one.
 */
import type { HostedPage, Offer, Outcome } from '../../../proxy/contract.js';
import { openCheckout, type Checkout } from './checkout.js';

export type CheckoutState = Extract<Outcome, { status: 'checkout' }> & { offer: Offer };

export interface CheckoutListener {
  /** Asks the page. @returns false if it opens the checkout itself. */
  allows(offer: Offer, page: Promise<HostedPage>): boolean;
  /** @param isPaid undefined: it could not be shown, and the browser has to go to its page. */
  ended(state: CheckoutState, isPaid: boolean | undefined): void;
}

/** One at a time, as Chargebee.js has it. */
export class InAppCheckout {
  readonly #listener: CheckoutListener;
  /** Of a checkout that waits for its page. */
  #page: PromiseWithResolvers<HostedPage> | undefined;
  /** Undefined where the page opens it, or nothing could. */
  #opened: Checkout | undefined;
  #isLeftToPage = false;

  constructor(listener: CheckoutListener) {
    this.#listener = listener;
  }

  /** Within the click, before its page is known. `show` or `giveUp` has to follow. */
  begin(offer: Offer): void {
    const page = Promise.withResolvers<HostedPage>();
    // Nobody may wait for it.
    page.promise.catch(() => {});
    this.#page = page;
    this.#isLeftToPage = !this.#listener.allows(offer, page.promise);
    this.#opened = this.#isLeftToPage ? undefined : openCheckout(page.promise);
  }

  /** Shows the page of the checkout that was begun. @returns false if none was, or the page is a colleague's. */
  show(state: CheckoutState): boolean {
    // After a lost answer, it is the customer's own acceptance that was there before.
    if (!this.#page || state.acceptedBefore === 'colleague') return false;
    this.#page.resolve(state.hostedPage);
    this.#page = undefined;
    if (!this.#isLeftToPage && !this.#follow(state)) this.#listener.ended(state, undefined);
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
    void this.#opened?.end.then((end) => this.#listener.ended(state, end === 'failed' ? undefined : end === 'paid'));
    return this.#opened !== undefined;
  }
}
