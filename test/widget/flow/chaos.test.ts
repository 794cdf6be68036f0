/**
 * Customers on real pages behind a network that fails three of ten answers, each kind in its turn: they look, dismiss,
 * accept, leave in the middle of it and return. However it went, each of them has bought once, and nothing they did is lost.
 */
import { oneEvent } from '@open-wc/testing/pure';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { newCustomer, type TestCustomer } from '../../support/customer.js';
import { ANALYTICS, eventsOf, fulfillmentsOf, STORAGE } from '../../support/widget-words.js';

/** With each, another kind of failure is the first. */
const SEEDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'k', 'l'];
const TIMEOUT_MS = 4 * 60_000;
const WITHIN = { timeout: TIMEOUT_MS, interval: 200 };

interface VisitedPage {
  /** All that the offer says. */
  text(): string;
  /** A button of the offer. */
  button(name: string): HTMLElement | undefined;
  /** The customer comes back to the page, which does not wait for a better network any longer. */
  lookAgain(): void;
  leave(): void;
}

const thrown: string[] = [];
const open = new Set<VisitedPage>();

afterEach(() => {
  for (const page of open) page.leave();
  thrown.length = 0;
  sessionStorage.clear();
});

describe.each(SEEDS)('a customer whose network fails three of ten answers, seed %s', (seed) => {
  it(
    'buys once, and every view and dismissal arrives',
    async () => {
      const customer = await newCustomer();
      const proxy = `${inject('failingUrl')}/${seed}-of-chaos/upgrade-offer`;
      const analytics = () => visit(proxy, customer, { feature: ANALYTICS });
      const storage = () => visit(proxy, customer, { context: JSON.stringify(STORAGE.context) });

      // Looks, leaves, returns, and wants none of it.
      let page = await analytics();
      await says(page, 'Unlock Advanced Analytics');
      await isReported(customer, 'viewed');
      page.leave();
      page = await analytics();
      await says(page, 'Unlock Advanced Analytics');
      await expect
        .poll(() => {
          page.button('Not now')?.click();
          return page.button('Not now');
        }, WITHIN)
        .toBeUndefined();
      await isReported(customer, 'dismissed');
      page.leave();

      // Buys, leaves before the answer is there, and returns until it is done.
      page = await storage();
      await says(page, 'Running out of storage?');
      page.button('Add 100 GB storage')?.click();
      page.leave();
      page = await storage();
      await expect
        .poll(async () => {
          page.lookAgain();
          page.button('Add 100 GB storage')?.click();
          page.button('Try again')?.click();
          return page.text();
        }, WITHIN)
        .toMatch(/Your upgrade is ready to use|Setting up your upgrade/);
      page.leave();

      // What did not arrive is sent by any page after it.
      page = await analytics();
      await expect
        .poll(async () => {
          page.lookAgain();
          return [...new Set(await eventsOf(customer))].toSorted();
        }, WITHIN)
        .toEqual(['dismissed', 'viewed']);
      expect(page.button('Not now')).toBeUndefined();
      await expect.poll(() => fulfillmentsOf(customer), WITHIN).toMatchObject([{ status: 'completed' }]);
      expect(thrown).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

async function says(page: VisitedPage, words: string): Promise<void> {
  await expect
    .poll(() => {
      page.lookAgain();
      return page.text();
    }, WITHIN)
    .toContain(words);
}

/** Resolves once Chargebee knows it, or the tab keeps it for another try or another page. A customer may leave then. */
async function isReported(customer: TestCustomer, type: string): Promise<void> {
  const isKept = () =>
    Object.entries(sessionStorage).some(([name, kept]) => name.includes('unsent') && kept.includes(type));
  await expect.poll(async () => isKept() || (await eventsOf(customer)).includes(type), WITHIN).toBe(true);
}

/** Opens a document of this origin in a frame: it has its own scripts and its own end, and shares what the tab remembers. */
async function visit(proxy: string, { token }: TestCustomer, attributes: Record<string, string>): Promise<VisitedPage> {
  const frame = document.createElement('iframe');
  frame.srcdoc = '<!doctype html><title>A page of the app</title>';
  frame.style.cssText = 'inline-size: 600px; block-size: 400px';
  const loaded = oneEvent(frame, 'load');
  document.body.prepend(frame);
  await loaded;
  const { contentDocument, contentWindow } = frame;
  if (!contentDocument || !contentWindow) throw new Error('Failed to open a page: the frame has no document.');
  contentWindow.addEventListener('error', ({ message }) => thrown.push(message));
  contentWindow.addEventListener('unhandledrejection', ({ reason }) => thrown.push(String(reason)));
  // Vitest leads every lazy import through this.
  const runner = '__vitest_browser_runner__';
  Reflect.set(contentWindow, runner, Reflect.get(window, runner));

  const offer = contentDocument.createElement('upgrade-offer');
  for (const [name, value] of Object.entries({ proxy, token, ...attributes })) offer.setAttribute(name, value);
  contentDocument.body.append(offer);
  const script = contentDocument.createElement('script');
  script.type = 'module';
  script.src = '/widget/define.ts';
  contentDocument.head.append(script);

  const buttons = () => [...(offer.shadowRoot?.querySelectorAll('button') ?? [])];
  const page: VisitedPage = {
    text: () => offer.shadowRoot?.textContent ?? '',
    button: (name) => buttons().find(({ textContent }) => textContent?.trim() === name),
    lookAgain: () => void contentWindow.dispatchEvent(new Event('online')),
    leave() {
      open.delete(page);
      frame.remove();
    },
  };
  open.add(page);
  return page;
}
