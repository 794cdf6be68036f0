/** What the proxy needs to know to cap what nobody has asked for. */
import { describe, expect, it, vi } from 'vitest';
import { newCustomer } from '../../../support/customer.js';
import { isCallTo } from '../../../support/page-network.js';
import { place, placeUntil } from '../../../support/place.js';
import { ANALYTICS, analyticsDialog, analyticsTitle, eventsOf } from '../../../support/widget-words.js';

describe('a question', () => {
  it('of a page that loads is not asked for by the customer, nor is one while an offer waits', async () => {
    const fetching = vi.spyOn(window, 'fetch');
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    element.snooze();
    await element.refresh();

    expect(queriesTo(fetching, '/offers')).toEqual(['', '']);
  });

  it('is asked for by show(), and by what the customer sees already: a cap must not take it from the page', async () => {
    const fetching = vi.spyOn(window, 'fetch');
    const element = await place({ customer: await newCustomer(), feature: ANALYTICS, layout: 'modal', manual: true });
    await element.show();
    await expect.element(analyticsDialog).toBeVisible();
    await element.refresh();

    expect(queriesTo(fetching, '/offers')).toEqual(['?asked=true', '?asked=true']);
  });
});

describe('a view', () => {
  it('says that the customer has asked for it, or which display it is', async () => {
    const fetching = vi.spyOn(window, 'fetch');
    const asking = await newCustomer();
    const element = await place({ customer: asking, feature: ANALYTICS, manual: true });
    await element.show();
    await expect.element(analyticsTitle).toBeVisible();
    await element.refresh();
    element.dismiss();
    await expect.poll(() => eventsOf(asking)).toEqual(['viewed', 'dismissed']);
    element.remove();
    const other = await newCustomer();
    const { element: unasked } = await placeUntil('offer-ready', { customer: other, feature: ANALYTICS });
    await unasked.refresh();
    unasked.dismiss();
    await expect.poll(() => eventsOf(other)).toEqual(['viewed', 'dismissed']);

    expect(queriesTo(fetching, '/events')).toEqual(['?asked=true', '', expect.stringMatching(/^\?display=\d+$/), '']);
  });

  it('that is reported again is the same display: the proxy counts it once', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const send = window.fetch.bind(window);
    let losses = 1;
    const fetching = vi.spyOn(window, 'fetch').mockImplementation(async (...request) => {
      const answer = await send(...request);
      if (isCallTo(request[0], '/events') && losses-- > 0) throw new TypeError('The answer was lost.');
      return answer;
    });
    element.dismiss();
    await expect.poll(() => queriesTo(fetching, '/events').length).toBe(1);
    await element.refresh();
    await expect.poll(() => queriesTo(fetching, '/events').length).toBe(3);

    const [first, again] = queriesTo(fetching, '/events');
    expect(first).toMatch(/^\?display=\d+$/);
    expect(again).toBe(first);
  });
});

function queriesTo(spy: { mock: { calls: unknown[][] } }, path: string): string[] {
  return spy.mock.calls.filter(([url]) => isCallTo(url, path)).map(([url]) => new URL(String(url)).search);
}
