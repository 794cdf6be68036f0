/** The fixtures that `mock` knows by name: each state of the element, and each way to it. */
import type { FailureCode, Offer, OfferOption, Outcome } from '../../proxy/contract.js';
import type { MockReply, MockScenario } from '../flow/question/mock-scenario.js';

export type MockName = keyof typeof mockScenarios;

const known = { fulfillmentId: 'ful_mock' };
const hostedPage = { id: 'hp_mock', url: 'https://checkout.example/pay' };
const away = { ...known, url: 'https://app.example/upgrade' };

const pending: Outcome = { status: 'pending', ...known, pollAfterMs: 3_000 };
const completed: Outcome = { status: 'completed', ...known };

/** What charges nothing. */
const TALK = 'Talk to sales';
const TALK_IN_GERMAN = 'Beratungsgespräch mit dem Vertrieb vereinbaren';

/** The latest time that a `Date` can hold. */
const NEVER_MS = 8.64e15;

/** The calm line says the day. */
const SOON_MS = 2 * 24 * 60 * 60_000;

/** More than a browser's timer holds, so it ends at once: all the time for asking again is used up. */
const LONGER_THAN_TIMERS_MS = 2 ** 31;

const upgrade = offer(
  'Unlock Advanced Analytics',
  'See which teams use what, and where the time goes. Reports for <b>every</b> workspace, with no limit.',
  'Unlock now',
);

const plans = offer(
  'Your team has outgrown Starter',
  'You have invited 11 of 10 people this month. Pick the plan that fits, and keep everybody on board.',
  'Go to Team',
  'Go to Business',
);

const storage = offer(
  'Running out of storage?',
  '92 of 100 GB are used. More room is added at once, and billed with your next invoice.',
  'Add 100 GB',
  'Add 500 GB',
  TALK,
);

const german = offer(
  'Rechtsschutzversicherungsgesellschaften vertrauen auf unsere Benutzerberechtigungsverwaltung für Unternehmen',
  'Mit der Geschwindigkeitsüberwachung und den Zusammenarbeitsfunktionen der Unternehmenslizenz behalten Sie auch bei ' +
    'mehreren Tausend Mitarbeiterinnen und Mitarbeitern jederzeit den Überblick über sämtliche Berechtigungen, Freigaben und ' +
    'Aufbewahrungsfristen. Die Umstellung erfolgt unterbrechungsfrei; Ihre bisherigen Vertragsbedingungen bleiben unverändert.',
  'Jetzt kostenpflichtig auf Unternehmenslizenz umstellen',
  TALK_IN_GERMAN,
);

const rich = offer(
  'Two weeks of <em>Insights</em>, on us',
  '<p>What you get:</p><ul><li><b>Forecasts</b> for each workspace</li><li>Exports to CSV and Parquet</li>' +
    '<li>Alerts by mail and in chat</li></ul><p>How it works:</p><ol><li>Start today</li><li>Cancel whenever you like</li></ol>' +
    '<p>The small print is in our <a href="https://app.example/terms">terms</a>.</p>',
  'Start the trial',
);

const bare = offer('Add ten seats to your team', '', 'Add seats');

/** Named as in the `mock` attribute. */
export const mockScenarios = {
  waiting: { offers: 'silence' },
  'one-option': offered(upgrade),
  'two-options': offered(plans),
  'three-options': offered(storage),
  'long-text': offered(german),
  'lists-and-links': offered(rich),
  'no-description': offered(bare),
  'ends-soon': offered({ ...upgrade, expiresAt: Date.now() + SOON_MS }),
  accepting: accepted('silence'),
  interrupted: accepted('no_network', pending, completed),
  pending: accepted(pending, completed),
  'pending-long': accepted({ ...pending, pollAfterMs: 10_000 }),
  overdue: accepted({ ...pending, pollAfterMs: LONGER_THAN_TIMERS_MS }),
  completed: accepted(completed),
  redirect: accepted({ status: 'redirect', ...away }),
  checkout: accepted({ status: 'checkout', ...away, layout: 'full_page', hostedPage }),
  'checkout-in-app': accepted({ status: 'checkout', ...away, layout: 'in_app', hostedPage }),
  returned: accepted({ status: 'redirect', ...away, acceptedBefore: 'you' }),
  'returned-by-colleague': accepted({ status: 'redirect', ...away, acceptedBefore: 'colleague' }),
  'elsewhere-email': accepted({ status: 'elsewhere', ...known, channel: 'email' }),
  'elsewhere-webhook': accepted({ status: 'elsewhere', ...known, channel: 'webhook' }),
  'already-accepted': accepted({ status: 'already_accepted', acceptedBefore: 'you' }),
  'accepted-by-colleague': accepted({ status: 'already_accepted', acceptedBefore: 'colleague' }),
  'pending-by-colleague': accepted({ ...pending, pollAfterMs: 10_000, acceptedBefore: 'colleague' }),
  'completed-by-colleague': accepted({ ...completed, acceptedBefore: 'colleague' }),
  'failed-billing': failed('billing_failed'),
  'failed-checkout': failed('checkout_abandoned'),
  'failed-app': failed('app_failed'),
  'failed-expired': failed('expired'),
  'failed-internal': failed('internal'),
  'failed-unsupported': failed('unsupported'),
  gone: accepted({ problem: 'offer_expired' }),
  unlocked: { offers: { access: 'granted', offer: null, why: 'entitled' } },
  locked: { offers: { access: 'denied', offer: null, why: 'no_match' } },
  nothing: { offers: { offer: null, why: 'no_match' } },
  unknown: { offers: { access: 'unknown', offer: null, why: 'access_unknown' } },
  unreachable: { offers: 'no_network' },
} satisfies Record<string, MockScenario>;

export function isMockName(name: string): name is MockName {
  return Object.hasOwn(mockScenarios, name);
}

function offered(offer: Offer): MockScenario {
  return { offers: { offer }, outcomes: [pending, completed] };
}

function accepted(...outcomes: readonly MockReply<Outcome>[]): MockScenario {
  return { offers: { offer: upgrade }, outcomes, isAccepted: true };
}

function failed(code: FailureCode): MockScenario {
  return accepted({ status: 'failed', ...known, code });
}

/** The id comes from the title: what was seen once on a page is not counted again in the next element. */
function offer(title: string, description: string, ...labels: readonly string[]): Offer {
  const id = `mock_${title.replaceAll(/[^a-z]+/gi, '_').slice(0, 40)}`;
  const options = labels.map((label, index): OfferOption => {
    const action = label === TALK || label === TALK_IN_GERMAN ? 'email' : 'billing';
    return { id: `option_${index + 1}`, label, action };
  });
  return { id, campaignId: 'mock', title, description, options, expiresAt: NEVER_MS };
}
