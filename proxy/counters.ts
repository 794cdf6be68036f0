/**
 * What the proxy counts. `run/metrics.ts` counts it for Prometheus; hosts without metrics count nothing. Each label has few
 * values: never an id, a path, or a text that somebody else makes up.
 */
import type { ErrorCode, Access, FailureCode, OfferEventType, OptionAction, Outcome, Why } from './contract.js';

export interface Counters {
  /** `route` is the pattern of its path. */
  request(labels: { method: string; route: string; status: number }, tookMs: number): void;
  /** A request that was refused with 401, by the code of its error. */
  refusal(labels: { cause: ErrorCode }): void;
  /** An answer to a page that asked for an offer. `why` is `offer` if there is one. */
  answer(labels: { access: Access | 'not asked'; why: Why | 'offer' }): void;
  /** What a customer did with an offer, other than accepting it. */
  event(labels: { type: OfferEventType }): void;
  /** A click that accepts: the status of its outcome, or the code of its error. `repeated`: the offer was accepted before. */
  acceptance(labels: { action: OptionAction; outcome: Outcome['status'] | ErrorCode | 'repeated' }): void;
  /** A fulfillment has ended: completed, or failed with a code. */
  fulfillment(labels: { action: OptionAction; end: 'completed' | FailureCode }): void;
  /**
   * A call to Chargebee. The status is `none` if there was no answer; the code is Chargebee's, `none` in an answer without
   * one, and `other` if this version does not know it.
   */
  call(labels: { operation: string; status: number | 'none'; code: string }, tookMs: number): void;
  /** A question that the store answered (`hit`), or only Chargebee could (`miss`). */
  lookup(labels: { kind: 'offer' | 'entitlement'; result: 'hit' | 'miss' }): void;
}

export const UNCOUNTED: Counters = {
  request() {},
  refusal() {},
  answer() {},
  event() {},
  acceptance() {},
  fulfillment() {},
  call() {},
  lookup() {},
};
