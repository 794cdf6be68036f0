/**
 * How "Chargebee" treats a customer: the customer's id chooses, as a test card's number chooses how a payment ends.
 *
 * An id belongs to a scenario when it is the scenario's name, or begins with it followed by `_` or `-`: both `checkout`
 * and `checkout_7f3a`, so that every test can have its own customer. A leading `cus_` or `sub_` is ignored: customer
 * `cus_entitled_1` and subscription `sub_entitled_1` belong together. The longest name wins (`checkout-in-app_1` is not
 * `checkout`). Any other id is an ordinary customer, who gets what the playbook says.
 */
import { namedScenarios, type NamedScenariosOptions } from './named-scenarios.js';
import type { PlaybookInForce } from './playbook.js';
import type { Scenario, Treatment } from './scenario.js';

export interface Scenarios {
  readonly named: ReadonlyMap<string, Scenario>;
  /** @param id a customer id, or a subscription id when the customer is unknown. */
  of(id: string): Treatment;
}

export interface ScenariosOptions extends NamedScenariosOptions {
  readonly playbook: PlaybookInForce;
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
