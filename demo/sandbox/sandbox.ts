/**
 * The Chargebee stand-in: one Hono app that answers as Chargebee Growth and Billing do, for one site, from memory.
 * It does not imitate invoices, payments, plans, experiments, rate limits, idempotency keys, mails, calls of the app's
 * webhook, triggers other than a request for offers, or end-of-term changes; every customer and subscription exists;
 * both hosts of a site (with and without `.grow`) are this one address. Chargebee does not document, and this assumes:
 * 409 `invalid_state_for_request` for a duplicate acceptance and for an update that is not allowed, 400 for accepting
 * an expired offer, offers that live an hour and get a new id at each fetch, a cooldown of a day per play, customer and
 * subscription, a failed fulfillment that frees its offer, `checkout_abandoned` when an unpaid page dies, and
 * `fulfillment_expired` (not `external_fulfillment_failed`) after seven days.
 *
 * How it treats a customer: `scenarios.ts`. What it can be made to do wrong: `faults.ts`.
 */
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { basicAuth } from 'hono/basic-auth';
import { HTTPException } from 'hono/http-exception';
import { ApiError, errorAnswer, errorBody } from './api-error.js';
import { createBilling } from './billing.js';
import { callRecorder } from './call-recorder.js';
import { checkoutPage, returnUrl } from './checkout-page.js';
import { createCheckouts } from './checkouts.js';
import { createEntitlements } from './entitlements.js';
import { createFaults, Fault } from './faults.js';
import { createFulfillments } from './fulfillments.js';
import { createGrowth } from './growth.js';
import { createOffers } from './offers.js';
import {
  FulfillmentReportParameters,
  ListParameters,
  OfferEventParameters,
  OfferFulfillmentParameters,
  PersonalizedOffersParameters,
  readBody,
  readQuery,
} from './parameters.js';
import { unanswered } from './operation.js';
import { recordsPage } from './records-page.js';
import { createJournal, sandboxRecords, type SandboxRecords } from './records.js';
import { createScenarios } from './scenarios.js';
import { createSubscriptions } from './subscriptions.js';

export interface SandboxOptions {
  site?: string;
  apiKey?: string;
  /** The clock, in Unix milliseconds. */
  now?: () => number;
  /** Gets one line for each API call. */
  log?: (line: string) => void;
  /** How long Chargebee takes to complete a billing update or a paid checkout. */
  fulfillmentDelayMs?: number;
  /** Where the offer of Advanced Analytics leads, at most 250 characters. */
  upgradeUrl?: string;
}

export interface Sandbox {
  readonly app: Hono;
  records(): SandboxRecords;
}

const UNAUTHENTICATED = new ApiError('api_authentication_failed', 'Sorry, authentication failed. Invalid API key');

export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { site = 'acme-test', apiKey = 'test_sandbox', now = Date.now, log = () => {} } = options;
  const { fulfillmentDelayMs = 1500, upgradeUrl = 'http://localhost:5173/app/upgrade.html' } = options;

  const journal = createJournal();
  const scenarios = createScenarios(upgradeUrl);
  const subscriptions = createSubscriptions(scenarios);
  const offers = createOffers(now);
  const fulfillments = createFulfillments(now, fulfillmentDelayMs);
  const checkouts = createCheckouts(fulfillments);
  const entitlements = createEntitlements(subscriptions, fulfillments);
  const growth = createGrowth({ now, subscriptions, offers, fulfillments, checkouts, journal });
  const billing = createBilling({ now, subscriptions, entitlements, checkouts, journal });
  const faults = createFaults();
  const records = (customerId?: string) => sandboxRecords(journal, fulfillments, entitlements, customerId);

  const app = new Hono();
  // For pages that look at the records, tests in a browser among them; Chargebee's own API knows no CORS.
  app.use('/sandbox/*', cors());

  const api = app.basePath('/api/v2');
  api.use(callRecorder({ now, journal, subscriptions, offers, fulfillments, log }));
  api.use(faults.middleware);
  api.use(basicAuth({ verifyUser: (key) => key === apiKey, invalidUserMessage: errorBody(UNAUTHENTICATED) }));

  api.post('/personalized_offers', async (c) =>
    c.json(growth.personalizedOffers(await readBody(c.req, PersonalizedOffersParameters))),
  );
  api.post('/offer_events', async (c) => {
    growth.offerEvent(await readBody(c.req, OfferEventParameters));
    return c.body(null, 204);
  });
  api.post('/offer_fulfillments', async (c) => {
    const parameters = await readBody(c.req, OfferFulfillmentParameters);
    return c.json(growth.createFulfillment(parameters, new URL(c.req.url).origin), 202);
  });
  api.get('/offer_fulfillments/:id', (c) => c.json(growth.retrieveFulfillment(c.req.param('id'))));
  api.post('/offer_fulfillments/:id', async (c) =>
    c.json(growth.updateFulfillment(c.req.param('id'), await readBody(c.req, FulfillmentReportParameters))),
  );
  api.get('/subscriptions/:id/subscription_entitlements', (c) =>
    c.json(billing.subscriptionEntitlements(c.req.param('id'), readQuery(c.req, ListParameters))),
  );
  api.get('/hosted_pages/:id', (c) => c.json(billing.hostedPage(c.req.param('id'))));
  api.all('/*', (c) => {
    throw unanswered(c.req.method, c.req.path);
  });

  app.get('/pages/v4/:id', (c) => {
    const checkout = checkouts.visit(c.req.param('id'));
    return c.html(checkoutPage(checkout, checkouts.isOpen(checkout)));
  });
  app.post('/pages/v4/:id', async (c) => {
    const { choice } = await c.req.parseBody();
    const checkout = choice === 'pay' ? checkouts.pay(c.req.param('id')) : checkouts.cancel(c.req.param('id'));
    return c.redirect(returnUrl(checkout, c.req.query('redirect_url')) ?? c.req.path, 303);
  });

  app.get('/sandbox', (c) => {
    const customerId = c.req.query('customer_id');
    return c.html(recordsPage({ site, records: records(customerId), customerId, faults: faults.inForce(), scenarios }));
  });
  app.get('/sandbox/records', (c) => c.json(records(c.req.query('customer_id'))));
  app.post('/sandbox/faults', async (c) => {
    faults.add(await readBody(c.req, Fault));
    return c.body(null, 204);
  });
  app.delete('/sandbox/faults', (c) => {
    faults.clear();
    return c.body(null, 204);
  });
  app.get('/', (c) => c.redirect('/sandbox'));

  app.onError((error) => {
    if (error instanceof ApiError) return errorAnswer(error);
    if (error instanceof HTTPException) return error.getResponse();
    log(`Failed to answer: ${error.stack ?? error.message}`);
    return errorAnswer(new ApiError('internal_error', 'The sandbox has a bug; its log says more'));
  });

  return { app, records };
}
