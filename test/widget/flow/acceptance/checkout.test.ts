import { oneEvent } from '@open-wc/testing/pure';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HostedPage } from '../../../../proxy/contract.js';
import { newCustomer } from '../../../support/customer.js';
import { placeUntil } from '../../../support/place.js';
import { asCustomer } from '../../../support/proxy-client.js';
import { buy, carryOn, chargebeeWaits, stack, status, tryAgain } from '../../../support/widget-words.js';

/** Chargebee.js is imitated: it comes from Chargebee's servers only. What it is given: */
interface OpenCheckout {
  hostedPage: () => Promise<HostedPage>;
  success: (id: string) => void;
  close: () => void;
}

afterEach(() => Reflect.deleteProperty(window, 'Chargebee'));

describe('a checkout over the page, with Chargebee.js', () => {
  it('opens with the hosted page, and tells the customer once it is paid and once it is done', async () => {
    const openCheckout = loadChargebee();
    const chargebeeCarriesOut = await chargebeeWaits();
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer('checkout-in-app') });
    const accepted = oneEvent(element, 'offer-accepted');
    await buy.click();
    const { outcome } = await accepted;
    await expect.poll(() => openCheckout.mock.calls.length).toBe(1);
    const [options] = openCheckout.mock.lastCall ?? [];
    const hostedPage = await options?.hostedPage();
    expect(hostedPage).toEqual('hostedPage' in outcome && outcome.hostedPage);
    await fetch(hostedPage?.url ?? '', {
      method: 'POST',
      body: new URLSearchParams({ choice: 'pay' }),
      mode: 'no-cors',
    });
    options?.success(hostedPage?.id ?? '');
    options?.close();
    await expect.element(status).toHaveTextContent('Your upgrade is being set up.');
    await chargebeeCarriesOut();
    await expect.element(status).toHaveTextContent('Your upgrade is active.');
  });

  it('that the customer closes again can be carried on with', async () => {
    const openCheckout = loadChargebee();
    await placeUntil('offer-ready', { customer: await newCustomer('checkout-in-app') });
    await buy.click();
    await expect.poll(() => openCheckout.mock.calls.length).toBe(1);
    openCheckout.mock.lastCall?.[0].close();
    await expect.element(status).toHaveTextContent('You can carry on where you left off.');
    await carryOn.click();
    expect(openCheckout).toHaveBeenCalledTimes(2);
  });

  it('is the page’s own when it prevents offer-checkout', async () => {
    const openCheckout = loadChargebee();
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer('checkout-in-app') });
    element.addEventListener('offer-checkout', (event) => event.preventDefault());
    const asked = oneEvent(element, 'offer-checkout');
    await buy.click();
    expect((await asked).hostedPage.id).toMatch(/^hp_/);
    await expect.element(carryOn).toBeVisible();
    expect(openCheckout).not.toHaveBeenCalled();
  });

  it('is not used for a full page, and never an iframe of the widget’s own', async () => {
    const openCheckout = loadChargebee();
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer('checkout') });
    await element.accept();
    await expect.element(status).toHaveTextContent('Taking you to checkout…');
    expect(openCheckout).not.toHaveBeenCalled();
    expect(element.shadowRoot?.querySelector('iframe')).toBeNull();
  });
});

describe('a checkout that was given up', () => {
  it('is said to have changed nothing, and the offer can be asked for again', async () => {
    const openCheckout = loadChargebee();
    const customer = await newCustomer('checkout-in-app');
    const { element } = await placeUntil('offer-ready', { customer });
    const accepted = oneEvent(element, 'offer-accepted');
    await buy.click();
    await expect.poll(() => openCheckout.mock.calls.length).toBe(1);
    const [options] = openCheckout.mock.lastCall ?? [];
    const hostedPage = await options?.hostedPage();
    await fetch(hostedPage?.url ?? '', {
      method: 'POST',
      body: new URLSearchParams({ choice: 'cancel' }),
      mode: 'no-cors',
    });
    const { outcome } = await accepted;
    const id = 'fulfillmentId' in outcome ? outcome.fulfillmentId : '';
    await expect.poll(async () => (await asCustomer(stack, customer).outcome(id)).body.status).toBe('failed');
    options?.close();
    await expect.element(status).toHaveTextContent('Checkout was not finished, so nothing has changed.');
    await tryAgain.click();
    await expect.element(buy).toBeVisible();
  });
});

/** A page that has loaded Chargebee.js and called its `init`. */
function loadChargebee() {
  const openCheckout = vi.fn<(options: OpenCheckout) => void>();
  Reflect.set(window, 'Chargebee', { getInstance: () => ({ openCheckout }) });
  return openCheckout;
}
