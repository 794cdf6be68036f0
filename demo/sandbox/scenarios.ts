/**
 * How "Chargebee" treats a customer, chosen by the customer's id like the outcome of a payment by a test card's number.
 *
 * An id belongs to a scenario when it is the scenario's name, or begins with it followed by `_` or `-`: `checkout` and
 * `checkout_7f3a` alike, so that every test can have a customer of its own. A leading `cus_` or `sub_` does not count:
 * customer `cus_entitled_1` and subscription `sub_entitled_1` go together. The longest name wins (`checkout-in-app_1` is
 * not `checkout`). An id that no scenario names is an ordinary customer: the two plays of `ordinary-plays.ts`, 100 GB
 * of storage, no Advanced Analytics. A play that only one scenario has is for everyone, whatever fields are sent.
 */
import type { Entitlement } from './entitlements.js';
import { ADVANCED_ANALYTICS, API_CALLS, SEATS, STORAGE, SUPPORT_LEVEL } from './features.js';
import { ANALYTICS_CONTENT, ordinaryPlays, STORAGE_CONTENT } from './ordinary-plays.js';
import type { Option, Play } from './plays.js';

export interface Scenario {
  readonly says: string;
  readonly plays: readonly Play[];
  /** In the order in which Chargebee lists them. */
  readonly entitlements: readonly Entitlement[];
  /** Only sites with several brands have one. */
  readonly brand?: { readonly id: string; readonly name: string };
}

export interface Scenarios {
  readonly named: ReadonlyMap<string, Scenario>;
  /** By customer id, or by subscription id where no customer is known. */
  of(id: string): Scenario;
}

const STORAGE_100: Entitlement = { feature: STORAGE, value: '100' };

export function createScenarios(upgradeUrl: string): Scenarios {
  const named = new Map(Object.entries(namedScenarios(upgradeUrl)));
  const ordinary = { says: 'An ordinary customer.', plays: ordinaryPlays(upgradeUrl), entitlements: [STORAGE_100] };
  const longestFirst = [...named.keys()].toSorted((one, other) => other.length - one.length);
  return {
    named,
    of(id) {
      const bare = id.replace(/^(cus|sub)_/, '');
      const name = longestFirst.find((each) => [each, `${each}_`, `${each}-`].includes(bare.slice(0, each.length + 1)));
      return (name !== undefined && named.get(name)) || ordinary;
    },
  };
}

function namedScenarios(upgradeUrl: string): Record<string, Scenario> {
  const plays = ordinaryPlays(upgradeUrl);
  const has = (says: string, ...more: Entitlement[]) => ({ says, plays, entitlements: [STORAGE_100, ...more] });
  const analytics = { feature: ADVANCED_ANALYTICS, value: 'true' };

  const meets = (says: string, ...only: Play[]) => ({ says, plays: only, entitlements: [STORAGE_100] });
  const sells = (says: string, ...options: NewOption[]) => meets(says, analyticsPlay(options));
  const redirect = { label: 'Unlock now', processing_type: 'url_redirect', redirect_url: upgradeUrl };
  const buy = { label: 'Buy now', processing_type: 'checkout' };
  const sales = { label: 'Talk to sales', processing_type: 'email' };
  const request = { label: 'Request access', processing_type: 'webhook' };
  const credits = { label: 'Pay with credits', processing_type: 'wallet_credit' };

  return {
    entitled: has('Has Advanced Analytics.', analytics),
    'entitled-available': has('Has it with the level "available".', { ...analytics, value: 'available' }),
    'entitled-disabled': has('Has it, but is_enabled is false.', { ...analytics, is_enabled: false }),
    'entitled-quantity': has('Has 25 seats (seats, quantity).', { feature: SEATS, value: '25' }),
    'entitled-range': has('Has 5000 calls a day (api-calls, range).', { feature: API_CALLS, value: '5000' }),
    'entitled-custom': has('Has gold support (support-level, custom).', { feature: SUPPORT_LEVEL, value: 'gold' }),
    'entitled-unlimited': {
      ...has('Has unlimited storage (storage-gb).'),
      entitlements: [{ feature: STORAGE, value: 'unlimited' }],
    },
    'not-entitled': has('Advanced Analytics is listed, but "false".', { ...analytics, value: 'false' }),
    'many-entitlements': has('Has 121 features, Advanced Analytics the last.', ...numbered(119), analytics),
    nothing: meets('No play is for this customer: always an empty list.'),
    checkout: sells('Pays on a full hosted page.', { ...buy, processing_layout: 'full_page' }),
    'checkout-in-app': sells('Pays on a hosted page laid over the app.', { ...buy, processing_layout: 'in_app' }),
    email: sells('Is sent a mail (not really); the app reports how it ended.', sales),
    webhook: sells("The app's webhook is called (not really); the app reports how it ended.", request),
    'two-options': sells('Chooses between two buttons, url_redirect and email.', redirect, sales),
    'new-processing-type': sells('Meets a processing_type that is not invented yet.', credits),
    'redirect-completed': meets('url_redirect comes back completed at once.', analyticsPlay([redirect], 'at_once')),
    'billing-fails': meets('billing_update fails, with billing_update_failed.', storagePlay('fails')),
    branded: { ...has('The answer names a brand.'), brand: { id: '1d5', name: 'Acme' } },
  };
}

type NewOption = Omit<Option, 'id'>;

function analyticsPlay(options: readonly NewOption[], ending?: 'at_once'): Play {
  return {
    name: 'Unlock analytics',
    priority: 20,
    audience: [],
    offer: {
      id: 'advancedAnalytics',
      content: ANALYTICS_CONTENT,
      options: options.map((option, index) => ({ id: `6cd5280${index}`, ...option })),
    },
    grants: [{ feature: ADVANCED_ANALYTICS, set: 'true' }],
    ...(ending && { ending }),
  };
}

function storagePlay(ending: 'fails'): Play {
  const options = [{ id: 'b94e07d3', label: 'Add 100 GB storage', processing_type: 'billing_update' }];
  const offer = { id: 'moreStorage', content: STORAGE_CONTENT, options };
  return { name: 'Add storage', priority: 10, audience: [], offer, grants: [{ feature: STORAGE, add: 100 }], ending };
}

function numbered(count: number): Entitlement[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(3, '0');
    const feature = {
      feature_id: `feature-${number}`,
      feature_name: `Feature ${number}`,
      feature_type: 'switch',
    } as const;
    return { feature, value: 'true' };
  });
}
