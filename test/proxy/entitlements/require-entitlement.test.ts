import { Hono } from 'hono';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openOfferProxy, readConfig } from '../../../proxy/run/server.js';
import { signToken } from '../../support/customer.js';
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
      proxy.requireEntitlement('seats', async ({ req }) => Number(req.query('taken'))),
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
