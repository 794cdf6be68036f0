import { describe, expect, it, vi } from 'vitest';
import { newCustomer } from '../../../support/customer.js';
import { callsTo, placeUntil } from '../../../support/place.js';
import { ANALYTICS, eventsOf, maybeLater } from '../../../support/widget-words.js';

describe('what the customer did', () => {
  it('survives leaving the page, and says who it was', async () => {
    const customer = await newCustomer();
    await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const fetching = vi.spyOn(window, 'fetch');
    await maybeLater.click();
    await expect.poll(() => callsTo(fetching, '/events')).toBe(2);
    const sent = fetching.mock.calls.filter(([url]) => String(url).endsWith('/events'));
    for (const [, init] of sent) {
      expect(init).toMatchObject({ method: 'POST', keepalive: true });
      expect(new Headers(init?.headers).get('Authorization')).toBe(`Bearer ${customer.token}`);
    }
  });

  it('waits without a network, and goes out once when there is one', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const offline = loseTheNetwork();
    await maybeLater.click();
    await expect.poll(() => callsTo(offline, '/events')).toBe(2);
    element.remove();
    offline.mockRestore();
    expect(await eventsOf(customer)).toEqual([]);
    window.dispatchEvent(new Event('online'));
    // Two requests of one moment may overtake each other on their way.
    await expect.poll(async () => (await eventsOf(customer)).toSorted()).toEqual(['dismissed', 'viewed']);
    window.dispatchEvent(new Event('online'));
    expect(sessionStorage).toHaveLength(0);
    expect(warn).not.toHaveBeenCalled();
  });

  it('waits for the next page, too', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const offline = loseTheNetwork();
    element.dismiss();
    await expect.poll(() => sessionStorage.length).toBe(1);
    element.remove();
    offline.mockRestore();
    await placeUntil('offer-ready', { customer, context: { storage_used_percent: 85 } });
    await expect.poll(() => eventsOf(customer)).toContain('dismissed');
  });

  it('does not fill the session: the last twenty events are kept', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const kept = Array.from({ length: 40 }, (_, index) => ({ offerId: `old_${index}`, type: 'viewed' }));
    const offline = loseTheNetwork();
    element.dismiss();
    await expect.poll(() => sessionStorage.length).toBe(1);
    const [name = ''] = Object.keys(sessionStorage);
    sessionStorage.setItem(name, JSON.stringify(kept));
    window.dispatchEvent(new Event('online'));
    await expect.poll(() => callsTo(offline, '/old_39/events')).toBe(1);
    await expect.poll(() => JSON.parse(sessionStorage.getItem(name) ?? '[]')).toHaveLength(20);
  });
});

function loseTheNetwork() {
  return vi.spyOn(window, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
}
