/**
 * What happens once an offer is accepted, to the end of its fulfillment. `earlier-page.ts` goes on with it on the next page.
 * Fetched once an offer is on the page, so that no click waits for it.
 */
import type { CheckoutLayout, Offer, OfferOption } from '../../../proxy/contract.js';
import { isOpen, type KnownOutcome, type OfferState } from '../offer-state.js';
import type { PreviewPlay } from '../../developer/preview.js';
import { forgetAnswers } from '../question/page-memory.js';
import { createCall, type Call } from '../question/proxy-call.js';
import { isProxyError } from '../question/proxy-error.js';
import { customerKey } from '../question/question.js';
import { receiptName } from '../receipt-name.js';
import type { StateOwner } from '../state-owner.js';
import { forget, keep } from '../storage.js';
import { atReturn, paid, returned, type Away } from './coming-back.js';
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
import type { InAppCheckout } from './in-app-checkout.js';
import { goTo } from './next-page.js';
import type { Receipt } from './receipt.js';
import { tellOtherTabs } from './tell-other-tabs.js';

/** How long it takes to notice that something failed. */
const READ_AFTER_MS = 1_000;

/** Long enough to read one line. */
const RECEIPT_MS = 4_000;

/** The acceptances of one visit: one customer, one feature, one stay on the page. */
export class Acceptance {
  readonly #owner: StateOwner;
  readonly #see: (offer: Offer) => void;
  #patience: Patience;
  /** Aborted when the element has left the page, or is about something else. */
  readonly #visit: AbortSignal;
  readonly #customer: string;
  readonly #receiptName: string;
  /** For checkouts over the page, once it was fetched. */
  #inApp: InAppCheckout | undefined;
  #underWay: Promise<void> = Promise.resolve();

  /** @param see the customer has acted on the offer, and so has seen it. */
  constructor(owner: StateOwner, see: (offer: Offer) => void) {
    this.#owner = owner;
    this.#see = see;
    this.#visit = owner.visit;
    this.#patience = { call: owner.call, wait: owner.wait, signal: owner.visit };
    this.#customer = customerKey(owner.host);
    this.#receiptName = receiptName(owner.host);
  }

  /** Resolves once the offer that is shown can be accepted within a click. */
  async prepare(): Promise<void> {
    const { state } = this.#owner;
    if (!isOpen(state)) return;
    const { options, preview } = state.offer;
    await Promise.all([preview && this.#preview(), ...options.map(({ layout }) => this.fetchCheckout(layout))]);
  }

  /** Says on the page that it is a preview, and plays what follows an acceptance. */
  async #preview(): Promise<PreviewPlay> {
    const { previewOn } = await import('../../developer/preview.js');
    return previewOn(this.#owner.host, () => this.#owner.state);
  }

  /** In place of the proxy, which takes no acceptance of a preview. */
  async #played(option: OfferOption): Promise<Call> {
    const { mockFor } = await this.#preview();
    return createCall({ proxy: this.#owner.host.proxy, token: undefined, getToken: undefined, mock: mockFor(option) });
  }

  /**
   * @param optionId when absent, the option that the customer has chosen, or the first one.
   * @param isPress the customer has pressed it, and may have to confirm it.
   * @returns resolves when the outcome of the acceptance is known, or the page has prevented it.
   */
  accept(optionId?: string, isPress?: boolean): Promise<void> {
    const { state, host } = this.#owner;
    const asked = state.status === 'confirming' ? state.optionId : undefined;
    const option = 'offer' in state && optionOf(state.offer, optionId ?? asked, host.chosenOption);
    if (!isOpen(state)) return this.#underWay;
    if (!option) return Promise.resolve(console.warn(`<upgrade-offer> has no option "${optionId}" to accept.`));
    if (isPress && host.confirm && option.action === 'billing' && option.id !== asked) {
      this.#owner.dispatch({ type: 'confirming', optionId: option.id });
      return Promise.resolve();
    }
    const { offer } = state;
    const proceed = (confirmation?: Promise<boolean>) => (this.#underWay = this.#accept(offer, option, confirmation));
    const event = new OfferAcceptEvent(offer, option, proceed);
    if (host.dispatchEvent(event)) return proceed(event.confirmation);
    this.#owner.dispatch({ type: 'prevented' });
    return this.#underWay;
  }

  /** Whether the browser goes to the next page by itself. Called within a click: what comes later could be blocked. */
  mayLeave(state: OfferState): boolean {
    const event = leaveEvent(state);
    if (!event || !this.#owner.host.dispatchEvent(event) || event.isPreview) return false;
    return !(state.status === 'checkout' && state.layout === 'in_app' && this.#inApp?.reopen(state));
  }

  /** What a checkout over the page takes is fetched for the few offers that lead to one. Without it, the browser goes to its page. */
  async fetchCheckout(layout: CheckoutLayout | undefined): Promise<void> {
    if (layout !== 'in_app' || this.#inApp) return;
    const fetched = await import('./in-app-checkout.js').catch(() => undefined);
    if (!fetched) return;
    this.#inApp ??= new fetched.InAppCheckout({
      allows: (offer, page) =>
        this.#owner.host.dispatchEvent(new OfferCheckoutEvent(offer, 'in_app', page)) && !offer.preview,
      ended: (state, isPaid) => {
        // A customer who is paying goes on.
        if (this.#visit.aborted) return;
        if (isPaid === undefined) goTo(state.url);
        else this.#checkAgain(state, state.offer, isPaid);
      },
    });
  }

  /** One at a time: while one is under way, nothing else is sent. */
  async #accept(offer: Offer, option: OfferOption, confirmation?: Promise<boolean>): Promise<void> {
    const optionId = option.id;
    // An element that has left the page shows nothing, but its customer may still agree.
    const canStart = this.#visit.aborted
      ? this.#isSameCustomer()
      : this.#owner.dispatch({ type: 'pressed', offer, optionId });
    if (!canStart) return this.#underWay;
    if (confirmation && !(await this.#isConfirmed(confirmation))) return;
    this.#see(offer);
    // An answer from before must not sell to a customer who has paid.
    forgetAnswers();
    this.#keep({ offer, optionId });
    if (option.layout === 'in_app' && !this.#visit.aborted) this.#inApp?.begin(offer);
    try {
      this.#patience = { ...this.#patience, call: offer.preview ? await this.#played(option) : this.#owner.call };
      await this.#take(offer, optionId, await createFulfillment(this.#patience.call, offer.id, optionId));
    } catch (error) {
      if (isGone(error)) forget(this.#receiptName);
      if (this.#visit.aborted) return;
      this.#owner.dispatch(isGone(error) ? { type: 'gone' } : { type: 'interrupted', optionId });
      this.#owner.report(error);
      // It rejects only when its visit ends.
      void this.#leaveToCustomer(offer, optionId).catch(() => {});
    } finally {
      this.#inApp?.giveUp();
    }
  }

  /**
   * Remembers that the customer decides about the next try, once they could read that this one failed. A request also fails
   * because its page is being left; nobody reads that, and the next page tries again.
   */
  async #leaveToCustomer(offer: Offer, optionId: string): Promise<void> {
    await this.#patience.wait(READ_AFTER_MS, this.#visit);
    const { state } = this.#owner;
    if (state.status !== 'interrupted' || state.offer !== offer) return;
    this.#keep({ offer, optionId, isInterrupted: true });
  }

  /** For the next page. Of a preview, nothing is kept. */
  #keep(receipt: Receipt): void {
    if (!receipt.offer.preview) keep(this.#receiptName, receipt);
  }

  /** Waits for the page. Its customer may have gone meanwhile, or have got what is offered. */
  async #isConfirmed(confirmation: Promise<boolean>): Promise<boolean> {
    const isAllowed = await confirmation.catch((error: unknown) => this.#owner.report(error));
    if (this.#visit.aborted) return isAllowed === true && this.#isSameCustomer();
    if (!isAllowed) this.#owner.dispatch({ type: 'declined' });
    return this.#owner.state.status === 'accepting';
  }

  /** Shows the outcome, and takes the customer to the next page where there is one. */
  async #take(offer: Offer, optionId: string, outcome: KnownOutcome): Promise<void> {
    const { aborted } = this.#visit;
    if (!aborted) this.#owner.dispatch({ type: 'settled', offer, outcome });
    this.accepted(offer, optionId, outcome);
    // The customer hears of it when they come back.
    if (aborted) return;
    this.follow(offer, outcome);
    await this.#owner.host.updateComplete;
    const { state } = this.#owner;
    if (state.status === 'checkout' && state.offer === offer && this.#inApp?.show(state)) return;
    const isAway = state.status === 'redirect' || state.status === 'checkout';
    if (isAway && state.offer === offer && !state.acceptedBefore && this.mayLeave(state)) goTo(state.url);
  }

  /** The proxy has taken it: keeps the receipt, and tells the page of its customer. */
  accepted(offer: Offer, optionId: string, outcome: KnownOutcome): void {
    if ('fulfillmentId' in outcome) {
      this.#keep({ offer, fulfillmentId: outcome.fulfillmentId });
    }
    if (!this.#visit.aborted || this.#isSameCustomer()) {
      this.#owner.emit(new OfferAcceptedEvent(offer, optionId, outcome));
    }
  }

  #isSameCustomer(): boolean {
    return customerKey(this.#owner.host) === this.#customer;
  }

  #settle(offer: Offer, outcome: KnownOutcome): void {
    this.#owner.dispatch({ type: 'settled', offer, outcome });
    this.follow(offer, outcome);
  }

  /**
   * What an outcome brings with it.
   * @param isTold an earlier page has heard of it, and may have counted it.
   */
  follow(offer: Offer, outcome: KnownOutcome, isTold?: boolean): void {
    switch (outcome.status) {
      case 'pending':
        // It rejects only when its visit ends.
        return void this.#poll(offer, outcome).catch(() => {});
      case 'completed':
        if (!isTold) {
          if (!offer.preview) tellOtherTabs();
          this.#keep({ offer, fulfillmentId: outcome.fulfillmentId, isTold: true });
          this.#owner.emit(new OfferFulfilledEvent(offer, outcome.acceptedBefore));
        }
        return this.#attempt(() => this.#unlock(offer));
      case 'redirect':
      case 'checkout':
        return atReturn(this.#visit, () => this.#checkAgain(outcome, offer));
      case 'failed':
        forget(this.#receiptName);
        return this.#owner.emit(new OfferFailedEvent(offer, outcome.code));
    }
  }

  async #poll(offer: Offer, pending: Pending): Promise<void> {
    const { acceptedBefore } = pending;
    const onOverdue = () => this.#owner.dispatch({ type: 'overdue', offer });
    const settled = await settledOutcome(this.#patience, pending, onOverdue);
    this.#settle(offer, { ...settled, ...(acceptedBefore && { acceptedBefore }) });
  }

  async #unlock({ preview }: Offer): Promise<void> {
    const { feature, used } = this.#owner.host;
    if (feature && !(await isGranted(this.#patience, feature, used))) return;
    forget(this.#receiptName);
    if (feature) this.unlocked(preview);
  }

  /** The customer has the feature that was offered, and hears so. */
  unlocked(preview?: true): void {
    this.#owner.answer({ access: 'granted', offer: null, ...(preview && { preview }) });
    this.#owner.dispatch({ type: 'receipt', isShown: true });
    const end = () => this.#owner.dispatch({ type: 'receipt', isShown: false });
    // A visit that ends is no reason to show it on the next one.
    void this.#patience.wait(RECEIPT_MS, this.#visit).then(end, end);
  }

  /** What is on the page when the customer comes back is as old as the click that left it. */
  #checkAgain(away: Away, offer: Offer, isPaid = false): void {
    this.#attempt(async () => {
      // It may have ended meanwhile, by another way back.
      if (this.#owner.state.status !== away.status) return;
      this.#owner.dispatch({ type: 'settled', offer, outcome: isPaid ? paid(away) : returned(away) });
      const outcome = await readFulfillment(this.#patience, away.fulfillmentId);
      this.#settle(offer, isPaid && outcome.status === 'checkout' ? paid(outcome) : returned(outcome));
    });
  }

  #attempt(work: () => Promise<void>): void {
    void this.#owner.attempt(work, this.#visit);
  }
}

/** The option with this id, or the first one. */
function optionOf({ options }: Offer, optionId?: string, chosen?: string): OfferOption | undefined {
  const named = options.find(({ id }) => id === (optionId ?? chosen));
  // What was chosen may be of another offer.
  return named ?? (optionId === undefined ? options[0] : undefined);
}

function leaveEvent(state: OfferState): OfferCheckoutEvent | OfferRedirectEvent | undefined {
  if (state.status === 'checkout') {
    return new OfferCheckoutEvent(state.offer, state.layout, Promise.resolve(state.hostedPage), state.url);
  }
  return 'url' in state && state.url ? new OfferRedirectEvent(state.offer, state.url) : undefined;
}

/** Whether the offer has ended, or the proxy no longer knows it: trying again would not help. */
export function isGone(error: unknown): boolean {
  return isProxyError(error) && (error.code === 'offer_expired' || error.code === 'not_found');
}
