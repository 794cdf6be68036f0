import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { readConfig } from '../../proxy/config.js';
import * as contract from '../../proxy/contract.js';
import type { OpenApi } from '../../proxy/openapi.js';
import { openOfferProxy } from '../../proxy/run/server.js';
import { newCustomer } from '../support/customer.js';
import { startStack, type Stack } from '../support/node-stack.js';
import { asCustomer, fulfillmentIdOf, offered } from '../support/proxy-client.js';
import { sandboxOf } from '../support/sandbox-client.js';

interface Response {
  content?: Record<string, { schema?: { $ref: string; properties?: { code: { enum: string[] } } } }>;
}

let stack: Stack;
let document: OpenApi;

beforeAll(async () => {
  stack = await startStack({
    settings: { BILLING_WEBHOOK_USERNAME: 'chargebee', BILLING_WEBHOOK_PASSWORD: 'a long password' },
    proxy: { widgetFolder: 'dist/widget' },
  });
  document = await (await fetch(`${stack.proxyUrl}/openapi.json`)).json();
});
afterAll(() => stack.close());

const schemas = new Map<string, v.GenericSchema>(Object.entries(contract));
const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })),
  );
const responsesOf = (route: string): Record<string, Response> =>
  operations().find((each) => each.route === route)?.operation.responses ?? {};

describe('the OpenAPI document', () => {
  it('is public, and cached for a short time', async () => {
    const { status, headers } = await fetch(`${stack.proxyUrl}/openapi.json`);

    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'application/json',
      'public, max-age=300',
    ]);
    expect(document).toMatchObject({ openapi: '3.1.0', servers: [{ url: '/upgrade-offer' }] });
  });

  it('lists every route of the proxy, and no other', async () => {
    const proxy = await openOfferProxy(readConfig(stack.environment));
    const routes = proxy.standalone.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/upgrade-offer/'))
      .map(({ method, path }) => `${method} ${path.slice('/upgrade-offer'.length)}`)
      .map((route) => route.replace(/:(\w+)(\{.*\})?/, '{$1}'));
    await proxy.close();

    expect(
      operations()
        .map(({ route }) => route)
        .toSorted(),
    ).toEqual([...new Set(routes)].toSorted());
  });

  it('lists every error code with a route that answers it, except those of the guard of the host app', () => {
    const listed = operations().flatMap(({ operation }) =>
      Object.values<Response>(operation.responses).flatMap(
        ({ content }) => content?.['application/problem+json']?.schema?.properties?.code.enum ?? [],
      ),
    );

    expect([...new Set(listed), 'not_entitled', 'access_unknown'].toSorted()).toEqual(
      contract.ErrorCode.options.toSorted(),
    );
  });

  it('refers only to schemas and credentials that it contains', () => {
    const pointers = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
    const proofs = operations().flatMap(({ operation }) => operation.security.flatMap(Object.keys));

    expect(pointers.length).toBeGreaterThan(20);
    for (const [, name] of pointers) expect(document.components.schemas).toHaveProperty(name ?? '');
    for (const proof of proofs) expect(document.components.securitySchemes).toHaveProperty(proof);
  });

  it('uses the types of JSON and no others', () => {
    const types = [...JSON.stringify(document.components.schemas).matchAll(/"type":"(\w+)"/g)].map(([, type]) => type);

    expect(new Set(types)).toEqual(new Set(['object', 'string', 'array', 'number', 'boolean', 'null']));
    expect(document.components.schemas.OfferRequest).toMatchObject({ additionalProperties: false });
    expect(document.components.schemas.Outcome).toHaveProperty('oneOf');
  });
});

describe('what the proxy really answers', () => {
  /** Fails if the document lacks this status of this route, or describes another body. */
  async function expectDocumented(route: string, status: number, path: string, init: RequestInit = {}): Promise<void> {
    const [method = ''] = route.split(' ');
    const response = await fetch(stack.proxyUrl + path, { method, ...init });
    expect([route, response.status]).toEqual([route, status]);
    const documented = responsesOf(route)[status];
    expect(documented, `${status} of ${route}`).toBeDefined();
    const text = await response.text();
    const type = response.headers.get('content-type')?.split(';')[0] ?? '';
    expect(text === '' ? [] : [type]).toEqual(Object.keys(documented?.content ?? {}));
    const schema = documented?.content?.[type]?.schema;
    if (!schema) return;
    const body = JSON.parse(text);
    const named = schemas.get(schema.$ref.split('/').at(-1) ?? '') ?? v.never();
    // Equal, so that the body has nothing that the schema does not name.
    expect(v.parse(named, body)).toEqual(body);
    if (schema.properties) expect(schema.properties.code.enum).toContain(body.code);
  }

  const json = (token: string | undefined, body?: unknown, headers = {}): RequestInit => ({
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}`, ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const viewer = async (scenario = 'ordinary') => {
    const { token } = await newCustomer(scenario, { secret: stack.identitySecret });
    const as = asCustomer(stack, { token });
    return { token, ...as, ...offered(await as.ask({ feature: 'advanced-analytics' })) };
  };

  it('to a customer is in the document', async () => {
    const { token, offerId, optionId } = await viewer('branded');
    const accept = json(token, { optionId });
    await expectDocumented('POST /offers', 200, '/offers', json(token, { feature: 'advanced-analytics' }));
    await expectDocumented('POST /offers', 200, '/offers', json(token, {}));
    await expectDocumented('POST /offers', 400, '/offers', json(token, { customerId: 'another' }));
    await expectDocumented('POST /offers', 400, '/offers', json(token, { context: { plan: 'free' } }));
    await expectDocumented('POST /offers', 401, '/offers', json('of nobody', {}));
    await expectDocumented('POST /offers', 403, '/offers', json(token, {}, { Origin: 'https://evil.example' }));
    await expectDocumented('POST /offers', 413, '/offers', json(token, { feature: 'x'.repeat(20_000) }));
    const events = `/offers/${offerId}/events`;
    await expectDocumented('POST /offers/{id}/events', 202, events, json(token, { type: 'viewed' }));
    await expectDocumented('POST /offers/{id}/events', 404, '/offers/none/events', json(token, { type: 'viewed' }));
    const fulfillments = `/offers/${offerId}/fulfillments`;
    await expectDocumented('POST /offers/{id}/fulfillments', 200, fulfillments, accept);
    await expectDocumented('POST /offers/{id}/fulfillments', 200, fulfillments, accept);
    await expectDocumented('POST /offers/{id}/fulfillments', 404, '/offers/none/fulfillments', accept);
    await expectDocumented('GET /entitlements/{id}', 200, '/entitlements/storage-gb?used=50', json(token));
    await expectDocumented('GET /entitlements/{id}', 400, '/entitlements/storage-gb?used=much', json(token));
  });

  it.each(['checkout', 'email', 'webhook', 'redirect-completed', 'billing-fails', 'new-processing-type'])(
    'to an acceptance of the scenario %s is in the document',
    async (scenario) => {
      const { token, offerId, optionId, accept, outcome } = await viewer(scenario);
      const id = fulfillmentIdOf(await accept(offerId, optionId));

      await expectDocumented('GET /fulfillments/{id}', 200, `/fulfillments/${id}`, json(token));
      await expectDocumented('GET /fulfillments/{id}', 404, '/fulfillments/none', json(token));
      if (scenario === 'billing-fails') {
        await expect.poll(async () => (await outcome(id)).body.status).toBe('failed');
        await expectDocumented('GET /fulfillments/{id}', 200, `/fulfillments/${id}`, json(token));
      }
    },
  );

  it('while Chargebee is down is in the document', async () => {
    const { token, offerId, optionId } = await viewer();
    await sandboxOf(stack).misbehave({ operation: '*', kind: 'unavailable' });

    await expectDocumented('POST /offers', 200, '/offers', json(token, {}));
    await expectDocumented('GET /entitlements/{id}', 200, '/entitlements/seats', json(token));
    const fulfillments = `/offers/${offerId}/fulfillments`;
    await expectDocumented('POST /offers/{id}/fulfillments', 503, fulfillments, json(token, { optionId }));
    await sandboxOf(stack).behave();
  });

  it("to the app's backend, to Chargebee and to anybody is in the document", async () => {
    const ids: string[] = [];
    for (const scenario of ['ordinary', 'email', 'checkout']) {
      const { offerId, optionId, accept } = await viewer(scenario);
      ids.push(fulfillmentIdOf(await accept(offerId, optionId)));
    }
    const [redirect, email, checkout] = ids;
    const key = json(stack.serverKey);
    const declined = json(stack.serverKey, { reason: 'card declined' });
    await expectDocumented('GET /fulfillments', 200, '/fulfillments?status=in_progress', key);
    await expectDocumented('GET /fulfillments', 400, '/fulfillments?status=open', key);
    await expectDocumented('GET /fulfillments', 401, '/fulfillments', json('wrong'));
    await expectDocumented('POST /fulfillments/{id}/complete', 200, `/fulfillments/${redirect}/complete`, key);
    await expectDocumented('POST /fulfillments/{id}/complete', 409, `/fulfillments/${checkout}/complete`, key);
    await expectDocumented('POST /fulfillments/{id}/fail', 409, `/fulfillments/${redirect}/fail`, declined);
    await expectDocumented('POST /fulfillments/{id}/fail', 200, `/fulfillments/${email}/fail`, declined);
    const Authorization = `Basic ${btoa('chargebee:a long password')}`;
    const event = json('', { id: 'ev_1', event_type: 'customer_created', content: {} }, { Authorization });
    await expectDocumented('POST /webhooks/billing', 204, '/webhooks/billing', event);
    await expectDocumented('POST /webhooks/billing', 400, '/webhooks/billing', json('', {}, { Authorization }));
    await expectDocumented('POST /webhooks/billing', 401, '/webhooks/billing', json('', {}));
    await expectDocumented('POST /webhooks/growth', 401, '/webhooks/growth', json('', {}));
    await expectDocumented('GET /{file}', 200, '/upgrade-offer.js');
    await expectDocumented('GET /{file}', 404, '/another.js');
    await expectDocumented('GET /openapi.json', 200, '/openapi.json');
  });
});
