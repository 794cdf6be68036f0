/**
 * The Chargebee stand-in: answers as Chargebee Growth and Billing do, for one site, from memory.
 * It does not imitate invoices, payments, plans, experiments, triggers other than a request for offers, end-of-term
 * changes, idempotency keys, mails, calls of the app's webhook, Growth's own webhooks, `customer_entitlements` or the
 * list of features; every customer and subscription exists; both hosts of a site (with and without `.grow`) are this one
 * address. Chargebee does not document, and this assumes: 409 `invalid_state_for_request` for a duplicate acceptance and
 * for an update that is not allowed, 400 for accepting an expired offer, offers that live an hour and get a new id at
 * each fetch, a cooldown of a day per play, customer and subscription, a failed fulfillment that frees its offer,
 * `checkout_abandoned` when an unpaid page dies, `fulfillment_expired` (not `external_fulfillment_failed`) after seven
 * days, and one rate limit for both hosts. `settings.ts` changes some of it.
 *
 * How it treats a customer: `scenarios.ts`. What it can be made to do wrong: `faults.ts`.
 */
import { Hono } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { HTTPException } from 'hono/http-exception';
import { chargebeeApi } from './api.js';
import { ApiError, errorAnswer, errorBody } from './api-error.js';
import { createBilling } from './billing.js';
import { callRecorder } from './call-recorder.js';
import { callSubject } from './call-subject.js';
import { createCheckouts } from './checkouts.js';
import { createClock, type Clock } from './clock.js';
import { controls } from './controls.js';
import { createEntitlements } from './entitlements.js';
import { createFaults, type Faults } from './faults.js';
import { createFulfillments } from './fulfillments.js';
import { createGrowth } from './growth.js';
import { serveSandbox, type ServedSandbox } from './listen.js';
import { createOffers } from './offers.js';
import { ordinaryPlaybook } from './ordinary-playbook.js';
import { checkoutRoutes } from './pages/checkout-routes.js';
import { pageRoutes } from './pages/page-routes.js';
import { createPlaybook, type Playbook, type PlaybookInForce, type PlaybookInput } from './playbook.js';
import { PlaybookMistakes } from './playbook-mistakes.js';
import { createRateLimit, type RateLimiter } from './rate-limit.js';
import { createJournal, sandboxRecords, type SandboxRecords } from './records.js';
import { createScenarios, type Scenarios } from './scenarios.js';
import { createSettings, type SettingsChange, type SettingsInForce } from './settings.js';
import { shortId } from './short-id.js';
import { createSubscriptions, type Subscriptions } from './subscriptions.js';
import { createWebhooks, type Webhooks, type WebhookSettings } from './webhooks.js';

/** Everything may be left out. Times are milliseconds. */
export interface SandboxOptions extends SettingsChange {
  site?: string;
  apiKey?: string;
  /** The clock, in Unix milliseconds. */
  now?: () => number;
  /** Makes the ids, or the ends of ids, that have eight digits; random ones when left out. */
  newId?: () => string;
  /** Gets one line for each API call. */
  log?: (line: string) => void;
  /** Where the offer of Advanced Analytics leads, at most 250 characters. */
  upgradeUrl?: string;
  /** Mapped fields, plays and entitlements instead of the two plays of Chargebee's tutorials. */
  plays?: PlaybookInput;
  /** Where Billing sends its webhooks, and the Basic auth they carry. */
  webhooks?: WebhookSettings;
  rateLimit?: { callsPerMinute: number; retryAfter?: boolean };
}

/** What a test or a host can do with it, beside calling its API. */
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
  /** What was recorded, of one customer if named. */
  records(customerId?: string): SandboxRecords;
}

export interface Sandbox extends SandboxControls {
  readonly app: Hono;
  /** Sends the webhooks that have come due; whoever serves the app calls it again and again. */
  tick(): Promise<void>;
}

/** A sandbox that is being served. `url` is the origin to send calls to, and has its page at `/sandbox`. */
export interface StartedSandbox extends SandboxControls, ServedSandbox {}

/** What the pages and the JSON routes work with. */
export interface Parts {
  readonly site: string;
  readonly apiKey: string;
  readonly clock: Clock;
  readonly settings: SettingsInForce;
  readonly playbook: PlaybookInForce;
  readonly scenarios: Scenarios;
  readonly subscriptions: Subscriptions;
  readonly faults: Faults;
  readonly rateLimit: RateLimiter;
  readonly webhooks: Webhooks;
  records(customerId?: string): SandboxRecords;
}

const UNAUTHENTICATED = new ApiError('api_authentication_failed', 'Sorry, authentication failed. Invalid API key');

/**
 * A sandbox on this machine, for end-to-end tests: point `CHARGEBEE_URL` of the proxy, or the SDK, at its `url`.
 *
 * @param options `port` 0 or none picks a free one.
 * @throws an Error with one sentence when the port is taken, `PlaybookMistakes` when the plays have any.
 */
export async function startSandbox({
  port = 0,
  ...options
}: SandboxOptions & { port?: number } = {}): Promise<StartedSandbox> {
  const { app, tick, ...controls } = createSandbox(options);
  return { ...controls, ...(await serveSandbox({ app, tick }, port)) };
}

/** The same as an app that somebody else serves. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { site = 'acme-test', apiKey = 'test_sandbox', newId = shortId, log = () => {} } = options;
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
  const entitlements = createEntitlements(now, subscriptions, fulfillments);
  const webhooks = createWebhooks({ now, fulfillments, journal, initial: options.webhooks });
  const growth = createGrowth({ now, settings, playbook, subscriptions, offers, fulfillments, checkouts, journal });
  const billing = createBilling({ now, subscriptions, entitlements, checkouts, webhooks, journal });
  const subjectOf = callSubject({ subscriptions, offers, fulfillments });
  const faults = createFaults(subjectOf, scenarios);
  const rateLimit = createRateLimit(now, options.rateLimit);
  const records = (customerId?: string) => sandboxRecords(journal, fulfillments, entitlements, customerId);
  const parts = {
    site,
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

  const gates = [
    callRecorder({ now, journal, subjectOf, log }),
    faults.middleware,
    basicAuth({ verifyUser: (key) => key === apiKey, invalidUserMessage: errorBody(UNAUTHENTICATED) }),
    rateLimit.middleware,
  ];
  const app = new Hono();
  app.route('/', chargebeeApi({ growth, billing, gates }));
  app.route('/pages/v4', checkoutRoutes(checkouts));
  app.route('/sandbox', controls(parts));
  app.route('/sandbox', pageRoutes(parts));
  app.get('/', (c) => c.redirect('/sandbox'));

  app.onError((error) => {
    if (error instanceof ApiError) return errorAnswer(error);
    if (error instanceof PlaybookMistakes) return errorAnswer(new ApiError('param_wrong_value', error.message));
    if (error instanceof HTTPException) return error.getResponse();
    log(`Failed to answer: ${error.stack ?? error.message}`);
    return errorAnswer(new ApiError('internal_error', 'The sandbox has a bug; its log says more'));
  });

  return {
    app,
    site,
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
