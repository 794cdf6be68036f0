import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { explain } from '../../../widget/developer/explain.js';
import { newCustomer } from '../../support/customer.js';
import { place, placeUntil } from '../../support/place.js';
import { shownStates } from '../view/notices.js';

const ANALYTICS = 'advanced-analytics';

const panel = page.getByRole('complementary', { name: 'Why there is an upgrade offer, or none' });

beforeEach(() => {
  sessionStorage.clear();
});

afterEach(() => {
  vi.restoreAllMocks();
  history.replaceState(null, '', location.pathname);
  document.querySelector('upgrade-offer-debug')?.remove();
});

describe('explain()', () => {
  it('names the token when nobody is signed in', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const { element } = await placeUntil('offer-error', { feature: ANALYTICS });
    expect(await element.explain()).toMatch(/401.*Set a valid `token`/);
  });

  it('names the entitlement of a customer who has the feature', async () => {
    const { element } = await placeUntil('offer-unlocked', {
      customer: await newCustomer('entitled'),
      feature: ANALYTICS,
    });
    expect(await element.explain()).toContain('may use the feature');
  });

  it('names the four usual causes of an empty answer', async () => {
    const { element } = await placeUntil('offer-none', { customer: await newCustomer('nothing') });
    const words = await element.explain();
    for (const cause of ['no active play', 'not mapped', 'accepted before', 'cooling down'])
      expect(words).toContain(cause);
  });

  it.each([
    ['budget', 'calls per minute'],
    ['upstream_unavailable', 'Chargebee did not answer'],
    ['access_unknown', 'Nobody can tell'],
    ['signed_out', 'Nobody is signed in'],
    ['unknown_feature', 'no feature with the id'],
  ] as const)('names the reason that the proxy gives: %s', (why, words) => {
    expect(explain({ status: 'empty', why })).toContain(words);
  });

  it('has a sentence for a reason that only a newer proxy gives', () => {
    expect(explain({ status: 'empty', why: 'full_moon' })).toMatch(/does not know: full_moon/);
    expect(explain({ status: 'empty', why: 'toString' })).toMatch(/does not know: toString/);
  });

  it('never says of an offer that was not accepted that it was', () => {
    const { offered, accepting, interrupted, gone, ...accepted } = shownStates();
    for (const state of [offered, accepting, interrupted, gone]) {
      expect(state && explain(state)).not.toContain('was accepted');
    }
    for (const state of Object.values(accepted)) expect(explain(state)).toContain('was accepted');
  });

  it('says that an offer is shown, and which', async () => {
    const { element, event } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    expect(await element.explain()).toBe(`The offer ${event.offer.id} is shown.`);
  });
});

describe('?upgrade-offer-debug', () => {
  it('shows the same in a panel, for each element, and follows it', async () => {
    history.replaceState(null, '', '?upgrade-offer-debug');
    const element = await place({ customer: await newCustomer(), feature: ANALYTICS });
    await expect.element(panel).toBeVisible();
    await expect.poll(said).toMatch(/<upgrade-offer feature="advanced-analytics" layout="inline">.*is shown/);
    await place({ customer: await newCustomer('nothing'), layout: 'banner' });
    await expect.poll(said).toMatch(/is shown.*layout="banner">.*no active play/);
    element.snooze();
    await expect.poll(said).toMatch(/snoozed/);
  });

  it('is the only thing that opens it', async () => {
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    expect(panel.query()).toBeNull();
  });
});

function said(): string {
  return document.querySelector('upgrade-offer-debug')?.shadowRoot?.textContent ?? '';
}
