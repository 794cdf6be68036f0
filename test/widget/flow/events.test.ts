import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { readOffer } from '../../../widget/flow/question/answers.js';
import { acceptAndLeave, placeUntil } from '../../support/place.js';
import { addStorage, ANALYTICS, maybeLater, STORAGE } from '../../support/widget-words.js';

const STEPS = ['ready', 'viewed', 'accept', 'accepted', 'fulfilled', 'dismiss', 'dismissed'].map(
  (step) => `offer-${step}`,
);

let steps: string[] = [];
/** What the events say that have an offer. */
let campaigns: (string | undefined)[] = [];
const note = (event: Event) => {
  steps.push(event.type);
  if ('offer' in event) campaigns.push(readOffer(event.offer).campaignId);
};

beforeEach(() => {
  steps = [];
  campaigns = [];
  for (const step of STEPS) document.addEventListener(step, note);
});

afterEach(() => {
  for (const step of STEPS) document.removeEventListener(step, note);
});

describe('a page that listens at its document', () => {
  it('can follow a purchase from the offer to its end, each step once', async () => {
    await placeUntil('offer-ready', { customer: await newCustomer(), ...STORAGE });
    await addStorage.click();
    await expect
      .poll(() => steps.toSorted())
      .toEqual(['offer-accept', 'offer-accepted', 'offer-fulfilled', 'offer-ready', 'offer-viewed']);
    expect(steps.indexOf('offer-accept')).toBeLessThan(steps.indexOf('offer-accepted'));
    expect(steps.at(-1)).toBe('offer-fulfilled');
    expect(campaigns).toEqual(steps.map(() => 'moreStorage'));
  });

  it('can follow a refusal, which is never taken for a purchase', async () => {
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    await maybeLater.click();
    await expect.poll(() => steps).toContain('offer-dismissed');
    expect(steps).not.toContain('offer-accept');
    expect(campaigns).toEqual(steps.map(() => 'advancedAnalytics'));
  });

  it('reads the same campaign after the customer has come back to the page', async () => {
    const customer = await newCustomer();
    await acceptAndLeave({ customer, ...STORAGE });
    campaigns = [];
    await placeUntil('offer-fulfilled', { customer, ...STORAGE });
    expect(campaigns).toContain('moreStorage');
    expect(new Set(campaigns).size).toBe(1);
  });
});
