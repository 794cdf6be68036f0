/** The check of the stand-in's answers against Chargebee's documents finds what is wrong, and lets pass what is meant so. */
import { Hono } from 'hono';
import { expect, it, onTestFinished } from 'vitest';
import { answerCheck } from '../../demo/sandbox/answer-check.js';
import { API_ERROR_CODES } from '../../demo/sandbox/api-error.js';
import { createPlaybook } from '../../demo/sandbox/playbook.js';
import { createScenarios } from '../../demo/sandbox/scenarios.js';
import { startSandbox } from '../../demo/sandbox/sandbox.js';
import { basic, KEY, startChargebee } from '../support/chargebee-http.js';
import { startStack } from '../support/node-stack.js';
import { watchForOffSpec } from '../support/off-spec.js';

const { customer, accept, event, sandbox } = await startChargebee();

const OFFER = {
  id: 'x_1',
  offer_id: 'x',
  content: { title: '', description: '' },
  options: [{ id: 'o', label: 'Buy', processing_type: 'checkout', processing_layout: 'in_app' }],
};
const [OPTION] = OFFER.options;
const FULFILLMENT = {
  id: 'f',
  personalized_offer_id: 'x_1',
  option_id: 'o',
  processing_type: 'email',
  status: 'in_progress',
  created_at: 1767225600,
};
const ENTITLEMENT = { subscription_id: 's', is_overridden: false, is_enabled: true };

/** What the check says of this answer to `GET` or `POST /api/v2/…`. */
async function verdict(path: string, answer: Response, method = 'POST'): Promise<string[]> {
  const mistakes: string[] = [];
  const scenarios = createScenarios({
    upgradeUrl: 'https://app.example/',
    playbook: createPlaybook({ fields: {}, plays: [] }),
    startedAt: 0,
  });
  const app = new Hono();
  app.use(
    answerCheck({
      scenarios,
      subjectOf: async () => ({ customer_id: undefined, subscription_id: undefined }),
      isSpoiled: () => false,
      onOffSpec: (mistake) => mistakes.push(mistake),
    }),
  );
  app.all('*', () => answer);
  await app.request(`/api/v2/${path}`, { method });
  return mistakes;
}

it.each([
  ['personalized_offers', 200, { personalized_offers: [OFFER] }, 'PersonalizedOffersAnswer.expires_at'],
  ['personalized_offers', 200, { personalized_offers: [OFFER, OFFER], expires_at: 1 }, 'personalized_offers'],
  [
    'personalized_offers',
    200,
    { personalized_offers: [{ ...OFFER, options: [{ ...OPTION, processing_layout: undefined }] }], expires_at: 1 },
    'PersonalizedOffersAnswer.personalized_offers.0.options.0.processing_layout',
  ],
  [
    'personalized_offers',
    200,
    { personalized_offers: [{ ...OFFER, options: [{ ...OPTION, redirect_url: 'https://x/' }] }], expires_at: 1 },
    'redirect_url is for url_redirect',
  ],
  ['personalized_offers', 200, { personalized_offers: [], expires_at: 1767225600000 }, 'expires_at'],
  ['offer_fulfillments', 200, { offer_fulfillment: FULFILLMENT }, 'does not answer offer_fulfillments with 200'],
  [
    'offer_fulfillments',
    202,
    { offer_fulfillment: { ...FULFILLMENT, processing_type: 'checkout' } },
    'hosted_page is for',
  ],
  [
    'offer_fulfillments/f',
    200,
    { offer_fulfillment: { ...FULFILLMENT, status: 'failed' } },
    'failed_at and error are for',
  ],
  ['offer_fulfillments/f', 200, { offer_fulfillment: { ...FULFILLMENT, note: '' } }, 'offer_fulfillment.note'],
  [
    'subscriptions/s/subscription_entitlements',
    200,
    { list: [{ subscription_entitlement: { ...ENTITLEMENT, name: 'n'.repeat(51) } }] },
    'subscription_entitlement.name',
  ],
  ['subscriptions/s/subscription_entitlements', 200, { list: [], next_offset: '' }, 'next_offset'],
  ['personalized_offers', 403, { message: 'm', api_error_code: 'lock_timeout' }, 'ErrorAnswer of 403.api_error_code'],
  [
    'personalized_offers',
    401,
    { message: 'm', type: 'payment', api_error_code: 'api_authentication_failed' },
    'ErrorAnswer of 401.type',
  ],
  ['estimates/update_subscription_for_items', 200, { estimate: { created_at: 1 } }, 'EstimateAnswer.estimate.object'],
  ['personalized_offers', 418, {}, 'does not answer personalized_offers with 418'],
])('finds what is wrong in %s %i %j', async (path, status, body, place) => {
  const mistakes = await verdict(path, Response.json(body, { status }));
  expect(mistakes.join('\n')).toContain(place);
});

it('finds a body where there should be none, HTML, and a Retry-After in words', async () => {
  expect(await verdict('offer_events', Response.json({}, { status: 200 }))).toHaveLength(1);
  expect(await verdict('offer_events', new Response(null, { status: 204 }))).toEqual([]);
  expect((await verdict('personalized_offers', new Response('<html>', { status: 500 }))).join()).toContain('not JSON');
  const busy = { message: 'm', type: 'operation_failed', api_error_code: 'lock_timeout' };
  const headers = { 'retry-after': 'soon' };
  expect(await verdict('personalized_offers', Response.json(busy, { status: 429, headers }))).toEqual([
    'POST /api/v2/personalized_offers was answered off-spec: Retry-After is no number of seconds: soon',
  ]);
});

it('has every error code that the stand-in knows', async () => {
  for (const code of API_ERROR_CODES) {
    sandbox.faults.add({ operation: '*', kind: 'refused', code, times: 1 });
    await customer().asks();
  }
});

/** An id of 60 characters is too long. */
const newId = () => 'i'.repeat(60);
const TOO_LONG = 'PersonalizedOffersAnswer.personalized_offers.0.id: cannot be longer than 50 characters';

const askAt = (url: string) =>
  fetch(`${url}/api/v2/personalized_offers`, {
    method: 'POST',
    headers: { Authorization: basic(KEY), 'Content-Type': 'application/json' },
    body: JSON.stringify({ customer_id: 'cus_email_1' }),
  });

it('fails the test in which the stand-in leaves the documents, and not the next one', async () => {
  const { onOffSpec, assertNone } = watchForOffSpec();
  const { url, close } = await startSandbox({ onOffSpec, newId });
  onTestFinished(close);
  await askAt(url);
  expect(assertNone).toThrow(TOO_LONG);
  expect(assertNone).not.toThrow();
});

it('fails the tests of the proxy when their stack closes', async () => {
  const stack = await startStack({ sandbox: { newId } });
  await askAt(stack.sandboxUrl);
  await expect(stack.close()).rejects.toThrow(TOO_LONG);
});

it('lets pass what is off-spec on purpose', async () => {
  const offer = await customer('new-processing-type').offer();
  await accept(offer);
  await event(offer, 'viewed');
  for (const kind of ['html', 'empty', 'null', 'text'] as const) {
    sandbox.faults.add({ operation: '*', kind, times: 1 });
    // An empty answer is no JSON.
    await customer()
      .asks()
      .catch(() => undefined);
  }
  sandbox.faults.add({ operation: '*', kind: 'busy', retryAfter: 'soon', times: 1 });
  await customer().asks();
});

it.each([...scenarioNames()])('answers customers of scenario %s in the form of the documents', async (scenario) => {
  if (scenario.startsWith('fault-')) return;
  const who = customer(scenario);
  const offer = await who.offer({ storage_used_percent: 90 });
  if (offer) await accept(offer);
  await who.entitlement('advanced-analytics').catch(() => undefined);
});

function scenarioNames() {
  const playbook = createPlaybook({ fields: {}, plays: [] });
  return createScenarios({ upgradeUrl: 'https://app.example/', playbook, startedAt: 0 }).named.keys();
}

it('can name each scenario in an id of 50 characters, with eight digits of a test', () => {
  expect([...scenarioNames()].filter((name) => `cus_${name}_12345678`.length > 50)).toEqual([]);
});
