/**
 * What happens once an offer is accepted, to the end of its fulfillment. Loaded with the first acceptance, before it is
 * sent: nothing is accepted that could not be followed.
 */
import type { Offer, OfferAnswer, Outcome } from '../proxy/contract.js';
import { OfferAcceptedEvent, OfferFailedEvent, OfferFulfilledEvent } from './events.js';
import { createFulfillment, isGranted, readFulfillment, settledOutcome, type Patience } from './fulfillment.js';
import type { OfferAction } from './offer-state.js';
import type { Asker } from './question.js';

/** What the controller lends to an acceptance. */
export interface Stage extends Patience {
  readonly asker: Asker;
  dispatch(action: OfferAction): boolean;
  /** Fires an event after the drawing. */
  emit(event: Event): void;
  answer(answer: OfferAnswer): void;
  /** Does what may take its time; what fails there is told to the page. */
  attempt(work: () => Promise<void>): void;
}

/** There is a next page, and the customer has to go there. */
type Away = Extract<Outcome, { status: 'redirect' | 'checkout' }>;

/** @throws ProxyError */
export async function accept(stage: Stage, offer: Offer, optionId: string): Promise<Outcome> {
  const outcome = await createFulfillment(stage, offer.id, optionId);
  stage.dispatch({ type: 'settled', outcome });
  stage.emit(new OfferAcceptedEvent(offer, optionId, outcome));
  follow(stage, offer, outcome);
  return outcome;
}

function settle(stage: Stage, offer: Offer, outcome: Outcome): void {
  stage.dispatch({ type: 'settled', outcome });
  follow(stage, offer, outcome);
}

/** What an outcome brings with it. */
function follow(stage: Stage, offer: Offer, outcome: Outcome): void {
  switch (outcome.status) {
    case 'pending':
      return stage.attempt(async () => {
        const settled = await settledOutcome(stage, outcome);
        if (settled) settle(stage, offer, settled);
        else stage.dispatch({ type: 'overdue' });
      });
    case 'completed':
      stage.emit(new OfferFulfilledEvent(offer, outcome.acceptedBefore));
      return stage.attempt(() => unlock(stage));
    case 'redirect':
    case 'checkout':
      return atReturn(stage.signal, () => stage.attempt(() => resume(stage, offer, outcome)));
    case 'failed':
      return stage.emit(new OfferFailedEvent(offer, outcome.code));
  }
}

async function unlock(stage: Stage): Promise<void> {
  const { feature, used } = stage.asker;
  if (feature && (await isGranted(stage, feature, used))) stage.answer({ access: 'granted', offer: null });
}

/** What a page shows that the browser kept and brings back is as old as the click that left it. */
async function resume(stage: Stage, offer: Offer, away: Away): Promise<void> {
  stage.dispatch({ type: 'settled', outcome: { ...away, acceptedBefore: 'you' } });
  const outcome = await readFulfillment(stage, away.fulfillmentId);
  settle(stage, offer, { ...outcome, acceptedBefore: 'you' });
}

function atReturn(signal: AbortSignal, run: () => void): void {
  window.addEventListener('pageshow', ({ persisted }) => persisted && run(), { once: true, signal });
}
