/** The scenarios by name. `scenarios.ts` says which customer ids belong to which name. */
import { DAY_MS } from './durations.js';
import type { Entitlement } from './entitlement-level.js';
import { ADVANCED_ANALYTICS, API_CALLS, SEATS, STORAGE, SUPPORT_LEVEL, UNTYPED_ANALYTICS } from './features.js';
import { statusOfCode, type ApiErrorCode } from './api-error.js';
import type { Fault } from './fault.js';
import { ANALYTICS_CONTENT, STORAGE_CONTENT } from './ordinary-playbook.js';
import type { Option, Play } from './plays.js';
import type { Scenario } from './scenario.js';

export interface NamedScenariosOptions {
  /** Where `url_redirect` leads. */
  readonly upgradeUrl: string;
  /** Unix milliseconds: an entitlement that lasts a day ends a day after this. */
  readonly startedAt: number;
}

const SLOW_MS = 5000;
const BUSY_SECONDS = 30;

type NewOption = Omit<Option, 'id'>;

export function namedScenarios({ upgradeUrl, startedAt }: NamedScenariosOptions): Record<string, Scenario> {
  const redirect = { label: 'Unlock now', processing_type: 'url_redirect', redirect_url: upgradeUrl };
  const buy = { label: 'Buy now', processing_type: 'checkout' };
  const sales = { label: 'Talk to sales', processing_type: 'email' };
  const request = { label: 'Request access', processing_type: 'webhook' };
  const credits = { label: 'Pay with credits', processing_type: 'wallet_credit' };
  const add = { label: 'Add 100 GB storage', processing_type: 'billing_update' };
  const tomorrow = { until: startedAt + DAY_MS };

  return {
    nothing: { about: 'offers', says: 'No play matches this customer: always an empty list.', plays: [] },
    'two-options': sells('Chooses between two buttons, url_redirect and email.', redirect, sales),
    'every-option': sells('Chooses between all five processing types.', add, buy, redirect, request, sales),
    checkout: sells('Pays on a full-page hosted checkout.', { ...buy, processing_layout: 'full_page' }),
    'checkout-in-app': sells('Pays on a hosted checkout over the app.', { ...buy, processing_layout: 'in_app' }),
    'billing-update-page': sells('Gets a page to go to after the billing_update.', {
      ...add,
      redirect_url: upgradeUrl,
    }),
    email: sells('Gets an email (no mail is really sent); the app reports how it ended.', sales),
    webhook: sells("The app's webhook is called (not really); the app reports how it ended.", request),
    'new-processing-type': {
      ...sells('Gets a processing_type that does not exist yet.', credits),
      offSpec: 'A processing_type that Chargebee may add.',
    },
    branded: { about: 'offers', says: 'The answer names a brand.', brand: { id: '1d5', name: 'Acme' } },

    'redirect-completed': ends('url_redirect is completed at once.', analyticsPlay([redirect], 'at_once')),
    'never-finishes': ends('billing_update stays in progress until the seven days are over.', storagePlay('never')),
    'billing-fails': ends('billing_update fails, with billing_update_failed.', storagePlay('billing_update_failed')),
    billing_update_failed: ends('The same, named after the code.', storagePlay('billing_update_failed')),
    internal_error: ends('billing_update fails, with internal_error.', storagePlay('internal_error')),
    checkout_abandoned: ends(
      'The checkout counts as abandoned after the delay instead of three hours.',
      analyticsPlay([buy], 'checkout_abandoned'),
    ),
    external_fulfillment_failed: ends(
      'A webhook fulfillment fails as if the app had reported it.',
      analyticsPlay([request], 'external_fulfillment_failed'),
    ),
    fulfillment_expired: ends(
      'An email fulfillment fails as if seven days had passed.',
      analyticsPlay([sales], 'fulfillment_expired'),
    ),

    entitled: has('Has Advanced Analytics.', ANALYTICS),
    'entitled-available': has('Has it with the level "available".', { ...ANALYTICS, value: 'available' }),
    'entitled-disabled': has('Has it, but is_enabled is false.', { ...ANALYTICS, is_enabled: false }),
    'entitled-quantity': has('Has 25 seats (seats, quantity).', { feature: SEATS, value: '25' }),
    'entitled-range': has('Has 5000 calls a day (api-calls, range).', { feature: API_CALLS, value: '5000' }),
    'entitled-custom': has('Has gold support (support-level, custom).', { feature: SUPPORT_LEVEL, value: 'gold' }),
    'entitled-unlimited': has('Has unlimited storage (storage-gb).', { feature: STORAGE, value: 'unlimited' }),
    'entitled-by-items': has(
      'Plan and addons add up: 5 + 2 × 10 seats, 8000 + 4000 calls capped at 10000, chat beats email, one item has analytics.',
      { feature: SEATS, value: '5' },
      { feature: SEATS, value: '10', quantity: 2 },
      { feature: API_CALLS, value: '8000' },
      { feature: API_CALLS, value: '4000' },
      { feature: SUPPORT_LEVEL, value: 'chat' },
      { feature: SUPPORT_LEVEL, value: 'email' },
      { ...ANALYTICS, value: 'false' },
      ANALYTICS,
    ),
    'entitled-override': has(
      'The plan lacks Advanced Analytics; an override of the subscription adds it.',
      { ...ANALYTICS, value: 'false' },
      { ...ANALYTICS, override: true },
    ),
    'entitled-until-tomorrow': has(
      'The same override, but it ends a day after the sandbox started.',
      { ...ANALYTICS, value: 'false' },
      { ...ANALYTICS, override: tomorrow },
    ),
    'not-entitled': has('Advanced Analytics is listed, but "false".', { ...ANALYTICS, value: 'false' }),
    'entitled-scheduled': has('An override adds it, a day after the sandbox started.', {
      ...ANALYTICS,
      override: { from: startedAt + DAY_MS },
    }),
    'entitled-no-value': has('Has it as an enabled switch without a value.', { feature: ADVANCED_ANALYTICS }),
    'entitled-untyped': has('Has it without a type and a value.', { feature: UNTYPED_ANALYTICS }),
    'in-trial': { ...has('Has it, in a trial.', ANALYTICS), status: 'in_trial' },
    'non-renewing': { ...has('Has it until the term ends.', ANALYTICS), status: 'non_renewing' },
    paused: { ...has('The subscription is paused, but still lists Advanced Analytics.', ANALYTICS), status: 'paused' },
    cancelled: { ...has('The subscription is cancelled, but still lists it.', ANALYTICS), status: 'cancelled' },
    unknown: { about: 'entitlements', says: 'Chargebee has no such subscription: 404.', plays: [], status: null },
    'many-entitlements': has('Has 121 features; Advanced Analytics is the last.', ...numbered(119), ANALYTICS),

    'fault-slow': meets('Every answer is 5 seconds late.', { kind: 'slow', delayMs: SLOW_MS }),
    'fault-500': meets('Every call is answered 500 internal_error.', { kind: 'error' }),
    'fault-503': meets('Every call is answered 503 internal_temporary_error.', { kind: 'unavailable' }),
    'fault-502': meets("Every call is answered 502 with an edge server's HTML page.", { kind: 'html' }),
    'fault-429': meets('Every call is answered 429, with Retry-After.', { kind: 'busy', retryAfter: BUSY_SECONDS }),
    'fault-third-party-limit': refused('third_party_api_request_limit_exceeded'),
    'fault-lock-timeout': refused('lock_timeout'),
    'fault-basic-auth': refused('basic_authentication_failed'),
    'fault-403': refused('api_authorization_failed'),
    'fault-blocked': refused('request_blocked'),
    'fault-site-not-found': refused('site_not_found'),
    'fault-422': refused('unable_to_process_request'),
    'fault-site-not-ready': refused('site_not_ready'),
    'fault-site-read-only': refused('site_read_only_mode'),
    'fault-db-connection': refused('db_connection_failure'),
    'fault-404-page': meets("Every call is answered 404 with an edge server's HTML page.", {
      kind: 'html',
      status: 404,
    }),
    'fault-null': meets('Every answer is 200 with JSON null.', { kind: 'null' }),
    'fault-text': meets('Every answer is 200 with text.', { kind: 'text' }),
    'fault-drop': meets('Every connection is dropped without an answer.', { kind: 'drop' }),
    'fault-empty': meets('Every answer is 200 with an empty body.', { kind: 'empty' }),
    'fault-half': meets('Every answer breaks off in the middle; the work is done.', { kind: 'half' }),
  };
}

const ANALYTICS: Entitlement = { feature: ADVANCED_ANALYTICS, value: 'true' };

function ends(says: string, play: Play): Scenario {
  return { about: 'fulfillments', says, plays: [play] };
}

function has(says: string, ...entitlements: Entitlement[]): Scenario {
  return { about: 'entitlements', says, entitlements };
}

function sells(says: string, ...options: NewOption[]): Scenario {
  return { about: 'offers', says, plays: [analyticsPlay(options)] };
}

function meets(says: string, fault: Pick<Fault, 'kind'> & Partial<Fault>): Scenario {
  return { about: 'faults', says, fault: { operation: '*', delayMs: 0, status: 502, after: false, ...fault } };
}

function refused(code: ApiErrorCode): Scenario {
  return meets(`Every call is answered ${statusOfCode(code)} ${code}.`, { kind: 'refused', code });
}

function analyticsPlay(options: readonly NewOption[], ending?: Play['ending']): Play {
  return {
    name: 'Unlock analytics',
    priority: 20,
    audience: [],
    offer: {
      id: 'advancedAnalytics',
      content: ANALYTICS_CONTENT,
      options: options.map((option, index) => ({ id: `6cd5280${index}`, ...option })),
    },
    grants: [{ feature: ADVANCED_ANALYTICS, add: 'true' }],
    ending,
  };
}

function storagePlay(ending: Play['ending']): Play {
  const options = [{ id: 'b94e07d3', label: 'Add 100 GB storage', processing_type: 'billing_update' }];
  const offer = { id: 'moreStorage', content: STORAGE_CONTENT, options };
  return { name: 'Add storage', priority: 10, audience: [], offer, grants: [{ feature: STORAGE, add: '100' }], ending };
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
