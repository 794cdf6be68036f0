/**
 * What the proxy of version 0.1.0 answered, over HTTP and with the sandbox behind it: recorded on 2026-11-28 from commit
 * 50947f7, the last one before the changes of the next version. Never change an answer; when a version is released, record
 * its own and compare with those.
 */
const url = 'http://localhost:5173/app/upgrade.html';
const page = 'http://127.0.0.1:35589/pages/v4/hp_231cfc1a620740feb8167f21ca34767b';

/** To `POST /offers` */
export const EARLIER_ANSWERS = {
  unlocked: { access: 'granted', offer: null, why: 'entitled' },
  empty: { access: 'denied', offer: null, why: 'no_match' },
  offered: {
    access: 'denied',
    offer: {
      id: 'advancedAnalytics_4f47be8b',
      title: '<div class="slate-p">Unlock Advanced Analytics</div>',
      description: '<div class="slate-p">Get advanced dashboards, deeper insights, and custom reports.</div>',
      expiresAt: 1_795_908_611_000,
      options: [{ id: '6cd5280e', label: 'Unlock now' }],
    },
  },
} as const;

/** To `POST /offers/:id/fulfillments` and `GET /fulfillments/:id`, by the status. */
export const EARLIER_OUTCOMES = {
  pending: { status: 'pending', fulfillmentId: '6f25b11e', pollAfterMs: 1000 },
  checkout: {
    status: 'checkout',
    fulfillmentId: '21ddc154',
    url: page,
    layout: 'full_page',
    hostedPage: {
      id: 'hp_231cfc1a620740feb8167f21ca34767b',
      url: page,
      type: 'checkout_existing',
      state: 'created',
      embed: false,
      created_at: 1_795_905_012,
      expires_at: 1_795_915_812,
      object: 'hosted_page',
    },
  },
  redirect: { status: 'redirect', fulfillmentId: 'e224f197', url },
  'redirect again': { status: 'redirect', fulfillmentId: 'd2cf57d4', acceptedBefore: 'you', url },
  'elsewhere by webhook': { status: 'elsewhere', fulfillmentId: '63cb5045', channel: 'webhook' },
  'elsewhere by e-mail': { status: 'elsewhere', fulfillmentId: 'baae6054', channel: 'email' },
  completed: { status: 'completed', fulfillmentId: 'd2cf57d4' },
  failed: { status: 'failed', fulfillmentId: '1d782875', code: 'app_failed' },
} as const;

export const EARLIER_PROBLEMS = {
  notFound: {
    type: 'urn:upgrade-offer:not_found',
    title: 'This customer has nothing with this id.',
    status: 404,
    code: 'not_found',
    requestId: '49dd7520-fd13-4f16-9605-5c8247563769',
  },
  unauthenticated: {
    type: 'urn:upgrade-offer:unauthenticated',
    title: 'The identity token is missing, expired or not valid here.',
    status: 401,
    code: 'unauthenticated',
    requestId: '4143a6ab-101d-4a54-a3e2-cb824dffe233',
  },
} as const;

/** What the requests of its widget had in them. Its proxy refuses anything else. */
export const EARLIER_REQUESTS = {
  question: ['feature', 'used', 'context', 'page'],
  page: ['url', 'referrer', 'locale', 'timezone'],
  event: ['type'],
  acceptance: ['optionId'],
} as const;
