import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { newCustomer } from '../support/customer.js';
import { placeUntil } from '../support/place.js';

const ANALYTICS = 'advanced-analytics';
const STORAGE = { layout: 'banner', context: { storage_used_percent: 85 } };
const STEPS = ['ready', 'viewed', 'accept', 'accepted', 'fulfilled', 'dismiss', 'dismissed'].map(
  (step) => `offer-${step}`,
);

let steps: string[] = [];
const note = ({ type }: Event) => void steps.push(type);

beforeEach(() => {
  sessionStorage.clear();
  steps = [];
  for (const step of STEPS) document.addEventListener(step, note);
});

afterEach(() => {
  vi.restoreAllMocks();
  for (const step of STEPS) document.removeEventListener(step, note);
});

describe('a page that listens at its document', () => {
  it('can follow a purchase from the offer to its end, each step once', async () => {
    await placeUntil('offer-ready', { customer: await newCustomer(), ...STORAGE });
    await page.getByRole('button', { name: 'Add 100 GB storage' }).click();
    await expect
      .poll(() => steps.toSorted(), { timeout: 6_000 })
      .toEqual(['offer-accept', 'offer-accepted', 'offer-fulfilled', 'offer-ready', 'offer-viewed']);
    expect(steps.indexOf('offer-accept')).toBeLessThan(steps.indexOf('offer-accepted'));
    expect(steps.at(-1)).toBe('offer-fulfilled');
  });

  it('can follow a refusal, which is never taken for a purchase', async () => {
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    await page.getByRole('button', { name: 'Maybe later' }).click();
    await expect.poll(() => steps).toContain('offer-dismissed');
    expect(steps).not.toContain('offer-accept');
  });
});

it('an offer that was put away does not come back in another browser of the same customer', async () => {
  const customer = await newCustomer();
  const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
  await page.getByRole('button', { name: 'Maybe later' }).click();
  await expect.poll(() => steps).toContain('offer-dismissed');
  element.remove();
  sessionStorage.clear();
  localStorage.clear();
  const { event } = await placeUntil('offer-none', { customer, feature: ANALYTICS });
  expect(event.why).toBe('no_match');
});

it('without a word about the layout the offer is a card inside the page, not a popup', async () => {
  const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
  expect(element.layout).toBe('inline');
  expect(page.getByRole('dialog').query()).toBeNull();
  await expect.element(page.getByRole('region', { name: 'Unlock Advanced Analytics' })).toBeVisible();
});
