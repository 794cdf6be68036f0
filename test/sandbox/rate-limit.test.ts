import { afterEach, describe, expect, it } from 'vitest';
import { basic, refusal, startChargebee } from '../support/chargebee-http.js';
import { sdkFor } from './sdk.js';

const { url, control, call, customer, get, later } = await startChargebee();
const sdk = sdkFor(url);

const limit = (callsPerMinute: unknown, more: object = {}) =>
  control('POST', 'rate-limit', { callsPerMinute, ...more });

afterEach(async () => {
  await control('DELETE', 'rate-limit');
  later(60_000);
});

describe('a limit of calls per minute', () => {
  it('refuses the next call, of any operation, until the minute is over', async () => {
    await limit(2);
    expect((await customer().asks()).status).toBe(200);
    later(20_000);
    expect((await get('subscriptions/sub_1/subscription_entitlements')).status).toBe(200);
    later(15_000);

    const refused = await customer().asks();
    expect(refused).toMatchObject(refusal(429, 'api_request_limit_exceeded'));
    expect(refused.headers.get('retry-after')).toBe('25');

    later(25_000);
    expect((await customer().asks()).status).toBe(200);
    expect((await customer().asks()).status).toBe(429);
  });

  it('can leave out Retry-After', async () => {
    await limit(0, { retryAfter: false });
    const refused = await customer().asks();
    expect(refused.status).toBe(429);
    expect(refused.headers.has('retry-after')).toBe(false);
  });

  it('is understood by the SDK', async () => {
    await limit(1);
    await sdk.personalizedOffer.personalizedOffers(customer().ids);
    await expect(sdk.personalizedOffer.personalizedOffers(customer().ids)).rejects.toMatchObject({
      http_status_code: 429,
      api_error_code: 'api_request_limit_exceeded',
    });
  });

  it('does not count calls without the key', async () => {
    await limit(1);
    const headers = { Authorization: basic('live_other') };
    expect((await call('GET', 'subscriptions/sub_1/subscription_entitlements', { headers })).status).toBe(401);
    expect((await customer().asks()).status).toBe(200);
  });

  it('can be removed at once', async () => {
    await limit(0);
    expect((await customer().asks()).status).toBe(429);
    await control('DELETE', 'rate-limit');
    expect((await customer().asks()).status).toBe(200);
  });

  it.each([-1, 'many', 1.5, null])('is refused when it is %j', async (calls) => {
    expect(await limit(calls)).toMatchObject(refusal(400, 'param_wrong_value', 'callsPerMinute'));
    expect((await control('GET', 'rate-limit')).body).toBeNull();
  });
});
