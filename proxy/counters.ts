/** What the proxy counts. `run/metrics.ts` counts it for Prometheus; hosts without metrics count nothing. */
import type { Access, Why } from './contract.js';

export interface Counters {
  request(labels: { method: string; route: string; status: number }): void;
  /** An answer to a page that asked for an offer. `why` is `offer` if there is one. */
  answer(labels: { access: Access | 'not asked'; why: Why | 'offer' }): void;
  /** A call to Chargebee. The status is `none` if there was no answer. */
  call(labels: { operation: string; status: number | 'none' }): void;
  /** A question that the store answered (`hit`), or only Chargebee could (`miss`). */
  lookup(labels: { kind: 'offer' | 'entitlement'; result: 'hit' | 'miss' }): void;
}

export const UNCOUNTED: Counters = { request() {}, answer() {}, call() {}, lookup() {} };
