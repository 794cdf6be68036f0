/**
 * How "Chargebee" treats a customer, chosen by the customer's id like the outcome of a payment by a test card's number.
 *
 * An id belongs to a scenario when it is the scenario's name, or begins with it followed by `_` or `-`: `checkout` and
 * `checkout_7f3a` alike, so that every test can have a customer of its own. A leading `cus_` or `sub_` does not count:
 * customer `cus_entitled_1` and subscription `sub_entitled_1` go together. The longest name wins (`checkout-in-app_1` is
 * not `checkout`). An id that no scenario names is an ordinary customer, and meets what the playbook says.
 */
import type { Entitlement } from './entitlement-level.js';
import type { Fault } from './faults.js';
import type { PlaybookInForce } from './playbook.js';
import type { Play } from './plays.js';
import { namedScenarios } from './named-scenarios.js';

export interface Scenario {
  readonly says: string;
  /** Under which heading the page lists it. */
  readonly about: 'offers' | 'fulfillments' | 'entitlements' | 'faults';
  /** Instead of the playbook's. They are for everyone, whatever fields are sent. */
  readonly plays?: readonly Play[];
  /** Instead of what the playbook says of the same features, and after the rest, in the order of Chargebee's list. */
  readonly entitlements?: readonly Entitlement[];
  /** Only sites with several brands have one. */
  readonly brand?: { readonly id: string; readonly name: string };
  /** Befalls every call about this customer. */
  readonly fault?: Fault;
}

/** A scenario with what it leaves to the playbook. */
export interface Treatment extends Pick<Scenario, 'brand' | 'fault'> {
  readonly plays: readonly Play[];
  readonly entitlements: readonly Entitlement[];
}

export interface Scenarios {
  readonly named: ReadonlyMap<string, Scenario>;
  /** By customer id, or by subscription id where no customer is known. */
  of(id: string): Treatment;
}

export interface ScenariosOptions {
  readonly upgradeUrl: string;
  readonly playbook: PlaybookInForce;
  /** Unix milliseconds; what ends after a day ends a day after this. */
  readonly startedAt: number;
}

export function createScenarios({ playbook, ...options }: ScenariosOptions): Scenarios {
  const named = new Map(Object.entries(namedScenarios(options)));
  const longestFirst = [...named.keys()].toSorted((one, other) => other.length - one.length);
  return {
    named,
    of(id) {
      const bare = id.replace(/^(cus|sub)_/, '');
      const name = longestFirst.find((each) => [each, `${each}_`, `${each}-`].includes(bare.slice(0, each.length + 1)));
      const { plays, entitlements } = playbook.current();
      const { entitlements: own = [], ...scenario } = (name !== undefined && named.get(name)) || {};
      const ownIds = new Set(own.map(({ feature }) => feature.feature_id));
      const kept = entitlements.filter(({ feature }) => !ownIds.has(feature.feature_id));
      return { plays, ...scenario, entitlements: [...kept, ...own] };
    },
  };
}
