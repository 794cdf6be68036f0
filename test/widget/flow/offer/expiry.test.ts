import { describe, expect, it, vi } from 'vitest';
import type { Offer } from '../../../../proxy/contract.js';
import { newCustomer } from '../../../support/customer.js';
import { isCallTo } from '../../../support/page-network.js';
import { callsTo, placeUntil } from '../../../support/place.js';
import { asCustomer } from '../../../support/proxy-client.js';
import { ANALYTICS, analyticsDialog, analyticsTitle, fulfillmentsOf, stack } from '../../../support/widget-words.js';

describe('an offer with an end', () => {
  it('goes when its time is over, and cannot be accepted after it', async () => {
    const customer = await newCustomer();
    // Dismissed elsewhere before it ends, so that the next question does not bring it back.
    endingIn([3_000], ({ id }) => asCustomer(stack, customer).report(id, 'dismissed'));
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    await expect.element(analyticsTitle).not.toBeInTheDocument();
    await element.accept();
    expect(await fulfillmentsOf(customer)).toEqual([]);
  });

  it('is asked for again when its time is over, and does not blink when the proxy renews it', async () => {
    const offers = endingIn([700]);
    const modal = { feature: ANALYTICS, layout: 'modal' };
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), ...modal });
    const closed = vi.fn<() => void>();
    analyticsDialog.element().addEventListener('close', closed);
    const title = analyticsTitle.element();
    await expect.poll(() => callsTo(offers, '/offers')).toBe(2);
    await element.refresh();
    expect(analyticsTitle.element()).toBe(title);
    expect(analyticsDialog.element().matches(':modal')).toBe(true);
    expect(closed).not.toHaveBeenCalled();
  });

  it('that was renewed ends at its new end', async () => {
    const offers = endingIn([700, 700]);
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    await expect.poll(() => callsTo(offers, '/offers')).toBe(3);
  });

  it('goes when its time is over and nobody can say what comes after it', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const offers = endingIn([3_000]);
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    offers.mockRejectedValue(new TypeError('Failed to fetch'));
    await expect.element(analyticsTitle).not.toBeInTheDocument();
  });

  it.each([
    ['an hour behind', -3_600_000],
    ['an hour ahead', 3_600_000],
  ])('ends in time where the clock of the browser is %s', async (_, offMs) => {
    const now = Date.now.bind(Date);
    vi.spyOn(Date, 'now').mockImplementation(() => now() + offMs);
    const offers = endingIn([700]);
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    await expect.poll(() => callsTo(offers, '/offers')).toBe(2);
  });

  it('that has ended when it comes is the proxy’s to judge', async () => {
    endingIn([-60_000]);
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    await expect.element(analyticsTitle).toBeVisible();
    await element.refresh();
    await expect.element(analyticsTitle).toBeVisible();
  });
});

/**
 * The next answers of the proxy have an offer that ends so soon by the proxy's clock; the rest is as the proxy sends it.
 * @param meanwhile what happens before the answer is there.
 */
function endingIn(ends: readonly number[], meanwhile?: (offer: Offer) => Promise<unknown>) {
  const send = window.fetch.bind(window);
  const left = [...ends];
  return vi.spyOn(window, 'fetch').mockImplementation(async (input, init) => {
    const response = await send(input, init);
    const ms = isCallTo(input, '/offers') ? left.shift() : undefined;
    if (ms === undefined) return response;
    const { offer, now, ...answer } = await response.json();
    await meanwhile?.(offer);
    return Response.json({ ...answer, now, offer: { ...offer, expiresAt: now + ms } });
  });
}
