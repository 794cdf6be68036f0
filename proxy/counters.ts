/** What is counted while the proxy works. `metrics.ts` counts for Prometheus; where nobody reads that, nothing counts. */
export interface Counters {
  request(labels: { method: string; route: string; status: number }): void;
  /** A call to Chargebee; `none` is no answer. */
  call(labels: { operation: string; status: number | 'none' }): void;
  /** A question that the store could answer, or only Chargebee. */
  lookup(labels: { kind: 'offer' | 'entitlement'; result: 'hit' | 'miss' }): void;
}

export const UNCOUNTED: Counters = { request() {}, call() {}, lookup() {} };
