/** A customer who comes back from the page that an acceptance has led to. */
import type { Outcome } from '../../../proxy/contract.js';
import type { KnownOutcome } from '../offer-state.js';
import type { Pending } from './fulfillment.js';

/** The customer has to go to another page. */
export type Away = Extract<Outcome, { status: 'redirect' | 'checkout' }>;

/**
 * For a customer who comes back: "Taking you to ..." would be wrong now. Chargebee's hosted page leads back with its id.
 * That is no proof of a payment, and decides about words only.
 */
export function returned(outcome: KnownOutcome): KnownOutcome {
  if (outcome.status !== 'checkout' && outcome.status !== 'redirect') return outcome;
  const query = new URLSearchParams(location.search);
  const isPaid = outcome.status === 'checkout' && query.get('id') === outcome.hostedPage.id;
  return isPaid && query.get('state') === 'succeeded' ? paid(outcome) : { ...outcome, acceptedBefore: 'you' };
}

/** Chargebee takes a while to notice it. */
export function paid({ fulfillmentId }: Away): Pending {
  return { status: 'pending', fulfillmentId, pollAfterMs: 1_000 };
}

/** Back from the next page: the browser has kept this one, or the next one was opened beside it. */
export function atReturn(signal: AbortSignal, run: () => void): void {
  const ended = new AbortController();
  const listen = { signal: AbortSignal.any([signal, ended.signal]) };
  const back = () => {
    ended.abort();
    run();
  };
  addEventListener('pageshow', ({ persisted }) => persisted && back(), listen);
  addEventListener('visibilitychange', () => !document.hidden && back(), listen);
}
