/** Where the focus goes when what had it is gone, or when the customer has asked for an offer. */
import { oneEvent } from '@open-wc/testing/pure';
import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { gate, type UpgradeOffer } from '../../../widget/index.js';
import { newCustomer } from '../../support/customer.js';
import { place, placeUntil } from '../../support/place.js';
import { ANALYTICS, analyticsCard, maybeLater, tryAgain } from '../../support/widget-words.js';

const left: Element[] = [];

afterEach(() => {
  for (const element of left.splice(0)) element.remove();
  scrollTo(0, 0);
});

describe('after "Not now" by keyboard', () => {
  it('the next Tab goes on from there, not from the top of the page', async () => {
    document.body.prepend(button('At the top'));
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    element.parentElement?.append(button('After the offer'));
    const later = element.shadowRoot?.querySelector<HTMLElement>('[part="dismiss"]');
    later?.focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(analyticsCard).not.toBeInTheDocument();
    expect(document.activeElement).toBe(element);
    await userEvent.keyboard('{Tab}');
    expect(document.activeElement?.textContent).toBe('After the offer');
  });
});

describe('a dialog that the page takes away while it is open', () => {
  it.each<[string, (element: UpgradeOffer) => void]>([
    ['removed', (element) => element.remove()],
    ['moved within the page, and then closed', (element) => document.body.append(element)],
  ])('gives the focus back to where it was, in a component of the page, too: %s', async (_, take) => {
    const component = document.createElement('div');
    left.push(component);
    const opener = button('Open');
    component.attachShadow({ mode: 'open' }).append(opener);
    document.body.prepend(component);
    opener.focus();
    const { element } = await placeUntil('offer-ready', {
      customer: await newCustomer(),
      feature: ANALYTICS,
      layout: 'modal',
    });
    left.push(element);
    await expect.poll(() => document.activeElement).toBe(element);
    take(element);
    await element.updateComplete;
    if (element.isConnected) {
      expect(document.activeElement).toBe(element);
      element.dismiss();
    }
    await expect.poll(() => component.shadowRoot?.activeElement).toBe(opener);
  });
});

describe('after "Try again" by keyboard', () => {
  it.each(['inline', 'modal'] as const)(
    'the focus is on the offer that is back, not on the page: %s',
    async (layout) => {
      const element = document.createElement('upgrade-offer');
      left.push(element);
      const option = { id: 'opt', label: 'Go to Team' };
      const offer = { id: 'A', title: 'The offer', description: '', options: [option], expiresAt: Date.now() + 60_000 };
      element.mock = {
        offers: { offer },
        outcomes: [{ status: 'failed', fulfillmentId: 'ful_1', code: 'app_failed' }],
      };
      element.layout = layout;
      document.body.append(element);
      await page.getByRole('button', { name: 'Go to Team' }).click();
      await expect.element(tryAgain).toBeVisible();
      tryAgain.element().focus();
      await userEvent.keyboard('{Enter}');
      await expect.element(page.getByRole('button', { name: 'Go to Team' })).toBeVisible();
      const focused = element.shadowRoot?.activeElement;
      expect(focused?.textContent).toContain('The offer');
      expect(focused?.localName).not.toBe('button');
    },
  );
});

it('another offer has other buttons: what had the focus or the pointer on the first one presses none of them', async () => {
  const element = document.createElement('upgrade-offer');
  left.push(element);
  const mock = (id: string, labels: string[]) => {
    const options = labels.map((label, index) => ({ id: `opt_${index}`, label }));
    return { offer: { id, title: `The offer ${id}`, description: '', options, expiresAt: Date.now() + 60_000 } };
  };
  const scenario = { offers: mock('A', ['Go to Team']) };
  element.mock = scenario;
  document.body.append(element);
  await expect.element(page.getByRole('heading', { name: 'The offer A' })).toBeVisible();
  const later = element.shadowRoot?.querySelector<HTMLElement>('[part="dismiss"]');
  later?.focus();
  Object.assign(scenario.offers, mock('B', ['Go to Team', 'Go to Business']));
  await element.refresh();
  await expect.element(page.getByRole('heading', { name: 'The offer B' })).toBeVisible();
  expect(later?.isConnected).toBe(false);
  expect(element.shadowRoot?.activeElement?.localName).not.toBe('button');
});

it('an offer that is drawn again, as it was, keeps its buttons', async () => {
  const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
  const later = maybeLater.element();
  element.strings = { close: 'Done' };
  await element.updateComplete;
  expect(maybeLater.element()).toBe(later);
});

describe('a customer who asks for an offer', () => {
  it.each<[string, (element: UpgradeOffer) => Promise<unknown>]>([
    ['show()', (element) => element.show()],
    ['gate()', () => gate(ANALYTICS, () => {})],
  ])('is taken to the card below the fold, and hears it: %s', async (_, ask) => {
    const fold = document.createElement('div');
    fold.style.blockSize = '3000px';
    document.body.prepend(fold);
    left.push(fold);
    const element = await place({ customer: await newCustomer(), feature: ANALYTICS, manual: true });
    const ready = oneEvent(element, 'offer-ready');
    await ask(element);
    await ready;
    expect(element.shadowRoot?.activeElement?.textContent).toContain('Unlock Advanced Analytics');
    const { top, bottom } = analyticsCard.element().getBoundingClientRect();
    expect(top).toBeGreaterThanOrEqual(0);
    expect(bottom).toBeLessThanOrEqual(innerHeight + 1);
  });

  it('who asks for none keeps the focus', async () => {
    const field = document.createElement('input');
    document.body.prepend(field);
    left.push(field);
    field.focus();
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    expect(document.activeElement).toBe(field);
  });
});

function button(words: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.textContent = words;
  left.push(made);
  return made;
}
