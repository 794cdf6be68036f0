/** The whole HTTP surface on one screen: each route is a line, its work stands in the file named after it. */
import { Hono, type Context } from 'hono';
import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import { requestId } from 'hono/request-id';
import { routePath } from 'hono/route';
import { secureHeaders } from 'hono/secure-headers';
import { rateLimiter } from 'hono-rate-limiter';
import * as v from 'valibot';
import type { Config } from './config.js';
import { bodyLimit } from './http/body-limit.js';
import { browserOrigin } from './http/browser-origin.js';
import {
  ANSWER_DEADLINE_MS,
  BODY_LIMIT_BYTES,
  OPENAPI_MAX_AGE_SECONDS,
  RATE_WINDOW_MS,
  REQUESTS_PER_CUSTOMER_AND_MINUTE,
  WEBHOOK_BODY_LIMIT_BYTES,
} from './constants.js';
import {
  FailureReport,
  FulfillmentRecord,
  FulfillmentRequest,
  Id,
  OfferEventRequest,
  OfferRequest,
  Used,
} from './contract.js';
import type { Counters } from './counters.js';
import { deadline } from './http/deadline.js';
import { ProxyError, toProblem } from './errors.js';
import type { Report } from './fulfillments/fulfillments.js';
import type { Customer, Identify } from './identity/identity.js';
import type { Log } from './log.js';
import { openApi } from './openapi.js';
import type { Parts } from './wiring.js';
import { serverKey } from './http/server-key.js';
import type { WidgetFile } from './http/widget-file.js';

export interface OfferProxyDeps extends Parts {
  readonly config: Pick<Config, 'basePath' | 'serverKey' | 'allowedOrigins'>;
  readonly identify: Identify;
  readonly widgetFile: (name: string) => Promise<WidgetFile | undefined>;
  readonly now: () => number;
  readonly log: Log;
}

interface Env {
  Variables: { requestId: string; customer: Customer };
}

/** The proxy as a Hono app, over parts that are open already (`parts.ts`); `server.ts` opens them for Node. */
export function createOfferProxy(deps: OfferProxyDeps) {
  const { config, identify, widgetFile, now, log } = deps;
  const { offers, accept, fulfillments, entitlements, webhooks, counters } = deps;

  const asCustomer = [browserOrigin(config.allowedOrigins), identified(identify), notTooOften()] as const;
  const asServer = serverKey(config.serverKey);
  const document = openApi(config.basePath);

  const app = new Hono<Env>().onError(answerProblem(log));
  const routes = app.basePath(config.basePath);
  routes.use(requestId(), observe(log, counters, now), secureHeaders(HEADERS));
  routes.get('/:file{[\\w.-]+\\.js(\\.map)?}', async (c) => {
    const file = await widgetFile(c.req.param('file'));
    if (!file) throw unknownRoute(c, config.basePath);
    return c.body(file.body, 200, file.headers);
  });
  routes.get('/openapi.json', (c) => c.json(document, 200, DOCUMENT_HEADERS));
  routes.use('/webhooks/*', bodyLimit(WEBHOOK_BODY_LIMIT_BYTES));
  routes.post('/webhooks/billing', async (c) => {
    await webhooks.billing(c.req.header('Authorization'), await c.req.text());
    return c.body(null, 204);
  });
  routes.post('/webhooks/growth', async (c) => {
    await webhooks.growth(c.req.header('X-Hub-Signature'), await c.req.text());
    return c.body(null, 204);
  });

  routes.use(
    allowOrigins(config.allowedOrigins),
    neverStored,
    bodyLimit(BODY_LIMIT_BYTES),
    deadline(ANSWER_DEADLINE_MS),
  );

  routes.post('/offers', ...asCustomer, async (c) =>
    c.json(await offers.ask(c.get('customer'), await body(c, OfferRequest), c.req.header('User-Agent'))),
  );
  routes.post('/offers/:id/events', ...asCustomer, async (c) => {
    const { type } = await body(c, OfferEventRequest);
    await offers.record(c.get('customer'), id(c), type);
    return c.body(null, 202);
  });
  routes.post('/offers/:id/fulfillments', ...asCustomer, async (c) => {
    const { optionId } = await body(c, FulfillmentRequest);
    return c.json(fulfillments.outcomeOf(await accept(c.get('customer'), id(c), optionId)));
  });
  routes.get('/fulfillments/:id', ...asCustomer, async (c) =>
    c.json(await fulfillments.outcome(c.get('customer'), id(c))),
  );
  routes.get('/entitlements/:id', ...asCustomer, async (c) =>
    c.json(await entitlements.check(c.get('customer'), id(c), parse(UsedQuery, c.req.query('used')))),
  );

  routes.get('/fulfillments', asServer, async (c) =>
    c.json(await fulfillments.list(parse(FulfillmentQuery, c.req.query()))),
  );
  routes.post('/fulfillments/:id/complete', asServer, (c) => report(c, { status: 'completed' }));
  routes.post('/fulfillments/:id/fail', asServer, async (c) =>
    report(c, { status: 'failed', ...(await body(c, FailureReport)) }),
  );
  routes.all('*', (c) => {
    throw unknownRoute(c, config.basePath);
  });

  async function report(c: Context<Env>, wanted: Report) {
    const isDelivered = await fulfillments.report(id(c), wanted);
    return c.json({ fulfillmentId: id(c), ...wanted }, isDelivered ? 200 : 202);
  }

  return app;
}

/**
 * The script is for other origins too; whether the host speaks only TLS is for whoever ends TLS to say. What only a document
 * or a browser of long ago obeys is left out: we answer JSON and scripts, and each header costs every answer.
 */
const HEADERS = {
  crossOriginResourcePolicy: 'cross-origin',
  strictTransportSecurity: false,
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  removePoweredBy: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
} as const;

const DOCUMENT_HEADERS = { 'Cache-Control': `public, max-age=${OPENAPI_MAX_AGE_SECONDS}` };

const UsedQuery = v.optional(v.pipe(v.string(), v.nonEmpty(), v.transform(Number), Used));

const FulfillmentQuery = v.object({
  status: v.optional(FulfillmentRecord.entries.status),
  customerId: v.optional(v.string()),
  subscriptionId: v.optional(v.string()),
  after: v.optional(Id),
});

function answerProblem(log: Log) {
  return function answerProblem(error: Error, c: Context<Env>) {
    const problem = toProblem(error, c.get('requestId'));
    if (problem.status >= 500) log.error({ err: error, requestId: problem.requestId }, 'Failed to answer a request.');
    if (error instanceof ProxyError && error.retryAfterMs !== undefined) {
      c.header('Retry-After', String(Math.ceil(error.retryAfterMs / 1_000)));
    }
    if (problem.status === 401) {
      c.header('WWW-Authenticate', problem.code === 'wrong_webhook_credentials' ? 'Basic' : 'Bearer');
    }
    c.header('Content-Type', 'application/problem+json');
    return c.body(JSON.stringify(problem), problem.status);
  };
}

function observe(log: Log, counters: Counters, now: () => number) {
  return createMiddleware<Env>(async function observe(c, next) {
    const startedAt = now();
    await next();
    const { method, path } = c.req;
    const { status } = c.res;
    counters.request({ method, route: routePath(c), status });
    log.info({ requestId: c.get('requestId'), method, path, status, ms: now() - startedAt }, 'request');
  });
}

function identified(identify: Identify) {
  return createMiddleware<Env>(async function identified(c, next) {
    const customer = await identify(c.req.raw);
    if (!customer) throw new ProxyError('unauthenticated');
    c.set('customer', customer);
    await next();
  });
}

/** Counted in this instance only: it keeps one customer from wearing out the rest, it is no quota. */
function notTooOften() {
  return rateLimiter<Env>({
    windowMs: RATE_WINDOW_MS,
    limit: REQUESTS_PER_CUSTOMER_AND_MINUTE,
    standardHeaders: false,
    keyGenerator: (c) => c.get('customer').customerId,
    handler: () => {
      throw new ProxyError('too_many_requests', undefined, { retryAfterMs: RATE_WINDOW_MS });
    },
  });
}

/** Hono's own middleware answers the preflights; on other requests it would have each answer made twice. */
function allowOrigins(origins: readonly string[]) {
  const preflight = cors({ origin: [...origins], allowHeaders: ['Authorization', 'Content-Type'], maxAge: 600 });
  return createMiddleware(function allowOrigins(c, next) {
    if (c.req.method === 'OPTIONS') return preflight(c, next);
    const origin = c.req.header('Origin');
    if (origin !== undefined && origins.includes(origin)) {
      c.header('Access-Control-Allow-Origin', origin);
      c.header('Access-Control-Expose-Headers', 'X-Request-Id,Retry-After');
    }
    c.header('Vary', 'Origin');
    return next();
  });
}

/** Set before there is an answer, like every header here: one that is set after it has Hono make it anew. */
const neverStored = createMiddleware(function neverStored(c, next) {
  c.header('Cache-Control', 'no-store');
  return next();
});

function unknownRoute({ req }: Context<Env>, basePath: string): ProxyError {
  const detail = `Failed to answer ${req.method} ${req.path}: there is no such route. ${basePath}/openapi.json lists them.`;
  return new ProxyError('unknown_route', detail);
}

/** A malformed id looks like an unknown one; it reaches neither Chargebee nor the store. */
function id(c: Context<Env>): string {
  const parsed = v.safeParse(Id, c.req.param('id'));
  if (!parsed.success) throw new ProxyError('not_found');
  return parsed.output;
}

async function body<const S extends v.GenericSchema>(c: Context<Env>, schema: S): Promise<v.InferOutput<S>> {
  const json: unknown = await c.req.json().catch((cause: unknown) => {
    throw new ProxyError('invalid_request', 'The body is not JSON.', { cause });
  });
  return parse(schema, json);
}

function parse<const S extends v.GenericSchema>(schema: S, input: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new ProxyError('invalid_request', `${v.getDotPath(issue) ?? 'The request'}: ${issue.message}`);
}
