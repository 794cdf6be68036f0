import express, { type Request as ExpressRequest } from 'express';
import { fastify } from 'fastify';
import { Hono, type Context } from 'hono';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openOfferProxy, readConfig } from '../../../proxy/run/server.js';
import { newCustomer, signToken } from '../../support/customer.js';
import { addedHeaders, HOSTS, mountHost, type MountedHost } from '../../support/mounted-host.js';
import { startStack } from '../../support/node-stack.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let host: MountedHost;

beforeAll(async () => {
  host = await mountHost(HOSTS.Hono);
});
afterEach(() => sandboxOf(host).behave());
afterAll(() => host.close());

describe("a route of the app behind requireEntitlement('advanced-analytics')", () => {
  it('answers an entitled customer, and the guard adds nothing to the answer', async () => {
    const { status, headers, body } = await (await host.signIn('entitled')).call('GET', '/reports');

    expect([status, body, addedHeaders(headers)]).toEqual([200, 'reports', []]);
  });

  it('refuses a customer without the feature, and anybody who is not signed in', async () => {
    const [without, nobody] = [await host.signIn(), host.browser({})];

    expect(await without.call('GET', '/reports')).toMatchObject({ status: 403, body: { code: 'not_entitled' } });
    expect(await nobody.call('GET', '/reports')).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  it('lets in only those who were entitled a moment ago while Chargebee is down', async () => {
    const [known, fresh] = [await host.signIn('entitled'), await host.signIn('entitled')];
    await known.call('GET', '/reports');
    await sandboxOf(host).misbehave({ operation: 'subscription_entitlements', kind: 'unavailable' });

    expect((await known.call('GET', '/reports')).status).toBe(200);
    expect(await fresh.call('GET', '/reports')).toMatchObject({ status: 503, body: { code: 'access_unknown' } });
  });

  it('shares its cache with the widget', async () => {
    const { call, ask, customerId } = await host.signIn('entitled');

    await call('GET', '/reports');
    expect((await ask()).body).toEqual({ access: 'granted', offer: null, why: 'entitled' });

    expect((await sandboxOf(host).records({ customerId })).entitlementReads).toHaveLength(1);
  });

  it('lets nobody through who has used up a quantity, if the app says how much is used', async () => {
    const own = await startStack();
    onTestFinished(() => own.close());
    const identify = async () => ({ customerId: 'cus_entitled-quantity_1', subscriptionId: 'sub_entitled-quantity_1' });
    const proxy = await openOfferProxy(readConfig(own.environment), { identify });
    onTestFinished(() => proxy.close());
    const app = new Hono().post(
      '/seats',
      proxy.requireEntitlement('seats', async ({ req }: Context) => Number(req.query('taken'))),
      (c) => c.text('taken'),
    );
    const take = async (taken: number) => (await app.request(`/seats?taken=${taken}`, { method: 'POST' })).status;

    expect([await take(24), await take(25)]).toEqual([200, 403]);
  });

  it('says in the log why nobody is known, as the routes of the proxy do', async () => {
    const said: object[] = [];
    const say = (facts: object) => void said.push(facts);
    const own = await startStack();
    onTestFinished(() => own.close());
    const proxy = await openOfferProxy(readConfig(own.environment), { log: { info: say, warn: say, error: say } });
    onTestFinished(() => proxy.close());
    const app = new Hono().get('/reports', proxy.requireEntitlement('advanced-analytics'));
    const token = await signToken({ sub: 'cus_7' }, own.identitySecret);

    const { status } = await app.request('/reports', { headers: { Authorization: `Bearer ${token}` } });

    expect(status).toBe(401);
    expect(said).toContainEqual(
      expect.objectContaining({
        code: 'token_claim',
        detail: 'subscription_id is missing.',
        requestId: expect.any(String),
      }),
    );
  });
});

describe('the same guard in Express', () => {
  it('answers as in Hono, and has the address and the headers for `identify`', async () => {
    const own = await startStack();
    onTestFinished(() => own.close());
    const asked: string[] = [];
    const proxy = await openOfferProxy(readConfig({ ...own.environment, LOG_LEVEL: 'silent' }), {
      async identify({ method, url, headers }) {
        asked.push(`${method} ${new URL(url).pathname}`);
        const user = headers.get('X-User');
        if (user === 'broken') throw new Error('the sessions are down');
        return user === null ? undefined : { customerId: `cus_${user}`, subscriptionId: `sub_${user}` };
      },
    });
    onTestFinished(() => proxy.close());
    const app = express();
    app.use(express.json());
    app.get('/reports/:id', proxy.requireEntitlement('advanced-analytics'), (request, response) => {
      response.send(`report ${request.params.id}`);
    });
    const seatsTaken = ({ body }: ExpressRequest) => Number(body.taken);
    app.use(
      '/api',
      express.Router().post('/seats', proxy.requireEntitlement('seats', seatsTaken), (_, response) => {
        response.send('taken');
      }),
    );
    app.use((error: Error, _request: ExpressRequest, response: express.Response, _next: express.NextFunction) => {
      response.status(500).send(error.message);
    });
    const server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const read = async (user?: string) => {
      const response = await fetch(`${url}/reports/7`, { headers: user ? { 'X-User': user } : {} });
      return [response.status, response.headers.get('Content-Type'), await response.text()];
    };
    const take = async (taken: number) => {
      const headers = { 'X-User': 'entitled-quantity_1', 'Content-Type': 'application/json' };
      return (await fetch(`${url}/api/seats`, { method: 'POST', headers, body: JSON.stringify({ taken }) })).status;
    };
    const problem = (code: string) => expect.stringContaining(`"code":"${code}"`);

    expect(await read('entitled_1')).toEqual([200, 'text/html; charset=utf-8', 'report 7']);
    expect(await read('ordinary_1')).toEqual([403, 'application/problem+json', problem('not_entitled')]);
    expect(await read()).toEqual([401, 'application/problem+json', problem('unauthenticated')]);
    expect(await read('broken')).toEqual([500, 'text/html; charset=utf-8', 'the sessions are down']);
    expect([await take(24), await take(25)]).toEqual([200, 403]);
    expect(new Set(asked)).toEqual(new Set(['GET /reports/7', 'POST /api/seats']));
  });
});

it('is a hook of a route of Fastify, whose `next` did not fit the type of the guard', async () => {
  const own = await startStack();
  onTestFinished(() => own.close());
  const proxy = await openOfferProxy(readConfig({ ...own.environment, LOG_LEVEL: 'silent' }));
  onTestFinished(() => proxy.close());
  const guard = proxy.requireEntitlement('advanced-analytics');
  const app = fastify();
  onTestFinished(() => app.close());
  app.get(
    '/report',
    { onRequest: (request, reply, next) => guard(request.raw, reply.raw, next) },
    async () => 'the report',
  );
  const read = async (scenario: string) => {
    const { token } = await newCustomer(scenario, { secret: own.identitySecret });
    return app.inject({ url: '/report', headers: { Authorization: `Bearer ${token}` } });
  };

  expect(await read('entitled')).toMatchObject({ statusCode: 200, body: 'the report' });
  expect(await read('ordinary')).toMatchObject({ statusCode: 403, body: expect.stringContaining('not_entitled') });
});
