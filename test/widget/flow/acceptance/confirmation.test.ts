/** A page that asks the customer once more, for example about the price, before it lets an acceptance go on. */
import { oneEvent } from '@open-wc/testing/pure';
import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { Offer } from '../../../../proxy/contract.js';
import type { OfferAcceptEvent, UpgradeOffer } from '../../../../widget/index.js';
import { newCustomer } from '../../../support/customer.js';
import { replaceCallsTo } from '../../../support/page-network.js';
import { callsTo, place, placeUntil } from '../../../support/place.js';
import { ANALYTICS, fulfillmentsOf, maybeLater, oneMoment, status, unlock } from '../../../support/widget-words.js';

const dearOffer = page.getByRole('heading', { name: 'Dear' });

describe('an acceptance that the page has prevented', () => {
  it('goes on with proceed(), once and without a second event', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const events = prevented(element);
    const accepted = vi.fn();
    element.addEventListener('offer-accepted', accepted);
    await unlock.click();
    await expect.poll(() => events.length).toBe(1);
    await Promise.all([events[0]?.proceed(), events[0]?.proceed()]);
    await expect.element(status).toHaveTextContent('Taking you to the next step…');
    expect(events).toHaveLength(1);
    expect(accepted).toHaveBeenCalledTimes(1);
    expect(await fulfillmentsOf(customer)).toHaveLength(1);
  });

  it('goes on at once when the listener itself calls proceed()', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const asked = vi.fn((event: OfferAcceptEvent) => void event.proceed());
    element.addEventListener('offer-accept', asked);
    await element.accept();
    await expect.element(status).toHaveTextContent('Taking you to the next step…');
    expect(asked).toHaveBeenCalledTimes(1);
    expect(await fulfillmentsOf(customer)).toHaveLength(1);
  });

  it('is of the offer and the option that were confirmed, though the proxy has another offer by now', async () => {
    const customer = await newCustomer('every-option');
    const { element, event } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const events = prevented(element);
    const [, second] = event.offer.options;
    await element.accept(second?.id);
    const fetching = replaceCallsTo('/offers', async () => dear(event.offer));
    lookBack();
    await expect.poll(() => callsTo(fetching, '/offers')).toBe(1);
    await expect.element(unlock).toBeVisible();
    await expect.element(dearOffer).not.toBeInTheDocument();
    fetching.mockRestore();
    await events[0]?.proceed();
    expect(events).toHaveLength(1);
    expect(await fulfillmentsOf(customer)).toMatchObject([
      { personalized_offer_id: event.offer.id, option_id: second?.id },
    ]);
  });

  it('makes room for another offer when the page asks again', async () => {
    const { element, event } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    prevented(element);
    await element.accept();
    replaceCallsTo('/offers', async () => dear(event.offer));
    await element.refresh();
    await expect.element(dearOffer).toBeVisible();
  });

  it('is not sent for another customer who has signed in meanwhile', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    const events = prevented(element);
    await element.accept();
    const ready = oneEvent(element, 'offer-ready');
    element.token = (await newCustomer()).token;
    await ready;
    const fetching = vi.spyOn(window, 'fetch');
    await events[0]?.proceed();
    expect(callsTo(fetching, '/fulfillments')).toBe(0);
    await expect.element(unlock).toBeVisible();
  });

  it('is sent though the element has left the page, and is known when it is back', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const events = prevented(element);
    await element.accept();
    element.remove();
    await Promise.resolve();
    await events[0]?.proceed();
    expect(await fulfillmentsOf(customer)).toHaveLength(1);
    await place({ customer, feature: ANALYTICS });
    await expect.element(status).toHaveTextContent('Pick up where you left off.');
  });
});

describe('an acceptance that waits for waitUntil()', () => {
  it('keeps the offer and its buttons waiting, and is sent once the customer has agreed', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const agreed = Promise.withResolvers<void>();
    const asked = vi.fn((event: OfferAcceptEvent) => event.waitUntil(agreed.promise));
    element.addEventListener('offer-accept', asked);
    await unlock.click();
    await expect.element(oneMoment).toHaveAttribute('aria-disabled', 'true');
    expect(await fulfillmentsOf(customer)).toEqual([]);
    agreed.resolve();
    await expect.element(status).toHaveTextContent('Taking you to the next step…');
    expect(asked).toHaveBeenCalledTimes(1);
    expect(await fulfillmentsOf(customer)).toHaveLength(1);
  });

  it.each([
    ['resolves with false', () => Promise.resolve(false)],
    ['rejects', () => Promise.reject(new Error('the dialog failed'))],
  ])('is not sent when the promise %s, and the offer can be accepted later', async (_, answer) => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    element.addEventListener('offer-accept', (event) => event.waitUntil(answer()), { once: true });
    await element.accept();
    expect(await fulfillmentsOf(customer)).toEqual([]);
    await expect.element(maybeLater).not.toHaveAttribute('aria-disabled');
    await unlock.click();
    await expect.element(status).toHaveTextContent('Taking you to the next step…');
  });
});

/** The events that the page has prevented. */
function prevented(element: UpgradeOffer): OfferAcceptEvent[] {
  const events: OfferAcceptEvent[] = [];
  element.addEventListener('offer-accept', (event) => {
    event.preventDefault();
    events.push(event);
  });
  return events;
}

/** The answer of a proxy that has another offer now. */
function dear(offer: Offer): Response {
  return Response.json({ access: 'denied', offer: { ...offer, id: 'another', title: 'Dear' } });
}

/** The customer has been in another window for a while. */
function lookBack(): void {
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 10_000);
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
}
