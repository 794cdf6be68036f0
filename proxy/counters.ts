/** What the proxy counts. `run/metrics.ts` counts it for Prometheus; hosts without metrics count nothing. */
export interface Counters {
  request(labels: { method: string; route: string; status: number }): void;
  /** A call to Chargebee. The status is `none` if there was no answer. */
  call(labels: { operation: string; status: number | 'none' }): void;
  /** A question that the store answered (`hit`), or only Chargebee could (`miss`). */
  lookup(labels: { kind: 'offer' | 'entitlement'; result: 'hit' | 'miss' }): void;
}

export const UNCOUNTED: Counters = { request() {}, call() {}, lookup() {} };
