import { oneEvent } from '@open-wc/testing/pure';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { newCustomer } from '../../../support/customer.js';
import { asCustomer } from '../../../support/proxy-client.js';
import { sandboxOf } from '../../../support/sandbox-client.js';
import { place, placeUntil } from '../../../support/place.js';

const ANALYTICS = 'advanced-analytics';
const SOON = { timeout: 6_000 };

const stack = inject('stack');
const sandbox = sandboxOf(stack);
const offers = page.getByRole('heading', { name: 'Unlock Advanced Analytics' });
const dialog = page.getByRole('dialog', { name: 'Unlock Advanced Analytics' });
const locked = page.getByText('Not in your plan');

beforeEach(() => {
  sessionStorage.clear();
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a modal', () => {
  const busy: [string, () => () => void][] = [
    [
      'a dialog of the page is open',
      () => {
        const own = document.createElement('dialog');
        own.textContent = 'The page asks';
        document.body.append(own);
        own.showModal();
        return () => own.remove();
      },
    ],
    [
      'a layer of a component library is open in a shadow root',
      () => {
        const library = document.createElement('div');
        library.attachShadow({ mode: 'open' }).innerHTML = '<div aria-modal="true">The library asks</div>';
        document.body.append(library);
        return () => library.remove();
      },
    ],
    [
      'the customer has the page in full screen',
      () => {
        const full = vi.spyOn(document, 'fullscreenElement', 'get').mockReturnValue(document.body);
        return () => full.mockRestore();
      },
    ],
  ];

  it.each(busy)('waits while %s, and opens afterwards', async (_, begin) => {
    const end = begin();
    const element = await place({ customer: await newCustomer(), feature: ANALYTICS, layout: 'modal' });
    await expect.poll(() => element.explain()).toMatch(/waits/);
    expect(dialog.query()).toBeNull();
    end();
    await expect.element(dialog, SOON).toBeVisible();
  });

  it.each(busy)('is a banner while %s, where the page wants it so', async (_, begin) => {
    const end = begin();
    const customer = await newCustomer();
    await placeUntil('offer-ready', { customer, feature: ANALYTICS, layout: 'modal', ifBusy: 'banner' });
    await expect.element(page.getByRole('region', { name: 'Unlock Advanced Analytics' })).toBeInTheDocument();
    expect(dialog.query()).toBeNull();
    end();
  });

  it('does not open into the middle of a sentence, but after it', async () => {
    const field = document.createElement('textarea');
    document.body.prepend(field);
    field.focus();
    const element = await place({ customer: await newCustomer(), feature: ANALYTICS, layout: 'modal', manual: true });
    await userEvent.keyboard('Dear team');
    await element.refresh();
    await expect.poll(() => element.explain()).toMatch(/types/);
    expect(document.activeElement).toBe(field);
    await expect.element(dialog, SOON).toBeVisible();
    expect(field.value).toBe('Dear team');
    field.remove();
  });

  it('is not opened over another one; the second comes when the first has gone', async () => {
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS, layout: 'modal' });
    await expect.element(dialog).toBeVisible();
    const second = await place({ customer: await newCustomer(), feature: ANALYTICS, layout: 'modal' });
    await expect.poll(() => second.explain()).toMatch(/waits/);
    expect(dialog.elements()).toHaveLength(1);
    await page.getByRole('button', { name: 'Maybe later' }).click();
    await expect.poll(() => second.explain(), SOON).toMatch(/is shown/);
    expect(dialog.elements()).toHaveLength(1);
  });

  it('that the customer has asked for opens at once', async () => {
    const own = document.createElement('dialog');
    document.body.append(own);
    own.showModal();
    const element = await place({ customer: await newCustomer(), feature: ANALYTICS, layout: 'modal', manual: true });
    await element.show();
    await expect.element(dialog).toBeVisible();
    own.remove();
  });
});

describe('one offer', () => {
  it('is shown by one of several elements; the next one asks again once it is free', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const second = await place({ customer, feature: ANALYTICS, layout: 'banner' });
    await expect.poll(() => second.explain()).toMatch(/elsewhere/);
    expect(offers.elements()).toHaveLength(1);
    await expect.element(locked.nth(1)).toBeVisible();
    element.remove();
    await expect.poll(() => second.explain()).toMatch(/is shown/);
    await expect.element(offers).toBeVisible();
    expect(offers.elements()).toHaveLength(1);
  });

  it('that one element has put away is not brought back by the next', async () => {
    const customer = await newCustomer();
    await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const second = await place({ customer, feature: ANALYTICS });
    await expect.poll(() => second.explain()).toMatch(/elsewhere/);
    const none = oneEvent(second, 'offer-none');
    await page.getByRole('button', { name: 'Maybe later' }).click();
    await none;
    expect(offers.query()).toBeNull();
  });

  it('is not shown by two tabs, and moves to the one that is left', async () => {
    const customer = await newCustomer();
    const tab = await openTab(customer.token);
    await expect.poll(() => tab.text(), SOON).toContain('Unlock Advanced Analytics');
    const element = await place({ customer, feature: ANALYTICS });
    await expect.poll(() => element.explain()).toMatch(/elsewhere/);
    expect(offers.query()).toBeNull();
    tab.close();
    await expect.element(offers, SOON).toBeVisible();
  });

  it('comes to the element that was asked to show it', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const second = await place({ customer, feature: ANALYTICS, layout: 'modal', manual: true });
    await second.show();
    await expect.element(dialog).toBeVisible();
    await expect.poll(() => element.explain()).toMatch(/elsewhere/);
    expect(offers.elements()).toHaveLength(1);
  });
});

describe('a snoozed offer', () => {
  it('is not turned down, and stays away on the next page', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-viewed', { customer, feature: ANALYTICS, layout: 'modal' });
    element.snooze();
    await expect.element(dialog).not.toBeInTheDocument();
    element.remove();
    const next = await place({ customer, feature: ANALYTICS, layout: 'modal' });
    await expect.poll(() => next.explain()).toMatch(/snoozed/);
    expect(dialog.query()).toBeNull();
    const events = async () => (await sandbox.records(customer)).events.map(({ type }) => type);
    await expect.poll(events).toEqual(['viewed']);
  });

  it('comes back by itself after the time that the page gave it', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    element.snooze(400);
    await expect.element(offers).not.toBeInTheDocument();
    await expect.element(offers, SOON).toBeVisible();
  });

  it('comes back when the customer asks for it', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    element.snooze();
    await element.show();
    await expect.element(offers).toBeVisible();
    expect(sessionStorage).toHaveLength(0);
  });
});

describe('an offer with an end', () => {
  it('goes when its time is over, and cannot be accepted after it', async () => {
    const customer = await newCustomer();
    endingIn(1_000);
    const { element, event } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    await asCustomer(stack, customer).report(event.offer.id, 'dismissed');
    await expect.element(offers, SOON).not.toBeInTheDocument();
    await element.accept();
    expect((await sandbox.records(customer)).fulfillments).toEqual([]);
  });

  it('is asked for again when its time is over', async () => {
    endingIn(700);
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    await oneEvent(element, 'offer-ready');
    await expect.element(offers).toBeVisible();
  });

  it('that this clock believes to be over is the proxy’s to judge', async () => {
    endingIn(-60_000);
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    await expect.element(offers).toBeVisible();
    await element.refresh();
    await expect.element(offers).toBeVisible();
  });
});

/** The next answer of the proxy has an offer that ends so soon; all else is as the proxy sends it. */
function endingIn(ms: number): void {
  const send = window.fetch.bind(window);
  let isFirst = true;
  vi.spyOn(window, 'fetch').mockImplementation(async (input, init) => {
    const response = await send(input, init);
    if (!String(input).endsWith('/offers') || !isFirst) return response;
    isFirst = false;
    const { offer, ...answer } = await response.json();
    return Response.json({ ...answer, offer: { ...offer, expiresAt: Date.now() + ms } });
  });
}

/** A second document of this origin, as another tab is. */
async function openTab(token: string): Promise<{ text: () => string; close: () => void }> {
  const frame = document.createElement('iframe');
  frame.srcdoc = '<!doctype html><title>Another tab</title>';
  const loaded = oneEvent(frame, 'load');
  document.body.append(frame);
  await loaded;
  const tab = frame.contentDocument;
  if (!tab) throw new Error('The tab has no document.');
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
