import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntitlementAnswer, Outcome, Problem } from '../../../proxy/contract.js';
import { addedHeaders, HOSTS, mountHost, type MountedHost } from '../../support/mounted-host.js';
import { fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

describe.each(Object.entries(HOSTS))('the proxy mounted in an app of %s', (_, open) => {
  let host: MountedHost;
  const ownsSessions = open === HOSTS.Hono || open === HOSTS.Next;

  beforeAll(async () => {
    host = await mountHost(open);
  });
  afterAll(() => host.close());

  it('takes a customer of the app from the offer to its acceptance', async () => {
    const { call, ask, customerId, subscriptionId } = await host.signIn();
    const { offerId, optionId } = offered(await ask());
    const at = `/upgrade-offer/offers/${offerId}`;

    const viewed = await call('POST', `${at}/events`, { type: 'viewed' });
    const accepted = await call<Outcome>('POST', `${at}/fulfillments`, { optionId });

    expect([viewed.status, accepted.status]).toEqual([202, 200]);
    expect(accepted.body).toMatchObject({ status: 'redirect', fulfillmentId: expect.any(String) });
    const records = () => sandboxOf(host).records({ customerId });
    expect((await records()).fulfillments).toMatchObject([{ subscription_id: subscriptionId }]);
    await expect.poll(async () => (await records()).events).toMatchObject([{ type: 'viewed' }]);
    const { body } = await call<EntitlementAnswer>('GET', '/upgrade-offer/entitlements/storage-gb?used=99');
    expect(body).toEqual({ featureId: 'storage-gb', access: 'granted', value: '100' });
  });

  it("takes reports of the app's backend with the server key", async () => {
    const backend = host.browser({ Authorization: `Bearer ${host.serverKey}` });
    const { call, ask } = await host.signIn();
    const { offerId, optionId } = offered(await ask());
    const id = fulfillmentIdOf(
      await call<Outcome>('POST', `/upgrade-offer/offers/${offerId}/fulfillments`, { optionId }),
    );

    const { status, body } = await backend.call('POST', `/upgrade-offer/fulfillments/${id}/complete`);

    expect([status, body]).toEqual([200, { fulfillmentId: id, status: 'completed' }]);
  });

  it('says of anybody who is not signed in that there is no customer, and answers nothing else', async () => {
    const nobody = host.browser({ Cookie: 'session=ordinary.forged' });
    const { status, body } = await nobody.ask();

    // With `identify` of the app it is an answer: visitors are ordinary. Without a token, the page has made a mistake.
    if (ownsSessions) expect([status, body]).toEqual([200, { offer: null, why: 'signed_out' }]);
    else expect([status, body.code]).toEqual([401, 'token_missing']);
    const acting = await nobody.call<Problem>('POST', '/upgrade-offer/offers/any/events', { type: 'viewed' });
    expect([acting.status, acting.body.code]).toEqual([401, ownsSessions ? 'unauthenticated' : 'token_missing']);
  });

  it("refuses what another site's page sends in a customer's name", async () => {
    const { ask, customerId } = await host.signIn();

    const forged = await ask({ Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' });

    expect(forged).toMatchObject({ status: 403, body: { code: 'wrong_origin' } });
    expect((await ask({ 'Sec-Fetch-Site': 'same-site' })).status).toBe(403);
    expect((await sandboxOf(host).records({ customerId })).calls).toEqual([]);
    expect((await ask({ Origin: host.url, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
  });

  it("leaves the app's own routes as they are", async () => {
    const { call } = await host.signIn();

    const hello = await call('GET', '/hello', undefined, { Origin: 'https://evil.example' });
    const missing = await call('GET', '/nowhere');

    expect([hello.status, hello.body, addedHeaders(hello.headers)]).toEqual([200, 'hello', []]);
    expect(missing.status).toBe(404);
    expect(missing.body).not.toHaveProperty('requestId');
    const unknown = await call('GET', '/upgrade-offer/nowhere');
    expect(unknown.status).toBe(404);
    // The listener leaves it to the app.
    if (ownsSessions) expect(unknown.body).toMatchObject({ code: 'unknown_route' });
  });
});
