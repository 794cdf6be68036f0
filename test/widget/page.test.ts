import { describe, expect, it, vi } from 'vitest';
import type { UpgradeOffer } from '../../widget/index.js';
import { newCustomer, type TestCustomer } from '../support/customer.js';
import { placeUntil } from '../support/place.js';
import { ANALYTICS, stack } from '../support/widget-words.js';

describe('a page', () => {
  it('keeps nothing of an element that came and went 200 times', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    element.remove();
    await Promise.resolve();
    const left = countWhatIsLeft();
    const answered = vi.fn<() => void>();
    const send = window.fetch.bind(window);
    vi.spyOn(window, 'fetch').mockImplementation((input, init) => send(input, init).finally(answered));
    for (let round = 0; round < 200; round += 1) {
      const each = elementOf(customer);
      document.body.append(each);
      if (round % 2) await each.updateComplete;
      each.remove();
      await Promise.resolve();
    }
    expect(left()).toEqual({ listeners: 0, timers: 0 });
    const requests = vi.mocked(window.fetch).mock.calls.length;
    await expect.poll(() => answered.mock.calls.length).toBe(requests);
    expect(left()).toEqual({ listeners: 0, timers: 0 });
  });

  it('may load the script a second time', async () => {
    const again = '../../widget/define.js?again';
    await import(/* @vite-ignore */ again);
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
  });
});

function elementOf({ token }: TestCustomer): UpgradeOffer {
  const element = document.createElement('upgrade-offer');
  return Object.assign(element, { proxy: stack.proxyUrl, token, feature: ANALYTICS });
}

/** Counts the listeners on the window and the document, and the timers, that start from now on and have not ended. */
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
