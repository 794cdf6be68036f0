import { oneEvent } from '@open-wc/testing/pure';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { UpgradeOffer } from '../../widget/index.js';
import { newCustomer, type TestCustomer } from '../support/customer.js';
import { callsTo, place, placeUntil } from '../support/place.js';

const ANALYTICS = 'advanced-analytics';

beforeEach(() => {
  sessionStorage.clear();
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a page', () => {
  it('with 1,000 elements that ask the same makes one request, and shows one offer', async () => {
    const fetching = vi.spyOn(window, 'fetch');
    const customer = await newCustomer();
    const list = document.createElement('div');
    list.append(...Array.from({ length: 1_000 }, () => elementOf(customer)));
    const ready = oneEvent(document.body, 'offer-ready');
    document.body.append(list);
    await ready;
    await expect.element(page.getByRole('button', { name: 'Unlock now' })).toBeVisible();
    expect(callsTo(fetching, '/offers')).toBe(1);
    expect(page.getByRole('heading').elements()).toHaveLength(1);
    list.remove();
  });

  it('with two customers asks for each of them', async () => {
    const fetching = vi.spyOn(window, 'fetch');
    const [entitled, other] = [await newCustomer('entitled'), await newCustomer('nothing')];
    await Promise.all([
      place({ getToken: async () => entitled.token, feature: ANALYTICS }),
      place({ getToken: async () => other.token, feature: ANALYTICS }),
    ]);
    await expect.element(page.getByText('The reports').first()).toBeVisible();
    await expect.element(page.getByText('Not in your plan').nth(1)).toBeVisible();
    expect(callsTo(fetching, '/offers')).toBe(2);
  });

  it('keeps nothing of an element that came and went 200 times', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    element.remove();
    await Promise.resolve();
    const left = countWhatIsLeft();
    const aborted = vi.fn();
    const send = window.fetch.bind(window);
    vi.spyOn(window, 'fetch').mockImplementation((input, init) => {
      init?.signal?.addEventListener('abort', aborted);
      return send(input, init);
    });
    for (let round = 0; round < 200; round += 1) {
      const each = elementOf(customer);
      document.body.append(each);
      if (round % 2) await each.updateComplete;
      each.remove();
      await Promise.resolve();
    }
    expect(left()).toEqual({ listeners: 0, timers: 0 });
    const requests = vi.mocked(window.fetch).mock.calls.length;
    await expect.poll(() => aborted.mock.calls.length).toBe(requests);
  });

  it('may load the script a second time', async () => {
    const again = '../../widget/define.js?again';
    await import(/* @vite-ignore */ again);
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
  });
});

function elementOf({ token }: TestCustomer): UpgradeOffer {
  const element = document.createElement('upgrade-offer');
  return Object.assign(element, { proxy: inject('stack').proxyUrl, token, feature: ANALYTICS });
}

/** Listeners on the window and the document, and timers, that were begun from now on and not ended. */
function countWhatIsLeft(): () => { listeners: number; timers: number } {
  const listening = new Set<string>();
  const ids = new WeakMap<object, number>();
  let count = 0;
  const name = (target: EventTarget, type: string, listener: object | null) => {
    if (listener && !ids.has(listener)) ids.set(listener, (count += 1));
    return `${target === window ? 'window' : 'document'} ${type} ${listener && ids.get(listener)}`;
  };
  for (const target of [window, document]) {
    const { addEventListener, removeEventListener } = target;
    vi.spyOn(target, 'addEventListener').mockImplementation((type: string, listener, options) => {
      listening.add(name(target, type, listener));
      const signal = typeof options === 'object' ? options.signal : undefined;
      signal?.addEventListener('abort', () => listening.delete(name(target, type, listener)));
      addEventListener.call(target, type, listener, options);
    });
    vi.spyOn(target, 'removeEventListener').mockImplementation((type: string, listener, options) => {
      listening.delete(name(target, type, listener));
      removeEventListener.call(target, type, listener, options);
    });
  }
  const timers = new Set<unknown>();
  const { setTimeout, clearTimeout } = window;
  vi.spyOn(window, 'setTimeout').mockImplementation(((run: () => void, ms?: number) => {
    const id = setTimeout(() => {
      timers.delete(id);
      run();
    }, ms);
    timers.add(id);
    return id;
  }) as typeof setTimeout);
  vi.spyOn(window, 'clearTimeout').mockImplementation((id) => {
    timers.delete(id);
    clearTimeout(id);
  });
  return () => ({ listeners: listening.size, timers: timers.size });
}
