/** An element that a router, Turbo, HTMX or a Suspense boundary takes away and puts back. */
import { oneEvent } from '@open-wc/testing/pure';
import { describe, expect, it, vi } from 'vitest';
import type { UpgradeOffer } from '../../../widget/index.js';
import { newCustomer, type TestCustomer } from '../../support/customer.js';
import { isCallTo } from '../../support/page-network.js';
import { callsTo, place, placeUntil } from '../../support/place.js';
import {
  ANALYTICS,
  analyticsCard,
  analyticsDialog,
  locked,
  maybeLater,
  reports,
  stack,
} from '../../support/widget-words.js';

describe('taken away while the proxy is asked', () => {
  it.each<[string, (element: UpgradeOffer, customer: TestCustomer) => UpgradeOffer]>([
    ['and put back', (element) => element],
    ['and replaced by another one', (_, customer) => elementOf(customer)],
  ])('%s, it shows the answer to the one question', async (_, next) => {
    const customer = await newCustomer('entitled');
    const { fetching, letGo } = holdOffers();
    const element = elementOf(customer);
    document.body.append(element);
    await expect.poll(() => callsTo(fetching, '/offers')).toBe(1);
    element.remove();
    await aMoment();
    const back = next(element, customer);
    document.body.append(back);
    const unlocked = oneEvent(back, 'offer-unlocked');
    await aMoment();
    letGo();
    await unlocked;
    expect(callsTo(fetching, '/offers')).toBe(1);
    back.remove();
  });
});

it('a question that failed is not joined by the next element', async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  const customer = await newCustomer('entitled');
  const failing = vi.spyOn(window, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
  const { element } = await placeUntil('offer-error', { customer, feature: ANALYTICS });
  element.remove();
  failing.mockRestore();
  await placeUntil('offer-unlocked', { customer, feature: ANALYTICS });
});

describe('put back', () => {
  it('a feature that was unlocked is there at once, and nobody asks again', async () => {
    const { element } = await placeUntil('offer-unlocked', {
      customer: await newCustomer('entitled'),
      feature: ANALYTICS,
    });
    await element.updateComplete;
    const fetching = vi.spyOn(window, 'fetch');
    const parent = element.parentElement;
    element.remove();
    await aMoment();
    parent?.append(element);
    expect(reports.element().checkVisibility()).toBe(true);
    await element.updateComplete;
    await aMoment();
    expect(reports.element().checkVisibility()).toBe(true);
    expect(callsTo(fetching, '/offers')).toBe(0);
  });

  it.each(['inline', 'modal'])('an offer is there at once, and can be acted on: %s', async (layout) => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS, layout });
    const shown = layout === 'modal' ? analyticsDialog : analyticsCard;
    await expect.element(shown).toBeVisible();
    const fetching = vi.spyOn(window, 'fetch');
    const parent = element.parentElement;
    element.remove();
    await aMoment();
    parent?.append(element);
    await element.updateComplete;
    expect(shown.element().checkVisibility()).toBe(true);
    if (layout === 'modal') expect(shown.element().matches(':modal')).toBe(true);
    expect(callsTo(fetching, '/offers')).toBe(0);
    const dismissed = oneEvent(element, 'offer-dismissed');
    element.dismiss();
    await dismissed;
  });

  it('an offer that another element shows by now is not shown twice', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const parent = element.parentElement;
    element.remove();
    await aMoment();
    await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    parent?.append(element);
    await expect.poll(() => element.explain()).toMatch(/elsewhere/);
    expect(analyticsCard.elements()).toHaveLength(1);
  });

  it('with another customer, it shows nothing of the one before', async () => {
    const { element } = await placeUntil('offer-unlocked', {
      customer: await newCustomer('entitled'),
      feature: ANALYTICS,
    });
    const parent = element.parentElement;
    element.remove();
    await aMoment();
    const { token } = await newCustomer('nothing');
    element.token = token;
    parent?.append(element);
    await element.updateComplete;
    expect(reports.element().checkVisibility()).toBe(false);
    await expect.element(locked).toBeVisible();
  });
});

describe('a page that the browser prepares unseen', () => {
  it('asks when the customer comes to it', async () => {
    const prepared = vi.spyOn(document, 'hidden', 'get');
    Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
    const fetching = vi.spyOn(window, 'fetch');
    await place({ customer: await newCustomer('entitled'), feature: ANALYTICS });
    await aMoment();
    expect(callsTo(fetching, '/offers')).toBe(0);
    Reflect.deleteProperty(document, 'prerendering');
    prepared.mockRestore();
    document.dispatchEvent(new Event('prerenderingchange'));
    await expect.element(reports).toBeVisible();
  });
});

it('a "no" is not followed by the next offer, also not by one that was asked for before it', async () => {
  const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
  const { fetching, letGo } = holdOffers((answer) => ({
    ...answer,
    offer: {
      id: 'next',
      title: 'The next offer',
      description: '',
      options: [{ id: 'o', label: 'Take it' }],
      expiresAt: 9e15,
    },
  }));
  // What was asked in this very moment is not asked again.
  await expect
    .poll(() => {
      void element.refresh();
      return callsTo(fetching, '/offers');
    })
    .toBeGreaterThan(0);
  await maybeLater.click();
  letGo();
  await element.refresh();
  await expect.element(locked).toBeVisible();
  expect(await element.explain()).toMatch(/was closed/);
});

function elementOf({ token }: TestCustomer): UpgradeOffer {
  return Object.assign(document.createElement('upgrade-offer'), { proxy: stack.proxyUrl, token, feature: ANALYTICS });
}

/** Longer than a task, as routers take. */
async function aMoment(): Promise<void> {
  await new Promise(requestAnimationFrame);
  await new Promise((done) => setTimeout(done));
}

/** Answers to `POST /offers` wait until they are let go. */
function holdOffers(change: (answer: object) => object = (answer) => answer) {
  const send = window.fetch.bind(window);
  const waiting: (() => void)[] = [];
  let isOpen = false;
  const fetching = vi.spyOn(window, 'fetch').mockImplementation(async (input, init) => {
    const response = await send(input, init);
    if (!isCallTo(input, '/offers')) return response;
    if (!isOpen) await new Promise<void>((go) => waiting.push(go));
    return Response.json(change(await response.json()));
  });
  return {
    fetching,
    letGo() {
      isOpen = true;
      for (const go of waiting) go();
    },
  };
}
