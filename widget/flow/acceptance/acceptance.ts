/**
 * What happens once an offer is accepted, to the end of its fulfillment: also on the next page, after a reload, or after
 * Back. Fetched once an offer is on the page, so that no click waits for it.
 */
import type { Offer, Outcome } from '../../../proxy/contract.js';
import { isOpen, type KnownOutcome, type OfferState } from '../offer-state.js';
import { tellOtherTabs } from '../offer/other-tabs.js';
import type { Viewability } from '../offer/viewability.js';
import { readAccess } from '../question/access.js';
import { forgetAnswers } from '../question/page-memory.js';
import { isProxyError } from '../question/proxy-error.js';
import { receiptName } from '../receipt-name.js';
import type { StateOwner } from '../state-owner.js';
import { forget, keep } from '../tab-storage.js';
import { openCheckout } from './checkout.js';
import {
  OfferAcceptedEvent,
  OfferAcceptEvent,
  OfferCheckoutEvent,
  OfferFailedEvent,
  OfferFulfilledEvent,
  OfferRedirectEvent,
} from './events.js';
import {
  createFulfillment,
  isGranted,
  readFulfillment,
  settledOutcome,
  type Patience,
  type Pending,
} from './fulfillment.js';
import { readReceipt, type Receipt } from './receipt.js';

/** The customer has to go to another page. */
type Away = Extract<Outcome, { status: 'redirect' | 'checkout' }>;

/** The acceptances of one visit: one customer, one feature, one stay on the page. */
export class Acceptance {
  readonly #owner: StateOwner;
  readonly #viewability: Viewability;
  readonly #patience: Patience;
  readonly #receiptName: string;

  constructor(owner: StateOwner, viewability: Viewability) {
    this.#owner = owner;
    this.#viewability = viewability;
    this.#patience = { call: owner.call, wait: owner.wait, signal: owner.visit };
    this.#receiptName = receiptName(owner.host);
  }

  /** @param optionId the first option when absent. */
  async accept(optionId?: string): Promise<void> {
    const { state, host } = this.#owner;
    if (!isOpen(state)) return;
    const { offer } = state;
    const option = optionId === undefined ? offer.options[0] : offer.options.find(({ id }) => id === optionId);
    if (!option) return console.warn(`<upgrade-offer> has no option "${optionId}" to accept.`);
    if (!host.dispatchEvent(new OfferAcceptEvent(offer, option))) return;
    this.#owner.dispatch({ type: 'pressed', optionId: option.id });
    this.#viewability.see(offer);
    // An answer from before must not sell to a customer who has paid.
    forgetAnswers();
    try {
      await this.#take(offer, option.id, await createFulfillment(this.#patience, offer.id, option.id));
    } catch (error) {
      if (this.#patience.signal.aborted) return;
      this.#owner.dispatch(isGone(error) ? { type: 'gone' } : { type: 'interrupted', optionId: option.id });
      this.#owner.report(error);
    }
  }

  /**
   * Shows the acceptance of an earlier page. A customer who has what was offered sees the feature at once, and no notice.
   * @returns false when the tab keeps no receipt that the proxy knows. What it keeps is then forgotten.
   */
  async resume(): Promise<boolean> {
    const receipt = readReceipt(this.#receiptName);
    if (receipt && (await this.#isUnlocked())) {
      forget(this.#receiptName);
      this.#owner.answer({ access: 'granted', offer: null });
      return true;
    }
    if (receipt && (await this.#show(receipt))) return true;
    forget(this.#receiptName);
    return false;
  }

  /** Whether the browser goes to the next page by itself. Called within a click: what comes later could be blocked. */
  mayLeave(state: OfferState): boolean {
    const event = leaveEvent(state);
    if (!event || !this.#owner.host.dispatchEvent(event)) return false;
    return (
      state.status !== 'checkout' || !openCheckout(state, (isPaid) => this.#checkAgain(state, state.offer, isPaid))
    );
  }

  async #isUnlocked(): Promise<boolean> {
    const { call, signal } = this.#patience;
    const { feature, used } = this.#owner.host;
    const access = feature && (await readAccess(call, feature, used, signal).catch(() => undefined));
    signal.throwIfAborted();
    return access === 'granted';
  }

  /** @returns false when the proxy does not know the acceptance. */
  async #show({ offer, fulfillmentId }: Receipt): Promise<boolean> {
    try {
      const outcome = returned(await readFulfillment(this.#patience, fulfillmentId));
      await this.#owner.prepare();
      this.#patience.signal.throwIfAborted();
      // Another question may have resumed it meanwhile.
      if (this.#owner.dispatch({ type: 'resumed', offer, outcome })) this.#follow(offer, outcome);
      return true;
    } catch (error) {
      if (!isGone(error)) throw error;
      return false;
    }
  }

  /** Shows the outcome, and takes the customer to the next page where there is one. */
  async #take(offer: Offer, optionId: string, outcome: KnownOutcome): Promise<void> {
    if ('fulfillmentId' in outcome)
      keep(this.#receiptName, { offer, fulfillmentId: outcome.fulfillmentId } satisfies Receipt);
    this.#owner.dispatch({ type: 'settled', offer, outcome });
    this.#owner.emit(new OfferAcceptedEvent(offer, optionId, outcome));
    this.#follow(offer, outcome);
    await this.#owner.host.updateComplete;
    const isAway = outcome.status === 'redirect' || outcome.status === 'checkout';
    if (isAway && !outcome.acceptedBefore && this.mayLeave({ ...outcome, offer })) location.assign(outcome.url);
  }

  #settle(offer: Offer, outcome: KnownOutcome): void {
    this.#owner.dispatch({ type: 'settled', offer, outcome });
    this.#follow(offer, outcome);
  }

  /** What an outcome brings with it. */
  #follow(offer: Offer, outcome: KnownOutcome): void {
    switch (outcome.status) {
      case 'pending':
        // It rejects only when its visit ends.
        return void this.#poll(offer, outcome).catch(() => {});
      case 'completed':
        tellOtherTabs();
        this.#owner.emit(new OfferFulfilledEvent(offer, outcome.acceptedBefore));
        return this.#attempt(() => this.#unlock());
      case 'redirect':
      case 'checkout':
        return atReturn(this.#patience.signal, () => this.#checkAgain(outcome, offer));
      case 'failed':
        forget(this.#receiptName);
        return this.#owner.emit(new OfferFailedEvent(offer, outcome.code));
    }
  }

  async #poll(offer: Offer, pending: Pending): Promise<void> {
    const { acceptedBefore } = pending;
    const settled = await settledOutcome(this.#patience, pending);
    if (settled) this.#settle(offer, { ...settled, ...(acceptedBefore && { acceptedBefore }) });
    else this.#owner.dispatch({ type: 'overdue', offer });
  }

  async #unlock(): Promise<void> {
    const { feature, used } = this.#owner.host;
    if (feature && !(await isGranted(this.#patience, feature, used))) return;
    forget(this.#receiptName);
    if (feature) this.#owner.answer({ access: 'granted', offer: null });
  }

  /** What is on the page when the customer comes back is as old as the click that left it. */
  #checkAgain(away: Away, offer: Offer, isPaid = false): void {
    this.#attempt(async () => {
      this.#owner.dispatch({ type: 'settled', offer, outcome: isPaid ? paid(away) : returned(away) });
      const outcome = await readFulfillment(this.#patience, away.fulfillmentId);
      this.#settle(offer, isPaid && outcome.status === 'checkout' ? paid(outcome) : returned(outcome));
    });
  }

  #attempt(work: () => Promise<void>): void {
    void this.#owner.attempt(work, this.#patience.signal);
  }
}

function leaveEvent(state: OfferState): Event | undefined {
  if (state.status === 'checkout') return new OfferCheckoutEvent(state.offer, state);
  return 'url' in state && state.url ? new OfferRedirectEvent(state.offer, state.url) : undefined;
}

/**
 * For a customer who comes back: "Taking you to ..." would be wrong now. Chargebee's hosted page leads back with its id.
 * That is no proof of a payment, and decides about words only.
 */
function returned(outcome: KnownOutcome): KnownOutcome {
  if (outcome.status !== 'checkout' && outcome.status !== 'redirect') return outcome;
  const query = new URLSearchParams(location.search);
  const isPaid = outcome.status === 'checkout' && query.get('id') === outcome.hostedPage.id;
  return isPaid && query.get('state') === 'succeeded' ? paid(outcome) : { ...outcome, acceptedBefore: 'you' };
}

function paid({ fulfillmentId }: Away): Pending {
  return { status: 'pending', fulfillmentId, pollAfterMs: 1_000 };
}

/** Back from the next page: the browser has kept this one, or the next one was opened beside it. */
function atReturn(signal: AbortSignal, run: () => void): void {
  const ended = new AbortController();
  const listen = { signal: AbortSignal.any([signal, ended.signal]) };
  const back = () => {
    ended.abort();
    run();
  };
  addEventListener('pageshow', ({ persisted }) => persisted && back(), listen);
  addEventListener('visibilitychange', () => !document.hidden && back(), listen);
}

/** Whether the offer has ended, or the proxy no longer knows it: trying again would not help. */
function isGone(error: unknown): boolean {
  return isProxyError(error) && (error.code === 'offer_expired' || error.code === 'not_found');
}
