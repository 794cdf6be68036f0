import { oneEvent } from '@open-wc/testing/pure';
import { describe, expect, it, vi } from 'vitest';
import { newCustomer } from '../../../support/customer.js';
import { place, placeUntil } from '../../../support/place.js';
import {
  addStorage,
  ANALYTICS,
  analyticsDialog,
  analyticsTitle,
  locked,
  maybeLater,
  stack,
  status,
  STORAGE,
} from '../../../support/widget-words.js';

describe('one offer', () => {
  it('is shown by one of several elements; the next one asks again once it is free', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const second = await place({ customer, feature: ANALYTICS, layout: 'banner' });
    await expect.poll(() => second.explain()).toMatch(/elsewhere/);
    expect(analyticsTitle.elements()).toHaveLength(1);
    await expect.element(locked.nth(1)).toBeVisible();
    element.remove();
    await expect.poll(() => second.explain()).toMatch(/is shown/);
    await expect.element(analyticsTitle).toBeVisible();
    expect(analyticsTitle.elements()).toHaveLength(1);
  });

  it('that the customer has dismissed in one element is not brought back by the next', async () => {
    const customer = await newCustomer();
    await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const second = await place({ customer, feature: ANALYTICS });
    await expect.poll(() => second.explain()).toMatch(/elsewhere/);
    const none = oneEvent(second, 'offer-none');
    await maybeLater.click();
    await none;
    expect(analyticsTitle.query()).toBeNull();
  });

  it('is not shown by two tabs, and moves to the one that is left', async () => {
    const customer = await newCustomer();
    const tab = await openTab(customer.token);
    await expect.poll(() => tab.text()).toContain('Unlock Advanced Analytics');
    const element = await place({ customer, feature: ANALYTICS });
    await expect.poll(() => element.explain()).toMatch(/elsewhere/);
    expect(analyticsTitle.query()).toBeNull();
    tab.close();
    await expect.element(analyticsTitle).toBeVisible();
  });

  it('comes to the element that was asked to show it', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const second = await place({ customer, feature: ANALYTICS, layout: 'modal', manual: true });
    await second.show();
    await expect.element(analyticsDialog).toBeVisible();
    await expect.poll(() => element.explain()).toMatch(/elsewhere/);
    expect(analyticsTitle.elements()).toHaveLength(1);
  });
});

it('is shown where the browser keeps nothing for the site, and refuses locks and channels', async () => {
  const refusal = new DOMException('The request was denied.', 'SecurityError');
  vi.spyOn(navigator.locks, 'request').mockRejectedValue(refusal);
  vi.spyOn(navigator.locks, 'query').mockRejectedValue(refusal);
  vi.spyOn(window, 'BroadcastChannel').mockImplementation(function refuse(): never {
    throw refusal;
  });
  const problems = vi.fn<(event: Event) => void>();
  addEventListener('offer-error', problems);
  await placeUntil('offer-ready', { customer: await newCustomer(), context: STORAGE.context });
  await addStorage.click();
  await expect.element(status).toHaveTextContent('Your upgrade is ready to use.');
  removeEventListener('offer-error', problems);
  expect(problems).not.toHaveBeenCalled();
});

/** A second document of this origin, as another tab is. */
async function openTab(token: string): Promise<{ text: () => string; close: () => void }> {
  const frame = document.createElement('iframe');
  frame.srcdoc = '<!doctype html><title>Another tab</title>';
  const loaded = oneEvent(frame, 'load');
  document.body.append(frame);
  await loaded;
  const tab = frame.contentDocument;
  if (!tab) throw new Error('Failed to open a tab: it has no document.');
  // Vitest leads every lazy import through this.
  const runner = '__vitest_browser_runner__';
  Reflect.set(frame.contentWindow ?? {}, runner, Reflect.get(window, runner));
  const script = tab.createElement('script');
  script.type = 'module';
  script.src = '/widget/define.ts';
  const offer = tab.createElement('upgrade-offer');
  for (const [name, value] of Object.entries({ proxy: stack.proxyUrl, token, feature: ANALYTICS })) {
    offer.setAttribute(name, value);
  }
  tab.body.append(offer);
  tab.head.append(script);
  const text = () => offer.shadowRoot?.textContent ?? '';
  return { text, close: () => frame.remove() };
}
