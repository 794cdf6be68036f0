import { oneEvent } from '@open-wc/testing/pure';
import { describe, expect, it, vi } from 'vitest';
import type { Offer } from '../../../../proxy/contract.js';
import { newCustomer } from '../../../support/customer.js';
import { placeUntil } from '../../../support/place.js';
import { asCustomer } from '../../../support/proxy-client.js';
import { ANALYTICS, analyticsTitle, fulfillmentsOf, stack } from '../../../support/widget-words.js';

describe('an offer with an end', () => {
  it('goes when its time is over, and cannot be accepted after it', async () => {
    const customer = await newCustomer();
    // Dismissed elsewhere before it ends, so that the next question does not bring it back.
    endingIn(1_000, ({ id }) => asCustomer(stack, customer).report(id, 'dismissed'));
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    await expect.element(analyticsTitle).not.toBeInTheDocument();
    await element.accept();
    expect(await fulfillmentsOf(customer)).toEqual([]);
  });

  it('is asked for again when its time is over', async () => {
    endingIn(700);
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    await oneEvent(element, 'offer-ready');
    await expect.element(analyticsTitle).toBeVisible();
  });

  it('that has ended by this clock is the proxy’s to judge', async () => {
    endingIn(-60_000);
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    await expect.element(analyticsTitle).toBeVisible();
    await element.refresh();
    await expect.element(analyticsTitle).toBeVisible();
  });
});

/**
 * The next answer of the proxy has an offer that ends so soon; the rest is as the proxy sends it.
 * @param meanwhile what happens before the answer is there.
 */
function endingIn(ms: number, meanwhile?: (offer: Offer) => Promise<unknown>): void {
  const send = window.fetch.bind(window);
  let isFirst = true;
  vi.spyOn(window, 'fetch').mockImplementation(async (input, init) => {
    const response = await send(input, init);
    if (!String(input).endsWith('/offers') || !isFirst) return response;
    isFirst = false;
    const { offer, ...answer } = await response.json();
    await meanwhile?.(offer);
    return Response.json({ ...answer, offer: { ...offer, expiresAt: Date.now() + ms } });
  });
}
