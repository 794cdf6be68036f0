/** Everything that a sandbox remembers, and the app that answers from it. A reset drops it and makes a new one. */
import { Hono } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { HTTPException } from 'hono/http-exception';
import { chargebeeApi } from './api.js';
import { answerCheck } from './answer-check.js';
import { ApiError, errorAnswer, errorBody } from './api-error.js';
import { createBilling } from './billing.js';
import { callRecorder } from './call-recorder.js';
import { callSubject } from './call-subject.js';
import { createCheckouts } from './checkouts.js';
import { createClock } from './clock.js';
import { controlRoutes } from './control-routes.js';
import { createEntitlements } from './entitlements.js';
import { createFaults } from './faults.js';
import { createFulfillments } from './fulfillments.js';
import { createGrowth } from './growth.js';
import { knownFeatures } from './known-features.js';
import { createOffers } from './offers.js';
import { ordinaryPlaybook } from './ordinary-playbook.js';
import { checkoutRoutes } from './pages/checkout-routes.js';
import { pageRoutes } from './pages/page-routes.js';
import { createPlaybook } from './playbook.js';
import { PlaybookMistakes } from './playbook-mistakes.js';
import { createRateLimit } from './rate-limit.js';
import { createJournal, sandboxRecords } from './records.js';
import type { SandboxOptions } from './sandbox-options.js';
import { createScenarios } from './scenarios.js';
import { createSettings } from './settings.js';
import { shortId } from './short-id.js';
import type { Site } from './site.js';
import { createSubscriptions } from './subscriptions.js';
import { createWebhooks } from './webhooks.js';

export interface World {
  readonly app: Hono;
  readonly site: Site;
}

/** The page of the demo that `npm start` serves. */
const UPGRADE_URL = 'http://localhost:5173/app/upgrade.html';

const UNAUTHENTICATED = new ApiError('api_authentication_failed', 'Sorry, authentication failed. Invalid API key');

/**
 * @param reset what the Reset of its pages does.
 * @throws PlaybookMistakes
 */
export function createWorld(options: SandboxOptions, reset: () => Promise<void>): World {
  const { site: name = 'acme-test', apiKey = 'test_sandbox', newId = shortId, log = () => {} } = options;
  const { upgradeUrl = UPGRADE_URL, demoUrl } = options;

  const clock = createClock(options.now ?? Date.now);
  const { now } = clock;
  const journal = createJournal();
  const settings = createSettings(options);
  const playbook = createPlaybook(options.plays ?? ordinaryPlaybook(upgradeUrl));
  const scenarios = createScenarios({ upgradeUrl, playbook, startedAt: now() });
  const subscriptions = createSubscriptions(scenarios);
  const offers = createOffers(now, settings, newId);
  const fulfillments = createFulfillments(now, settings, newId);
  const checkouts = createCheckouts(fulfillments);
  const entitlements = createEntitlements(now, settings, subscriptions, fulfillments);
  const webhooks = createWebhooks({
    now,
    subscriptions,
    fulfillments,
    entitlements,
    journal,
    initial: options.webhooks,
  });
  const growth = createGrowth({ now, settings, playbook, subscriptions, offers, fulfillments, checkouts, journal });
  const billing = createBilling({
    now,
    settings,
    subscriptions,
    entitlements,
    features: () => knownFeatures(playbook.current()),
    checkouts,
    webhooks,
    journal,
  });
  const subjectOf = callSubject({ subscriptions, offers, fulfillments });
  const faults = createFaults(subjectOf, scenarios);
  const rateLimit = createRateLimit(now, options.rateLimit);
  const records = (customerId?: string) => sandboxRecords(journal, fulfillments, entitlements, customerId);
  const site: Site = {
    name,
    apiKey,
    clock,
    settings,
    playbook,
    scenarios,
    subscriptions,
    faults,
    rateLimit,
    webhooks,
    fulfillments,
    records,
    demoUrl,
    reset,
  };

  const { onOffSpec } = options;
  const isSpoiled = (request: Request) =>
    faults.isSpoiled(request) || webhooks.isOffSpec(new URL(request.url).pathname.split('/').at(-1) ?? '');
  const gates = [
    ...(onOffSpec ? [answerCheck({ subjectOf, scenarios, isSpoiled, onOffSpec })] : []),
    callRecorder({ now, journal, subjectOf, log }),
    faults.middleware,
    basicAuth({ verifyUser: (key) => key === apiKey, invalidUserMessage: errorBody(UNAUTHENTICATED) }),
    rateLimit.middleware,
  ];
  const app = new Hono();
  app.route('/', chargebeeApi({ growth, billing, gates }));
  app.route('/pages/v4', checkoutRoutes(checkouts));
  app.route('/sandbox', controlRoutes(site));
  app.route('/sandbox', pageRoutes(site));
  app.get('/', (c) => c.redirect('/sandbox'));

  app.onError((error) => {
    if (error instanceof ApiError) return errorAnswer(error);
    if (error instanceof PlaybookMistakes) return errorAnswer(new ApiError('param_wrong_value', error.message));
    if (error instanceof HTTPException) return error.getResponse();
    log(`Failed to answer: ${error.stack ?? error.message}`);
    return errorAnswer(new ApiError('internal_error', 'The sandbox has a bug. See its log'));
  });

  return { app, site };
}
