/** The part of Chargebee's API that the sandbox has, for both hosts of the site: which route runs which operation. */
import { Hono, type MiddlewareHandler } from 'hono';
import type { Billing } from './billing.js';
import type { Growth } from './growth.js';
import { unknownOperation } from './operation.js';
import {
  FulfillmentReportParameters,
  ListParameters,
  OfferEventParameters,
  OfferFulfillmentParameters,
  PersonalizedOffersParameters,
  readBody,
  readQuery,
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
  for (const gate of gates) api.use(gate);

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
  api.get('/events/:id', (c) => c.json(billing.event(c.req.param('id'))));
  api.all('/*', (c) => {
    throw unknownOperation(c.req.method, c.req.path);
  });
  return api;
}
