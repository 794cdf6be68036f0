import { oneEvent } from '@open-wc/testing/pure';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { newCustomer } from '../../../support/customer.js';
import { place, placeUntil } from '../../../support/place.js';
import {
  ANALYTICS,
  analyticsCard,
  analyticsDialog,
  anyCard,
  close,
  eventsOf,
  locked,
  maybeLater,
  STORAGE,
} from '../../../support/widget-words.js';

const MODAL = { feature: ANALYTICS, layout: 'modal' };

describe('"Maybe later"', () => {
  it('hides the offer, tells the page and Chargebee, and keeps it away on the next load', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const dismissed = oneEvent(element, 'offer-dismissed');
    await maybeLater.click();
    await expect.element(analyticsCard).not.toBeInTheDocument();
    expect((await dismissed).offer.title).toContain('Unlock Advanced Analytics');
    await expect.poll(() => eventsOf(customer)).toContain('dismissed');
    element.remove();
    const { event } = await placeUntil('offer-none', { customer, feature: ANALYTICS });
    expect(event.why).toBe('no_match');
  });

  it('keeps the offer away in another browser of the same customer', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const dismissed = oneEvent(element, 'offer-dismissed');
    await maybeLater.click();
    await dismissed;
    await expect.poll(() => eventsOf(customer)).toContain('dismissed');
    element.remove();
    sessionStorage.clear();
    localStorage.clear();
    const { event } = await placeUntil('offer-none', { customer, feature: ANALYTICS });
    expect(event.why).toBe('no_match');
  });

  it('leaves the locked slot in place of the offer', async () => {
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    await maybeLater.click();
    await expect.element(locked).toBeVisible();
  });

  it('does nothing when the page prevents it', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const asked = oneEvent(element, 'offer-dismiss');
    const dismissed = vi.fn();
    element.addEventListener('offer-dismiss', (event) => event.preventDefault());
    element.addEventListener('offer-dismissed', dismissed);
    await maybeLater.click();
    await asked;
    await expect.element(analyticsCard).toBeVisible();
    expect(dismissed).not.toHaveBeenCalled();
    expect(await eventsOf(customer)).not.toContain('dismissed');
  });

  it('still holds when the context changes', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), ...STORAGE });
    await maybeLater.click();
    await element.refresh();
    await expect.element(anyCard).not.toBeInTheDocument();
  });
});

describe('a modal', () => {
  it.each<[string, () => Promise<void>]>([
    ['Escape', () => userEvent.keyboard('{Escape}')],
    ['the cross', () => close.click()],
    ['the words', () => maybeLater.click()],
    ['a click beside it', () => userEvent.click(document.documentElement, { position: { x: 5, y: 5 }, force: true })],
  ])('is dismissed by %s, and gives the focus back', async (_, dismiss) => {
    const field = document.createElement('input');
    document.body.prepend(field);
    field.focus();
    const customer = await newCustomer();
    await placeUntil('offer-ready', { customer, ...MODAL });
    await expect.element(analyticsDialog).toBeVisible();
    await dismiss();
    await expect.element(analyticsDialog).not.toBeInTheDocument();
    expect(document.activeElement).toBe(field);
    // Two requests of one moment may overtake each other on their way.
    await expect.poll(async () => (await eventsOf(customer)).toSorted()).toEqual(['dismissed', 'viewed']);
    field.remove();
  });

  it('stays open when the page prevents that, whatever key is pressed', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), ...MODAL });
    element.addEventListener('offer-dismiss', (event) => event.preventDefault());
    await userEvent.keyboard('{Escape}');
    await userEvent.keyboard('{Escape}');
    await userEvent.keyboard('{Escape}');
    await expect.element(analyticsDialog).toBeVisible();
    expect(analyticsDialog.element().matches(':modal')).toBe(true);
  });

  it('is still a modal after a move within the page', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), ...MODAL });
    const dismissed = vi.fn();
    element.addEventListener('offer-dismissed', dismissed);
    document.body.append(element);
    await element.updateComplete;
    expect(analyticsDialog.element().matches(':modal')).toBe(true);
    expect(dismissed).not.toHaveBeenCalled();
    element.remove();
  });
});

it('before there is an offer, dismiss() and snooze() do nothing', async () => {
  const element = await place({ customer: await newCustomer('nothing'), manual: true });
  element.dismiss();
  element.snooze();
  await element.accept();
  expect(await element.explain()).toContain('Nothing was asked yet');
});
