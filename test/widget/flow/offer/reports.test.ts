import { afterEach, describe, expect, it, vi } from 'vitest';
import { OfferFlow } from '../../../../widget/flow/offer-flow.js';
import { newCustomer, type TestCustomer } from '../../../support/customer.js';
import { holdAnswersTo, isCallTo } from '../../../support/page-network.js';
import { OwnPage } from '../../../support/own-page.js';
import { callsTo, place, placeUntil } from '../../../support/place.js';
import { stoppedClock } from '../../../support/stopped-clock.js';
import { ANALYTICS, analyticsTitle, eventsOf, maybeLater } from '../../../support/widget-words.js';

const flows: OfferFlow[] = [];

afterEach(() => {
  for (const flow of flows.splice(0)) flow.stop();
});

describe('what the customer did', () => {
  it('survives leaving the page, and says who it was', async () => {
    const customer = await newCustomer();
    await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const fetching = vi.spyOn(window, 'fetch');
    await maybeLater.click();
    await expect.poll(() => callsTo(fetching, '/events')).toBe(2);
    for (const [, init] of fetching.mock.calls.filter(([url]) => isCallTo(url, '/events'))) {
      expect(init).toMatchObject({ method: 'POST', keepalive: true });
      expect(new Headers(init?.headers).get('Authorization')).toBe(`Bearer ${customer.token}`);
    }
  });

  it('is told in the order in which it happened', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const arrived: string[] = [];
    const letGo: (() => void)[] = [];
    const send = window.fetch.bind(window);
    vi.spyOn(window, 'fetch').mockImplementation(async (input, init) => {
      if (!isCallTo(input, '/events')) return send(input, init);
      arrived.push(JSON.parse(String(init?.body)).type);
      await new Promise<void>((go) => letGo.push(go));
      return send(input, init);
    });
    element.dismiss();
    await expect.poll(() => letGo.length).toBe(1);
    expect(arrived).toEqual(['viewed']);
    letGo[0]?.();
    await expect.poll(() => letGo.length).toBe(2);
    expect(arrived).toEqual(['viewed', 'dismissed']);
    letGo[1]?.();
    await expect.poll(() => eventsOf(customer)).toEqual(['viewed', 'dismissed']);
  });

  it('and that it was dismissed is sent at once when the tab is closed while the view is on its way', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const { fetching, release } = holdAnswersTo('/events');
    element.dismiss();
    expect(callsTo(fetching, '/events')).toBe(1);
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(fetching.mock.lastCall?.[1]).toMatchObject({ body: '{"type":"dismissed"}', keepalive: true });
    await expect.poll(() => eventsOf(customer)).toContain('dismissed');
    release();
    await expect.poll(() => sessionStorage.length).toBe(0);
    await expect.poll(async () => (await eventsOf(customer)).toSorted()).toEqual(['dismissed', 'viewed']);
  });

  it.each([401, 408, 429, 500, 502, 503])(
    'and was answered %i is sent again, once, and in its order',
    async (status) => {
      const customer = await newCustomer();
      const { flow, clock } = await offered(customer);
      const network = failWith(status);
      flow.dismiss();
      await expect.poll(clock.waits).toHaveLength(1);
      expect(callsTo(network, '/events')).toBe(1);
      network.mockRestore();
      clock.endWaits();
      await expect.poll(() => eventsOf(customer)).toEqual(['viewed', 'dismissed']);
      expect(clock.waits()).toEqual([]);
      expect(sessionStorage).toHaveLength(0);
    },
  );

  it('waits without a network, in silence, and goes out when there is one', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const customer = await newCustomer();
    await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const offline = loseTheNetwork();
    await maybeLater.click();
    await expect.poll(() => sessionStorage.length).toBe(1);
    offline.mockRestore();
    expect(await eventsOf(customer)).toEqual([]);
    window.dispatchEvent(new Event('online'));
    await expect.poll(() => eventsOf(customer)).toEqual(['viewed', 'dismissed']);
    window.dispatchEvent(new Event('online'));
    expect(sessionStorage).toHaveLength(0);
    expect(warn).not.toHaveBeenCalled();
  });

  it('and the proxy does not take is told to the page, and not sent again', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const { flow, clock, host } = await offered(await newCustomer());
    const failed = vi.fn<() => void>();
    host.addEventListener('offer-error', failed);
    failWith(404);
    flow.dismiss();
    await expect.poll(() => failed.mock.calls.length).toBe(2);
    expect(clock.waits()).toEqual([]);
    expect(sessionStorage).toHaveLength(0);
  });

  it('keeps no element alive that has left the page', async () => {
    const { flow, clock } = await offered(await newCustomer());
    failWith(503);
    flow.dismiss();
    await expect.poll(() => sessionStorage.length).toBe(1);
    const removed = vi.spyOn(window, 'removeEventListener');
    const added = vi.spyOn(window, 'addEventListener');
    flow.stop();
    expect(clock.waits()).toEqual([]);
    expect(added).not.toHaveBeenCalled();
    expect(removed.mock.calls.map(([type]) => type)).toContain('online');
  });
});

describe('a dismissal that the proxy has not heard', () => {
  it('is not followed by the same offer, neither in another element nor on the next page', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    failWith(503);
    element.dismiss();
    await expect.poll(() => sessionStorage.length).toBe(1);
    element.remove();
    await placeUntil('offer-none', { customer, feature: ANALYTICS });
    expect(analyticsTitle.query()).toBeNull();
  });

  it('is sent by the next page of this tab, before it asks', async () => {
    const customer = await newCustomer();
    const { element, event } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    element.remove();
    // As an earlier page has left it: this page knows nothing of it.
    const next = await newCustomer('ordinary', {
      claims: { sub: customer.customerId, subscription_id: customer.subscriptionId },
    });
    const proxy = `${(await place({ customer, manual: true })).proxy}/`;
    sessionStorage.setItem(
      keptAs(customer, proxy),
      JSON.stringify([`viewed ${event.offer.id}`, `dismissed ${event.offer.id}`, 7, 'nonsense']),
    );
    vi.spyOn(console, 'warn').mockReturnValue();
    const none = await placeUntil('offer-none', { token: next.token, proxy, feature: ANALYTICS });
    expect(none.event.why).toBe('no_match');
    await expect.poll(() => eventsOf(customer)).toEqual(['viewed', 'dismissed']);
    expect(sessionStorage).toHaveLength(0);
  });

  it('outlives its tab, beside what another tab could not send, until the proxy knows it', async () => {
    const customer = await newCustomer();
    const { flow, clock, host } = await offered(customer);
    const name = keptAs(customer, host.proxy);
    localStorage.setItem(name, '["dismissed of_another_tab"]');
    const kept = () => JSON.parse(localStorage.getItem(name) ?? '[]');
    const network = failWith(503);
    flow.dismiss();
    expect(kept()).toEqual(['dismissed of_another_tab', expect.stringMatching(/^dismissed ./)]);
    await expect.poll(clock.waits).toHaveLength(1);
    network.mockRestore();
    clock.endWaits();
    await expect.poll(kept).toEqual(['dismissed of_another_tab']);
    await expect.poll(() => eventsOf(customer)).toEqual(['viewed', 'dismissed']);
  });

  it('ends with its tab where nobody can tell whose it is', async () => {
    const { flow, host } = await offered(await newCustomer());
    host.token = 'opaque';
    loseTheNetwork();
    vi.spyOn(console, 'warn').mockReturnValue();
    flow.dismiss();
    await expect.poll(() => sessionStorage.length).toBe(1);
    expect(localStorage).toHaveLength(0);
  });

  it('does not fill the session: the last twenty events are kept', async () => {
    const customer = await newCustomer();
    const kept = Array.from({ length: 40 }, (_, index) => `viewed old_${index}`);
    const { flow, host } = start(customer, { isFirst: false });
    const name = keptAs(customer, host.proxy);
    sessionStorage.setItem(name, JSON.stringify(kept));
    loseTheNetwork();
    vi.spyOn(console, 'warn').mockReturnValue();
    flow.start();
    flow.update();
    await expect.poll(() => JSON.parse(sessionStorage.getItem(name) ?? '[]')).toHaveLength(20);
  });
});

/** The entry of what the proxy has not heard of this customer. */
function keptAs({ customerId, subscriptionId }: TestCustomer, proxy: string): string {
  return `upgrade-offer:unsent ${JSON.stringify([proxy, JSON.stringify([customerId, subscriptionId]), undefined])}`;
}

function start(customer: TestCustomer, { isFirst = true } = {}) {
  const clock = stoppedClock();
  const host = new OwnPage(customer, ANALYTICS);
  const flow = new OfferFlow(host, { wait: clock.wait, jitter: 0 });
  flows.push(flow);
  if (isFirst) {
    flow.start();
    flow.update();
  }
  return { flow, clock, host };
}

/** The offer's own wait, for its end, is over when it is dismissed. */
async function offered(customer: TestCustomer) {
  const { flow, ...rest } = start(customer);
  await expect.poll(() => flow.state.status).toBe('offered');
  return { flow, ...rest };
}

/** Events do not get through; questions do. */
function failWith(status: number) {
  const send = window.fetch.bind(window);
  return vi.spyOn(window, 'fetch').mockImplementation(async (input, init) => {
    if (!isCallTo(input, '/events')) return send(input, init);
    return Response.json({ code: 'internal', title: 'It failed' }, { status });
  });
}

function loseTheNetwork() {
  return vi.spyOn(window, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
}
