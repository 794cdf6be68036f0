import { describe, expect, it, vi } from 'vitest';
import { newCustomer } from '../../../support/customer.js';
import { place, placeUntil } from '../../../support/place.js';
import { ANALYTICS, analyticsDialog, analyticsTitle, eventsOf } from '../../../support/widget-words.js';

const MODAL = { feature: ANALYTICS, layout: 'modal' };

describe('snooze()', () => {
  it('hides the offer and tells nobody; refresh() leaves it hidden, show() brings it back', async () => {
    const { element } = await placeUntil('offer-viewed', { customer: await newCustomer(), ...MODAL });
    const fetching = vi.spyOn(window, 'fetch');
    const dismissed = vi.fn();
    element.addEventListener('offer-dismissed', dismissed);
    element.snooze();
    await expect.element(analyticsDialog).not.toBeInTheDocument();
    expect(fetching).not.toHaveBeenCalled();
    expect(dismissed).not.toHaveBeenCalled();
    await element.refresh();
    await expect.element(analyticsDialog).not.toBeInTheDocument();
    await element.show();
    await expect.element(analyticsDialog).toBeVisible();
  });
});

describe('a snoozed offer', () => {
  it('is not dismissed, and stays away on the next page', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-viewed', { customer, ...MODAL });
    element.snooze();
    await expect.element(analyticsDialog).not.toBeInTheDocument();
    element.remove();
    const next = await place({ customer, ...MODAL });
    await expect.poll(() => next.explain()).toMatch(/snoozed/);
    expect(analyticsDialog.query()).toBeNull();
    await expect.poll(() => eventsOf(customer)).toEqual(['viewed']);
  });

  it('comes back by itself after the time that the page gave it', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    element.snooze(400);
    await element.updateComplete;
    expect(analyticsTitle.query()).toBeNull();
    await expect.element(analyticsTitle).toBeVisible();
  });

  it('comes back after a time that is a text, such as the value of a field: it once never did', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    Reflect.apply(element.snooze, element, ['400']);
    await element.updateComplete;
    expect(analyticsTitle.query()).toBeNull();
    await expect.element(analyticsTitle).toBeVisible();
  });

  it('comes back when the customer asks for it', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    element.snooze();
    await element.show();
    await expect.element(analyticsTitle).toBeVisible();
    expect(sessionStorage).toHaveLength(0);
  });
});
