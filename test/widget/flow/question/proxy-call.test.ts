import { describe, expect, it, vi } from 'vitest';
import { newCustomer, signToken } from '../../../support/customer.js';
import { placeUntil } from '../../../support/place.js';
import { ANALYTICS, stack } from '../../../support/widget-words.js';

describe('the customer who asks', () => {
  it('must be known: without a token there is no offer, and the console says so once', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const { element, event } = await placeUntil('offer-error', { feature: ANALYTICS });
    expect(event.error).toMatchObject({ name: 'ProxyError', code: 'token_missing' });
    expect(element.getBoundingClientRect().height).toBe(0);
    await element.refresh();
    await expect.poll(() => element.explain()).toContain('Set `token`, or `getToken`');
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('Set `token`, or `getToken`'));
  });

  it('is known by getToken when the page has no token', async () => {
    const { token } = await newCustomer('entitled');
    const getToken = vi.fn(async () => token);
    await placeUntil('offer-unlocked', { getToken, feature: ANALYTICS });
    expect(getToken).toHaveBeenCalledTimes(1);
  });

  it('is known by a fresh token, fetched once, when the token has expired', async () => {
    const { customerId, subscriptionId, token } = await newCustomer('entitled');
    const claims = { sub: customerId, subscription_id: subscriptionId };
    const expired = await signToken(claims, stack.identitySecret, '-1 minute');
    const getToken = vi.fn(async () => token);
    await placeUntil('offer-unlocked', { token: expired, getToken, feature: ANALYTICS });
    expect(getToken).toHaveBeenCalledTimes(1);
  });

  it('is unknown when even the fresh token is refused, and no third one is fetched', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const getToken = vi.fn(async () => 'nonsense');
    const { event } = await placeUntil('offer-error', { getToken });
    expect(event.error).toMatchObject({ code: 'token_malformed' });
    expect(getToken).toHaveBeenCalledTimes(2);
  });

  it('is unknown when getToken itself fails, and the page is told why', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const getToken = () => Promise.reject(new Error('signed out'));
    const { event } = await placeUntil('offer-error', { getToken });
    expect(event.error).toMatchObject({ code: 'unauthenticated', message: expect.stringContaining('signed out') });
  });
});

describe('a proxy that is not there', () => {
  it('leaves the page as it is, and the console says once how to fix it', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const customer = await newCustomer();
    const { element, event } = await placeUntil('offer-error', { customer, proxy: 'http://127.0.0.1:1/upgrade-offer' });
    expect(event.error).toMatchObject({ code: 'unreachable' });
    await element.refresh();
    expect(element.getBoundingClientRect().height).toBe(0);
    expect(await element.explain()).toMatch(/did not answer.*ALLOWED_ORIGINS/);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('ALLOWED_ORIGINS'));
  });

  it('is noticed when something else answers in its place', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const { event } = await placeUntil('offer-error', { customer: await newCustomer(), proxy: '/not-a-proxy' });
    expect(event.error).toMatchObject({ code: 'unreadable' });
  });
});
