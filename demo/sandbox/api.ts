/** The part of Chargebee's API that the sandbox has, for both hosts of the site: which route runs which operation. */
import { Hono, type HonoRequest, type MiddlewareHandler } from 'hono';
import type { Billing } from './billing.js';
import type { Growth } from './growth.js';
import { unknownOperation } from './operation.js';
import {
  checked,
  CustomerListParameters,
  FulfillmentReportParameters,
  HostedPagePathId,
  ListParameters,
  OfferEventParameters,
  OfferFulfillmentParameters,
  PathId,
  PersonalizedOffersParameters,
  readParameters,
  readQuery,
  SubscriptionEstimateParameters,
} from './parameters.js';

export interface ApiOptions {
  readonly growth: Growth;
  readonly billing: Billing;
  /** Middleware that every call passes, in this order. */
  readonly gates: readonly MiddlewareHandler[];
}

export const API_PATH = '/api/v2';

export function chargebeeApi({ growth, billing, gates }: ApiOptions): Hono {
  const api = new Hono().basePath(API_PATH);
  // So that `upgrade-offer doctor` can say that it did not speak to Chargebee.
  api.use(async (c, next) => {
    c.header('Server', 'upgrade-offer-sandbox');
    await next();
  });
  for (const gate of gates) api.use(gate);

  api.post('/personalized_offers', async (c) =>
    c.json(growth.personalizedOffers(await readParameters(c.req, PersonalizedOffersParameters))),
  );
  api.post('/offer_events', async (c) => {
    growth.offerEvent(await readParameters(c.req, OfferEventParameters));
    return c.body(null, 204);
  });
  api.post('/offer_fulfillments', async (c) => {
    const parameters = await readParameters(c.req, OfferFulfillmentParameters);
    return c.json(growth.createFulfillment(parameters, new URL(c.req.url).origin), 202);
  });
  api.get('/offer_fulfillments/:id', (c) => c.json(growth.retrieveFulfillment(idOf(c.req))));
  api.post('/offer_fulfillments/:id', async (c) =>
    c.json(growth.updateFulfillment(idOf(c.req), await readParameters(c.req, FulfillmentReportParameters))),
  );
  api.get('/subscriptions/:id', (c) => c.json(billing.subscription(idOf(c.req))));
  api.get('/customers/:id/customer_entitlements', (c) =>
    c.json(billing.customerEntitlements(idOf(c.req), readQuery(c.req, CustomerListParameters))),
  );
  api.get('/subscriptions/:id/subscription_entitlements', (c) =>
    c.json(billing.subscriptionEntitlements(idOf(c.req), readQuery(c.req, ListParameters))),
  );
  api.get('/features', (c) => c.json(billing.features(readQuery(c.req, ListParameters))));
  api.get('/webhook_endpoints', (c) => c.json(billing.webhookEndpoints(readQuery(c.req, ListParameters))));
  api.get('/hosted_pages/:id', (c) => c.json(billing.hostedPage(idOf(c.req, HostedPagePathId))));
  api.post('/estimates/update_subscription_for_items', async (c) =>
    c.json(billing.estimate(await readParameters(c.req, SubscriptionEstimateParameters))),
  );
  api.get('/events/:id', (c) => c.json(billing.event(idOf(c.req))));
  api.all('/*', (c) => {
    throw unknownOperation(c.req.method, c.req.path);
  });
  return api;
}

function idOf(request: HonoRequest, schema: typeof PathId | typeof HostedPagePathId = PathId): string {
  return checked(request.param(), schema).id;
}
