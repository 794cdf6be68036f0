import { oneEvent } from '@open-wc/testing/pure';
import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { UpgradeOffer } from '../../../../widget/index.js';
import { newCustomer, type TestCustomer } from '../../../support/customer.js';
import { callsTo, place, placeUntil } from '../../../support/place.js';
import { ANALYTICS, locked, reports, stack, unlock } from '../../../support/widget-words.js';

describe('a page', () => {
  it('with 1,000 elements that ask the same makes one request, and shows one offer', async () => {
    const fetching = vi.spyOn(window, 'fetch');
    const customer = await newCustomer();
    const list = document.createElement('div');
    list.append(...Array.from({ length: 1_000 }, () => elementOf(customer)));
    const ready = oneEvent(document.body, 'offer-ready');
    document.body.append(list);
    await ready;
    await expect.element(unlock).toBeVisible();
    expect(callsTo(fetching, '/offers')).toBe(1);
    expect(page.getByRole('heading').elements()).toHaveLength(1);
    list.remove();
  });

  it('that replaces an element before its answer gives the new one an answer, not the end of the old request', async () => {
    const customer = await newCustomer();
    const fetching = vi.spyOn(window, 'fetch');
    const first = elementOf(customer);
    document.body.append(first);
    await expect.poll(() => callsTo(fetching, '/offers')).toBe(1);
    first.remove();
    await Promise.resolve();
    const ready = oneEvent(document.body, 'offer-ready');
    const second = elementOf(customer);
    document.body.append(second);
    await ready;
    await expect.element(unlock).toBeVisible();
    second.remove();
  });

  it('whose clock was set back asks again: an answer from the future was once reused for an hour', async () => {
    const placing = { customer: await newCustomer('entitled'), feature: ANALYTICS };
    await placeUntil('offer-unlocked', placing);
    const now = Date.now.bind(Date);
    vi.spyOn(Date, 'now').mockImplementation(() => now() - 3_600_000);
    const fetching = vi.spyOn(window, 'fetch');
    await placeUntil('offer-unlocked', placing);
    expect(callsTo(fetching, '/offers')).toBe(1);
  });

  it('with two customers asks for each of them', async () => {
    const fetching = vi.spyOn(window, 'fetch');
    const [entitled, other] = [await newCustomer('entitled'), await newCustomer('nothing')];
    await Promise.all([
      place({ getToken: async () => entitled.token, feature: ANALYTICS }),
      place({ getToken: async () => other.token, feature: ANALYTICS }),
    ]);
    await expect.element(reports.first()).toBeVisible();
    await expect.element(locked.nth(1)).toBeVisible();
    expect(callsTo(fetching, '/offers')).toBe(2);
  });
});

function elementOf({ token }: TestCustomer): UpgradeOffer {
  const element = document.createElement('upgrade-offer');
  return Object.assign(element, { proxy: stack.proxyUrl, token, feature: ANALYTICS });
}
