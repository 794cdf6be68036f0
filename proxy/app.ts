/** The routes of the proxy, and nothing else: each is a line, and its work is in the file named after it. */
import { Hono, type Context } from 'hono';
import { requestId } from 'hono/request-id';
import type { Config } from './config.js';
import {
  ANSWER_DEADLINE_MS,
  BODY_LIMIT_BYTES,
  OPENAPI_MAX_AGE_SECONDS,
  WEBHOOK_BODY_LIMIT_BYTES,
} from './constants.js';
import {
  FailureReport,
  FulfillmentRequest,
  OfferEventQuery,
  OfferEventRequest,
  OfferQuery,
  OfferRequest,
} from './contract.js';
import type { Identify } from './customer.js';
import { EntitlementQuery } from './entitlements/entitlements.js';
import type { Report } from './fulfillments/fulfillments.js';
import { FulfillmentFilter } from './fulfillments/records.js';
import { acceptedCodings } from './http/accepted-codings.js';
import { allowedOrigins } from './http/allowed-origins.js';
import { arrived } from './http/arrival.js';
import { bodyLimit } from './http/body-limit.js';
import { browserOrigin } from './http/browser-origin.js';
import { deadline } from './http/deadline.js';
import type { Env } from './http/env.js';
import { fileAnswer } from './http/file-answer.js';
import { guessLimit } from './http/guess-limit.js';
import { identified, identifiedOrSignedOut } from './http/identified.js';
import { body, featureId, id, query } from './http/input.js';
import { neverStored } from './http/never-stored.js';
import { note } from './http/note.js';
import { observe } from './http/observe.js';
import { answerProblem } from './http/problem.js';
import { rateLimit } from './http/rate-limit.js';
import { createRefusalLog } from './http/refused-origins.js';
import { safeHeaders } from './http/safe-headers.js';
import { serverKey } from './http/server-key.js';
import { unknownRoute } from './http/unknown-route.js';
import type { Log } from './log.js';
import { aboutFulfillment, aboutOffer, aboutOption } from './offers/log-facts.js';
import { openApi } from './openapi.js';
import type { Wiring } from './wiring.js';

interface OfferProxyDeps extends Wiring {
  readonly config: Pick<Config, 'basePath' | 'serverKeys' | 'allowedOrigins' | 'allowedHeaders'>;
  readonly identify: Identify;
  /** Given work that goes on after an answer. */
  readonly keepAlive: (work: Promise<unknown>) => void;
  /** Given each answer under way, for hosts that close the store. */
  readonly during?: (answer: Promise<void>) => Promise<void>;
  readonly now: () => number;
  readonly log: Log;
}

/**
 * Hono applies a `use` only to the routes registered after it, so the order below decides which middlewares a route gets:
 * 1. the widget's files and the API document are public: no limits, and the file brings its own CORS header;
 * 2. webhooks come from Chargebee's servers: no CORS, a body of whole resources, and no deadline, because Chargebee waits
 *    for a minute and repeats a webhook that was cut off;
 * 3. everything below them is about one customer: CORS, never cached, a small body, a deadline.
 * There, `asCustomer` (a page, with a customer's token or cookie), `asVisitor` (the same, or a page whose visitor is not
 * signed in) or `asServer` (your backend, with the server key) says on each route who may call it.
 */
export function createOfferProxy(deps: OfferProxyDeps) {
  const { config, identify, keepAlive, during, now, log, counters } = deps;
  const { offers, accept, fulfillments, entitlements, billingWebhook, growthWebhook, widgetFiles } = deps;
  const unknown = unknownRoute(config.basePath);
  const document = openApi(config.basePath);
  const sayRefused = createRefusalLog(log);
  const ownOrigin = browserOrigin(config.allowedOrigins, sayRefused);
  const limit = rateLimit();
  const asCustomer = [ownOrigin, identified(identify), limit] as const;
  const asVisitor = [ownOrigin, identifiedOrSignedOut(identify, counters), limit] as const;
  const asServer = serverKey(config.serverKeys);

  const app = new Hono<Env>().onError(answerProblem(log));
  const routes = app.basePath(config.basePath);
  if (during) routes.use((_, next) => during(next()));
  routes.use(requestId(), observe(log, counters, now), safeHeaders());

  routes.get('/:file{[\\w.-]+\\.js(\\.map)?}', async (c) => {
    const file = await widgetFiles.find(c.req.param('file'), acceptedCodings(c.req.header('Accept-Encoding')));
    if (file) return fileAnswer(c, file);
    // Without it, the console of a page that misspells the name says CORS, and not 404.
    c.header('Access-Control-Allow-Origin', '*');
    return unknown(c);
  });
  routes.get('/openapi.json', (c) =>
    c.json(document, 200, { 'Cache-Control': `public, max-age=${OPENAPI_MAX_AGE_SECONDS}` }),
  );

  routes.use('/webhooks/billing', guessLimit({ now, log }), async (c, next) => {
    await billingWebhook.admit(c.req.header('Authorization'));
    await next();
  });
  routes.use('/webhooks/growth', guessLimit({ now, log }), async (c, next) => {
    growthWebhook.admit(c.req.header('X-Hub-Signature'));
    await next();
  });
  routes.use('/webhooks/*', bodyLimit(WEBHOOK_BODY_LIMIT_BYTES));
  routes.post('/webhooks/billing', async (c) => {
    await billingWebhook.receive(await arrived(c.req.text()));
    return c.body(null, 204);
  });
  routes.post('/webhooks/growth', async (c) => {
    await growthWebhook.receive(c.req.header('X-Hub-Signature'), new Uint8Array(await arrived(c.req.arrayBuffer())));
    return c.body(null, 204);
  });

  routes.use(allowedOrigins(config.allowedOrigins, config.allowedHeaders, sayRefused), neverStored);
  routes.use(bodyLimit(BODY_LIMIT_BYTES), deadline(ANSWER_DEADLINE_MS, keepAlive));

  routes.post('/offers', ...asVisitor, async (c) => {
    const request = await body(c, OfferRequest);
    const isAsked = query(c, OfferQuery).asked !== undefined;
    const answer = await offers.offerFor(c.get('customer'), request, {
      userAgent: c.req.header('User-Agent'),
      isAsked,
    });
    const { access, why } = answer;
    if (!answer.preview) counters.answer({ access: access ?? 'not asked', why: why ?? 'offer' });
    note(c, { feature: request.feature, access, why, ...(answer.offer && aboutOffer(answer.offer)) });
    return c.json(answer.offer ? { ...answer, now: now() } : answer);
  });
  routes.post('/offers/:id/events', ...asCustomer, async (c) => {
    const { type } = await body(c, OfferEventRequest);
    note(c, { type });
    const offer = await offers.recordEvent(c.get('customer'), id(c), type, query(c, OfferEventQuery));
    if (offer) note(c, aboutOffer(offer));
    return c.body(null, 202);
  });
  routes.post('/offers/:id/fulfillments', ...asCustomer, async (c) => {
    const { optionId } = await body(c, FulfillmentRequest);
    const issued = await offers.toAccept(c.get('customer'), id(c));
    note(c, aboutOption(issued.offer, optionId));
    const outcome = await accept(c.get('customer'), issued, optionId);
    note(c, { outcome: outcome.status });
    return c.json(outcome);
  });
  routes.get('/fulfillments/:id', ...asCustomer, async (c) => {
    const fulfillment = await fulfillments.ofCustomer(c.get('customer'), id(c));
    note(c, aboutFulfillment(fulfillment));
    const outcome = await fulfillments.outcome(fulfillment);
    note(c, { outcome: outcome.status });
    return c.json(outcome);
  });
  routes.get('/entitlements/:id', ...asCustomer, async (c) => {
    const answer = await entitlements.check(c.get('customer'), featureId(c), query(c, EntitlementQuery).used);
    note(c, { access: answer.access });
    return c.json(answer);
  });

  routes.get('/fulfillments', asServer, async (c) => c.json(await fulfillments.list(query(c, FulfillmentFilter))));
  routes.post('/fulfillments/:id/complete', asServer, (c) => report(c, { status: 'completed' }));
  routes.post('/fulfillments/:id/fail', asServer, async (c) =>
    report(c, { status: 'failed', ...(await body(c, FailureReport)) }),
  );
  routes.all('*', unknown);

  async function report(c: Context<Env>, wanted: Report) {
    const fulfillment = await fulfillments.find(id(c));
    note(c, { ...aboutFulfillment(fulfillment), outcome: wanted.status });
    const isDelivered = await fulfillments.report(fulfillment, wanted);
    return c.json({ fulfillmentId: id(c), ...wanted }, isDelivered ? 200 : 202);
  }

  return app;
}
