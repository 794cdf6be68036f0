import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addedHeaders, HOSTS, mountHost, type MountedHost } from '../../support/mounted-host.js';
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
});
