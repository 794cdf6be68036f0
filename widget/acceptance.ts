/**
 * What happens once an offer is accepted, to the end of its fulfillment: also on the next page, after a reload, or after
 * Back. Loaded with the first acceptance, before it is sent: nothing is accepted that could not be followed.
 */
import type { Offer, Outcome } from '../proxy/contract.js';
import { openCheckout } from './checkout.js';
import {
  OfferAcceptedEvent,
  OfferAcceptEvent,
  OfferCheckoutEvent,
  OfferFailedEvent,
  OfferFulfilledEvent,
  OfferRedirectEvent,
} from './acceptance-events.js';
import { acceptanceTransition, type AcceptanceAction } from './acceptance-state.js';
import {
  createFulfillment,
  isGranted,
  readAccess,
  readFulfillment,
  settledOutcome,
  type Patience,
  type Pending,
} from './fulfillment.js';
import { isOpen, type OfferState } from './offer-state.js';
import { pageMemory } from './page-memory.js';
import { isGone } from './proxy-error.js';
import { topicOf } from './question.js';
import { readReceipt, type Receipt } from './receipt.js';
import { remember } from './session.js';
import type { Stage } from './stage.js';
import { face } from './views/face.js';

/** There is a next page, and the customer has to go there. */
type Away = Extract<Outcome, { status: 'redirect' | 'checkout' }>;

export class Acceptance {
  /** What to say of the state. */
  readonly face = face;

  readonly #stage: Stage;
  readonly #patience: Patience;
  /** Where this session keeps the receipt of this customer. */
  readonly #receipt: string;

  /** @param signal ends all waiting. */
  constructor(stage: Stage, signal: AbortSignal) {
    this.#stage = stage;
    this.#patience = { call: stage.call, wait: stage.wait, signal };
    this.#receipt = `accepted ${topicOf(stage.host)}`;
  }

  /** @param optionId the first option when absent. @throws ProxyError */
  async accept(optionId?: string): Promise<void> {
    const state = this.#stage.state();
    if (!isOpen(state)) return;
    const { offer } = state;
    const option = offer.options.find(({ id }) => id === (optionId ?? offer.options[0]?.id));
    if (!option) return console.warn(`<upgrade-offer> has no option "${optionId}" to accept.`);
    if (!this.#stage.host.dispatchEvent(new OfferAcceptEvent(offer, option))) return;
    this.#dispatch({ type: 'accepted', optionId: option.id });
    await (await this.#stage.load()).decide((encounter) => encounter.see(offer));
    try {
      await this.#accept(offer, option.id);
    } catch (error) {
      if (isGone(error)) this.#dispatch({ type: 'gone' });
      throw error;
    }
  }

  /** Accepts, and takes the customer to the next page where there is one. */
  async #accept(offer: Offer, optionId: string): Promise<void> {
    // What was answered before must not sell to somebody who has paid.
    pageMemory().asked = [];
    const outcome = await createFulfillment(this.#patience, offer.id, optionId);
    if ('fulfillmentId' in outcome) remember(this.#receipt, { offer, fulfillmentId: outcome.fulfillmentId });
    this.#dispatch({ type: 'settled', outcome });
    this.#stage.emit(new OfferAcceptedEvent(offer, optionId, outcome));
    this.#follow(offer, outcome);
    await this.#stage.host.updateComplete;
    const state = { ...outcome, offer };
    if ('url' in outcome && !outcome.acceptedBefore && this.mayLeave(state)) location.assign(outcome.url);
  }

  /** Finds an acceptance of this session again. Whoever has what was offered sees it at once, and no news of it. */
  async resume(readOffer: (value: unknown) => Offer): Promise<boolean> {
    const receipt = readReceipt(this.#receipt, readOffer);
    const isKnown = receipt !== undefined && (await this.#resume(receipt));
    if (!isKnown) this.forget();
    return isKnown;
  }

  /** The customer knows how it stands. */
  forget(): void {
    remember(this.#receipt);
  }

  /** Whether the browser goes to the next page by itself. Called within a click: what comes later could be blocked. */
  mayLeave(state: OfferState): boolean {
    const event = leaveEvent(state);
    if (!event || !this.#stage.host.dispatchEvent(event)) return false;
    return state.status !== 'checkout' || !openCheckout(state, (isPaid) => this.#lookAgain(state, state.offer, isPaid));
  }

  async #resume({ offer, fulfillmentId }: Receipt): Promise<boolean> {
    const { feature, used } = this.#stage.host;
    const access = feature && (await readAccess(this.#patience, feature, used).catch(() => undefined));
    if (access === 'granted') {
      this.forget();
      this.#stage.answer({ access, offer: null });
      return true;
    }
    try {
      const outcome = await readFulfillment(this.#patience, fulfillmentId);
      await this.#stage.load();
      this.#patience.signal.throwIfAborted();
      const stands = returned(outcome);
      this.#dispatch({ type: 'resumed', offer, outcome: stands });
      this.#follow(offer, stands);
      return true;
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  }

  #settle(offer: Offer, outcome: Outcome): void {
    this.#dispatch({ type: 'settled', outcome });
    this.#follow(offer, outcome);
  }

  /** What an outcome brings with it. */
  #follow(offer: Offer, outcome: Outcome): void {
    const { signal } = this.#patience;
    switch (outcome.status) {
      case 'pending':
        return this.#attempt(async () => {
          const { acceptedBefore } = outcome;
          const settled = await settledOutcome(this.#patience, outcome);
          if (settled) this.#settle(offer, { ...settled, ...(acceptedBefore && { acceptedBefore }) });
          else this.#dispatch({ type: 'overdue' });
        });
      case 'completed':
        this.#stage.emit(new OfferFulfilledEvent(offer, outcome.acceptedBefore));
        return this.#attempt(() => this.#unlock());
      case 'redirect':
      case 'checkout':
        return atReturn(signal, () => this.#lookAgain(outcome, offer));
      case 'failed':
        this.forget();
        return this.#stage.emit(new OfferFailedEvent(offer, outcome.code));
    }
  }

  async #unlock(): Promise<void> {
    const { feature, used } = this.#stage.host;
    if (feature && !(await isGranted(this.#patience, feature, used))) return;
    this.forget();
    if (feature) this.#stage.answer({ access: 'granted', offer: null });
  }

  /** What a page shows that the customer comes back to is as old as the click that left it. */
  #lookAgain(away: Away, offer: Offer, isPaid = false): void {
    this.#attempt(async () => {
      this.#dispatch({ type: 'settled', outcome: isPaid ? paid(away) : returned(away) });
      const outcome = await readFulfillment(this.#patience, away.fulfillmentId);
      this.#settle(offer, isPaid && outcome.status === 'checkout' ? paid(outcome) : returned(outcome));
    });
  }

  #dispatch(action: AcceptanceAction): void {
    this.#stage.become(acceptanceTransition(this.#stage.state(), action));
  }

  #attempt(work: () => Promise<void>): void {
    void this.#stage.attempt(work, this.#patience.signal);
  }
}

function leaveEvent(state: OfferState): Event | undefined {
  if (state.status === 'redirect') return new OfferRedirectEvent(state.offer, state.url);
  if (state.status === 'checkout') return new OfferCheckoutEvent(state.offer, state);
  return undefined;
}

/**
 * As it looks to who comes back: there is no being taken anywhere. Chargebee's hosted page leads back with its id; that is
 * no proof of a payment, and decides about words only.
 */
function returned(outcome: Outcome): Outcome {
  if (outcome.status !== 'checkout' && outcome.status !== 'redirect') return outcome;
  const query = new URLSearchParams(location.search);
  const isPaid = outcome.status === 'checkout' && query.get('id') === outcome.hostedPage.id;
  return isPaid && query.get('state') === 'succeeded' ? paid(outcome) : { ...outcome, acceptedBefore: 'you' };
}

function paid({ fulfillmentId }: Away): Pending {
  return { status: 'pending', fulfillmentId, pollAfterMs: 1_000 };
}

/** Back from the next page: the browser has kept this one, or it was opened beside it. */
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
