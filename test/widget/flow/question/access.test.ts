import { oneEvent } from '@open-wc/testing/pure';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { newCustomer, signToken } from '../../../support/customer.js';
import { sandboxOf } from '../../../support/sandbox-client.js';
import { callsTo, place, placeUntil } from '../../../support/place.js';

const ANALYTICS = 'advanced-analytics';

const sandbox = sandboxOf(inject('stack'));
const reports = page.getByText('The reports');
const locked = page.getByText('Not in your plan');
const offer = page.getByRole('region', { name: 'Unlock Advanced Analytics' });

afterEach(async () => {
  vi.restoreAllMocks();
  await sandbox.behave();
});

describe('a gated feature', () => {
  it('is shown to who may use it, and no offer is asked for', async () => {
    const customer = await newCustomer('entitled');
    const { event } = await placeUntil('offer-unlocked', { customer, feature: ANALYTICS });
    await expect.element(reports).toBeVisible();
    expect(event.feature).toBe(ANALYTICS);
    expect(offer.query()).toBeNull();
    expect((await sandbox.records(customer)).offers).toEqual([]);
  });

  it('is offered to who may not use it', async () => {
    const { event } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    await expect.element(offer).toBeVisible();
    expect(event.offer.options[0]?.label).toBe('Unlock now');
    await expect.element(reports).not.toBeVisible();
    await expect.element(locked).not.toBeVisible();
  });

  it('is locked to who may not use it when there is no offer', async () => {
    const { event } = await placeUntil('offer-none', { customer: await newCustomer('nothing'), feature: ANALYTICS });
    await expect.element(locked).toBeVisible();
    await expect.element(reports).not.toBeVisible();
    expect(event).toMatchObject({ access: 'denied', why: 'no_match' });
  });

  it('is neither shown nor sold while nobody can tell who may use it', async () => {
    await sandbox.misbehave({ operation: 'subscription_entitlements', kind: 'unavailable' });
    const customer = await newCustomer();
    const { event } = await placeUntil('offer-none', { customer, feature: ANALYTICS });
    expect(event).toMatchObject({ access: 'unknown', why: 'access_unknown' });
    await expect.element(reports).not.toBeVisible();
    await expect.element(locked).not.toBeVisible();
    expect(offer.query()).toBeNull();
  });

  it('shows nothing at all until the answer is there', async () => {
    const answered = oneEvent(document.body, 'offer-unlocked');
    const element = await place({ customer: await newCustomer('entitled'), feature: ANALYTICS });
    expect(element.getBoundingClientRect().height).toBe(0);
    await expect.element(reports).not.toBeVisible();
    await expect.element(locked).not.toBeVisible();
    await answered;
    await expect.element(reports).toBeVisible();
  });
});

describe('without a feature', () => {
  it('nothing to offer takes no room', async () => {
    const { element, event } = await placeUntil('offer-none', { customer: await newCustomer('nothing') });
    expect(event).toMatchObject({ access: undefined, why: 'no_match' });
    expect(element.getBoundingClientRect().height).toBe(0);
    await expect.element(locked).not.toBeVisible();
  });
});

describe('who is asking', () => {
  it('must be proven: without a token there is no offer, and the console says so once', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const { element, event } = await placeUntil('offer-error', { feature: ANALYTICS });
    expect(event.error).toMatchObject({ name: 'ProxyError', code: 'token_missing' });
    expect(element.getBoundingClientRect().height).toBe(0);
    await element.refresh();
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('Set a valid `token`'));
  });

  it('is brought by getToken when the page has no token', async () => {
    const { token } = await newCustomer('entitled');
    const getToken = vi.fn(async () => token);
    await placeUntil('offer-unlocked', { getToken, feature: ANALYTICS });
    expect(getToken).toHaveBeenCalledTimes(1);
  });

  it('is brought anew, once, when the token has expired', async () => {
    const { customerId, subscriptionId, token } = await newCustomer('entitled');
    const claims = { sub: customerId, subscription_id: subscriptionId };
    const expired = await signToken(claims, inject('stack').identitySecret, '-1 minute');
    const getToken = vi.fn(async () => token);
    await placeUntil('offer-unlocked', { token: expired, getToken, feature: ANALYTICS });
    expect(getToken).toHaveBeenCalledTimes(1);
  });

  it('is not asked for again when even the fresh token is refused', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const getToken = vi.fn(async () => 'nonsense');
    const { event } = await placeUntil('offer-error', { getToken });
    expect(event.error).toMatchObject({ code: 'token_malformed' });
    expect(getToken).toHaveBeenCalledTimes(2);
  });

  it('is told to the page when getToken itself fails', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const getToken = () => Promise.reject(new Error('signed out'));
    const { event } = await placeUntil('offer-error', { getToken });
    expect(event.error).toMatchObject({ code: 'unauthenticated', message: expect.stringContaining('signed out') });
  });

  it('is the same customer after a fresh token, so nothing is asked again', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const fetching = vi.spyOn(window, 'fetch');
    const claims = { sub: customer.customerId, subscription_id: customer.subscriptionId };
    element.token = await signToken(claims, inject('stack').identitySecret, '10 minutes');
    await element.updateComplete;
    expect(fetching).not.toHaveBeenCalled();
    await expect.element(offer).toBeVisible();
  });

  it('changes with the token of somebody else, and the offer of the first one goes at once', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    const unlocked = oneEvent(element, 'offer-unlocked');
    element.token = (await newCustomer('entitled')).token;
    await element.updateComplete;
    expect(offer.query()).toBeNull();
    await unlocked;
    await expect.element(reports).toBeVisible();
  });
});

describe('a proxy that is not there', () => {
  it('leaves the page as it is, and the console says once how to mend it', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const customer = await newCustomer();
    const { element, event } = await placeUntil('offer-error', { customer, proxy: 'http://127.0.0.1:1/upgrade-offer' });
    expect(event.error).toMatchObject({ code: 'unreachable' });
    await element.refresh();
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('ALLOWED_ORIGINS'));
    expect(element.getBoundingClientRect().height).toBe(0);
    expect(await element.explain()).toContain('did not answer');
  });

  it('is noticed when something else answers in its place', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const { event } = await placeUntil('offer-error', { customer: await newCustomer(), proxy: '/not-a-proxy' });
    expect(event.error).toMatchObject({ code: 'unreadable' });
  });
});

it('asks once for one page, however often equal values are set', async () => {
  const fetching = vi.spyOn(window, 'fetch');
  const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
  element.feature = `${element.feature}`;
  element.getToken = async () => 'another';
  element.getToken = undefined;
  await element.updateComplete;
  expect(callsTo(fetching, '/offers')).toBe(1);
});
