/**
 * The Chargebee stand-in: answers as Chargebee Growth and Billing do, for one site, from memory.
 * It does not imitate invoices, payments, plans, experiments, triggers other than a request for offers, end-of-term
 * changes, idempotency keys, emails, calls to the app's webhook or Growth's own webhooks.
 * Every customer and subscription exists, but those of the scenario `unknown`. Both hosts of a site (with and without
 * `.grow`) are this one address. Where Chargebee documents nothing, the sandbox assumes: 409 `invalid_state_for_request` for a duplicate
 * acceptance and for an update that is not allowed, 400 for accepting an expired offer, offers that live an hour and get
 * a new id at each fetch, a cooldown of a day per play, customer and subscription, a failed fulfillment that frees its
 * offer, `checkout_abandoned` when an unpaid page expires, `fulfillment_expired` (not `external_fulfillment_failed`)
 * after seven days, an empty list of offers for a customer whose subscription it does not have, 400
 * `configuration_incompatible` for customer entitlements on a site without them, and one rate limit for both hosts.
 * `settings.ts` can change some of it. `spec.ts` has the form of every answer.
 *
 * `scenarios.ts` says how each customer is treated; `faults.ts` says what can be made to go wrong.
 */
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
import { createClock, type Clock } from './clock.js';
import { controlRoutes } from './control-routes.js';
import { createEntitlements } from './entitlements.js';
import { createFaults, type Faults } from './faults.js';
import { createFulfillments } from './fulfillments.js';
import { createGrowth } from './growth.js';
import { knownFeatures } from './known-features.js';
import { serveSandbox, type ServedSandbox } from './listen.js';
import { createOffers } from './offers.js';
import { ordinaryPlaybook } from './ordinary-playbook.js';
import { checkoutRoutes } from './pages/checkout-routes.js';
import { pageRoutes } from './pages/page-routes.js';
import { createPlaybook, type Playbook, type PlaybookInput } from './playbook.js';
import { PlaybookMistakes } from './playbook-mistakes.js';
import { createRateLimit, type RateLimiter } from './rate-limit.js';
import { createJournal, sandboxRecords, type SandboxRecords } from './records.js';
import { createScenarios } from './scenarios.js';
import { createSettings, type SettingsChange, type SettingsInForce } from './settings.js';
import { shortId } from './short-id.js';
import type { Site } from './site.js';
import { createSubscriptions } from './subscriptions.js';
import { createWebhooks, type Webhooks, type WebhookSettings } from './webhooks.js';

/** Every option may be left out. Times are milliseconds. */
export interface SandboxOptions extends SettingsChange {
  site?: string;
  apiKey?: string;
  /** The clock, in Unix milliseconds. */
  now?: () => number;
  /** Makes the eight digits that ids consist of or end in; random by default. */
  newId?: () => string;
  /** Called with one line for each API call. */
  log?: (line: string) => void;
  /** Where the Advanced Analytics offer redirects to; at most 250 characters. */
  upgradeUrl?: string;
  /** Mapped fields, plays and entitlements that replace the two plays of Chargebee's tutorials. */
  plays?: PlaybookInput;
  /** Where Billing sends its webhooks, and their Basic auth. */
  webhooks?: WebhookSettings;
  rateLimit?: { callsPerMinute: number; retryAfter?: boolean };
  /** Called for each answer that is not in Chargebee's form (`spec.ts`) and was not meant so; without it, none is checked. */
  onOffSpec?: (mistake: string) => void;
}

/** What a test or a host can do with a sandbox besides calling its API. */
export interface SandboxControls {
  readonly site: string;
  readonly apiKey: string;
  readonly clock: Clock;
  /** The mapped fields, plays and entitlements of ordinary customers. */
  readonly plays: { current(): Playbook; replace(playbook: PlaybookInput): void };
  readonly settings: SettingsInForce;
  readonly faults: Pick<Faults, 'add' | 'clear' | 'inForce'>;
  readonly rateLimit: Pick<RateLimiter, 'current' | 'set' | 'lift'>;
  readonly webhooks: Pick<Webhooks, 'configure' | 'settings' | 'announce' | 'repeat' | 'deliveries'>;
  /** @param customerId keeps only the records of this customer. */
  records(customerId?: string): SandboxRecords;
}

export interface Sandbox extends SandboxControls {
  readonly app: Hono;
  /** Sends the webhooks that are due. If you serve the app yourself, call it repeatedly. */
  tick(): Promise<void>;
}

/** A sandbox that is being served. Send calls to the origin `url`; its page is at `/sandbox`. */
export interface StartedSandbox extends SandboxControls, ServedSandbox {}

const UNAUTHENTICATED = new ApiError('api_authentication_failed', 'Sorry, authentication failed. Invalid API key');

/**
 * Starts a sandbox on this machine, for end-to-end tests. Point the proxy's `CHARGEBEE_URL`, or the SDK, at its `url`.
 *
 * @param options without a `port`, or with 0, it picks a free one.
 * @throws an Error with one sentence when the port is in use, or when the plays have mistakes.
 */
export async function startSandbox({
  port = 0,
  ...options
}: SandboxOptions & { port?: number } = {}): Promise<StartedSandbox> {
  const { app, tick, ...controls } = createSandbox(options);
  return { ...controls, ...(await serveSandbox({ app, tick }, port)) };
}

/**
 * The same as a Hono app, for a server of your own.
 *
 * @throws an Error with one sentence when the plays have mistakes.
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { site: name = 'acme-test', apiKey = 'test_sandbox', newId = shortId, log = () => {} } = options;
  const { upgradeUrl = 'http://localhost:5173/app/upgrade.html' } = options;

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
    records,
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

  return {
    app,
    site: name,
    apiKey,
    clock,
    plays: playbook,
    settings,
    faults,
    rateLimit,
    webhooks,
    records,
    tick: webhooks.tick,
  };
}
