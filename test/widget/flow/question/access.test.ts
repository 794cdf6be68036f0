import { oneEvent } from '@open-wc/testing/pure';
import { afterEach, describe, expect, it } from 'vitest';
import { newCustomer } from '../../../support/customer.js';
import { place, placeUntil } from '../../../support/place.js';
import { ANALYTICS, analyticsCard, locked, reports, sandbox } from '../../../support/widget-words.js';

afterEach(() => sandbox.behave());

describe('a gated feature', () => {
  it('is shown to a customer who may use it, and no offer is asked for', async () => {
    const customer = await newCustomer('entitled');
    const { event } = await placeUntil('offer-unlocked', { customer, feature: ANALYTICS });
    await expect.element(reports).toBeVisible();
    expect(event.feature).toBe(ANALYTICS);
    expect(analyticsCard.query()).toBeNull();
    expect((await sandbox.records(customer)).offers).toEqual([]);
  });

  it('is offered to a customer who may not use it', async () => {
    const { event } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    await expect.element(analyticsCard).toBeVisible();
    expect(event.offer.options[0]?.label).toBe('Unlock now');
    await expect.element(reports).not.toBeVisible();
    await expect.element(locked).not.toBeVisible();
  });

  it('is locked for a customer who may not use it when there is no offer', async () => {
    const { event } = await placeUntil('offer-none', { customer: await newCustomer('nothing'), feature: ANALYTICS });
    await expect.element(locked).toBeVisible();
    await expect.element(reports).not.toBeVisible();
    expect(event).toMatchObject({ access: 'denied', why: 'no_match' });
  });

  it('is neither shown nor sold while nobody can say who may use it', async () => {
    await sandbox.misbehave({ operation: 'subscription_entitlements', kind: 'unavailable' });
    const customer = await newCustomer();
    const { event } = await placeUntil('offer-none', { customer, feature: ANALYTICS });
    expect(event).toMatchObject({ access: 'unknown', why: 'access_unknown' });
    await expect.element(reports).not.toBeVisible();
    await expect.element(locked).not.toBeVisible();
    expect(analyticsCard.query()).toBeNull();
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
