/** One scenario: how "Chargebee" treats the customers whose id names it. */
import type { Entitlement } from './entitlement-level.js';
import type { Fault } from './fault.js';
import type { Play } from './plays.js';
import type { SubscriptionStatus } from './subscription-status.js';

export interface Scenario {
  readonly says: string;
  /** The heading that the page lists it under. */
  readonly about: 'offers' | 'fulfillments' | 'entitlements' | 'faults';
  /** Replaces the playbook's plays, for every field that a request may send. */
  readonly plays?: readonly Play[];
  /** Replaces what the playbook says of the same features; listed after the rest, in Chargebee's order. */
  readonly entitlements?: readonly Entitlement[];
  /** Only sites with several brands have one. */
  readonly brand?: { readonly id: string; readonly name: string };
  /** Applies to every call about this customer. */
  readonly fault?: Fault;
  /** Of the subscription; `active` when it is left out. `null`: Chargebee has no such subscription. */
  readonly status?: SubscriptionStatus | null;
  /** Why answers about this customer are not in Chargebee's form on purpose. */
  readonly offSpec?: string;
}

/** A scenario, completed by the playbook. */
export interface Treatment extends Pick<Scenario, 'brand' | 'fault' | 'status' | 'offSpec'> {
  readonly plays: readonly Play[];
  readonly entitlements: readonly Entitlement[];
}
