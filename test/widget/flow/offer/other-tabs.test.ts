import { oneEvent } from '@open-wc/testing/pure';
import { describe, expect, it, vi } from 'vitest';
import { tellOtherTabs } from '../../../../widget/flow/acceptance/tell-other-tabs.js';
import { newCustomer } from '../../../support/customer.js';
import { callsTo, placeUntil } from '../../../support/place.js';
import { ANALYTICS, STORAGE } from '../../../support/widget-words.js';

describe('an offer', () => {
  it('is asked for again when another tab of this browser says that an offer was fulfilled', async () => {
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    const fetching = vi.spyOn(window, 'fetch');
    // What has been asked in this very moment is not asked again.
    await expect
      .poll(() => {
        tellOtherTabs();
        return callsTo(fetching, '/offers');
      })
      .toBeGreaterThan(0);
  });

  it('is no longer asked for by an element that has left the page', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    element.remove();
    const fetching = vi.spyOn(window, 'fetch');
    const channel = new BroadcastChannel('upgrade-offer');
    const heard = oneEvent(channel, 'message');
    tellOtherTabs();
    await heard;
    channel.close();
    expect(callsTo(fetching, '/offers')).toBe(0);
  });
});

describe('the end of a fulfillment', () => {
  it('is told once by the element that saw it, which does not hear itself', async () => {
    const channel = new BroadcastChannel('upgrade-offer');
    const told = vi.fn<() => void>();
    channel.addEventListener('message', told);
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), context: STORAGE.context });
    const fetching = vi.spyOn(window, 'fetch');
    const fulfilled = oneEvent(element, 'offer-fulfilled');
    await element.accept();
    await fulfilled;
    await expect.poll(() => told.mock.calls.length).toBe(1);
    element.requestUpdate();
    await element.updateComplete;
    expect(told).toHaveBeenCalledTimes(1);
    expect(callsTo(fetching, '/offers')).toBe(0);
    channel.close();
  });
});
