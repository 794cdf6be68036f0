import { oneEvent } from '@open-wc/testing/pure';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { loadChargebeeJs } from '../../../support/chargebee-js.js';
import { newCustomer, signToken } from '../../../support/customer.js';
import { placeUntil } from '../../../support/place.js';
import { asCustomer, offered } from '../../../support/proxy-client.js';
import {
  acceptElsewhere,
  anyCard,
  buy,
  carryOn,
  sandbox,
  stack,
  status,
  tryAgain,
} from '../../../support/widget-words.js';

/** To a customer who reads it first: all that it takes to accept has been fetched. */
async function offerInApp() {
  await Promise.all([
    import('../../../../widget/flow/acceptance/acceptance.js'),
    import('../../../../widget/flow/acceptance/in-app-checkout.js'),
    import('../../../../widget/view/outcome/outcome-notice.js'),
  ]);
  const customer = await newCustomer('checkout-in-app');
  return { customer, ...(await placeUntil('offer-ready', { customer })) };
}

afterEach(() => sandbox.behave());

describe.each(['frame', 'window'] as const)('a checkout over the page, with Chargebee.js, in a %s', (opensIn) => {
  it('opens within the click, and gets its page once the proxy has answered: a browser blocked its window', async () => {
    const chargebee = loadChargebeeJs({ opensIn });
    await offerInApp();
    const answer = holdAcceptance();
    await buy.click();
    expect(chargebee.isOpen()).toBe(true);
    expect(chargebee.shown).toEqual([]);
    answer.release();
    await expect.poll(() => chargebee.shown.length).toBe(1);
    expect(chargebee.shown[0]).toContain('/pages/v4/hp_');
  });

  it('tells the customer once it is paid and once it is done, although its thank-you page is still open', async () => {
    const chargebee = loadChargebeeJs({ opensIn });
    await offerInApp();
    await buy.click();
    await expect.poll(() => chargebee.shown.length).toBe(1);
    await chargebee.pay();
    await expect.element(status).toHaveTextContent('Setting up your upgrade…');
    await expect.element(carryOn).not.toBeInTheDocument();
    await expect.element(status).toHaveTextContent('Your upgrade is ready to use.');
    chargebee.leave();
    await expect.element(status).toHaveTextContent('Your upgrade is ready to use.');
  });

  it('that the customer closes again can be carried on with', async () => {
    const chargebee = loadChargebeeJs({ opensIn });
    await offerInApp();
    await buy.click();
    await expect.poll(() => chargebee.shown.length).toBe(1);
    chargebee.leave();
    await expect.element(status).toHaveTextContent('Pick up where you left off.');
    await carryOn.click();
    await expect.poll(() => chargebee.shown.length).toBe(2);
    await chargebee.pay();
    await expect.element(status).toHaveTextContent('Your upgrade is ready to use.');
  });

  it('works twice in one page: for the next customer of an app that never reloads', async () => {
    const chargebee = loadChargebeeJs({ opensIn });
    for (const turn of [1, 2]) {
      const { element } = await offerInApp();
      await buy.click();
      await expect.poll(() => chargebee.shown.length).toBe(turn);
      await chargebee.pay();
      await expect.element(status).toHaveTextContent('Your upgrade is ready to use.');
      chargebee.leave();
      element.remove();
    }
    expect(new Set(chargebee.shown).size).toBe(2);
  });
});

describe('a checkout over the page', () => {
  it('that was begun is closed again when there is none: a colleague was faster', async () => {
    const chargebee = loadChargebeeJs();
    const customer = await newCustomer('checkout-in-app');
    await placeUntil('offer-ready', { customer });
    const { customerId: sub, subscriptionId: subscription_id } = customer;
    const claims = { sub, subscription_id, external_user_id: 'ben' };
    const ben = asCustomer(stack, { token: await signToken(claims, stack.identitySecret) });
    const { offerId, optionId } = offered(await ben.ask());
    await ben.accept(offerId, optionId);
    await buy.click();
    await expect.element(status).toHaveTextContent('A colleague has already accepted this offer.');
    await expect.poll(() => chargebee.isOpen()).toBe(false);
    expect(chargebee.shown).toEqual([]);
  });

  it('that the customer has begun on another device goes on here', async () => {
    const chargebee = loadChargebeeJs();
    const customer = await newCustomer('checkout-in-app');
    const { event } = await placeUntil('offer-ready', { customer });
    await acceptElsewhere(customer, event.offer);
    await buy.click();
    await expect.poll(() => chargebee.shown.length).toBe(1);
  });

  it('is closed again when the acceptance did not get through, and opens at the next try', async () => {
    const chargebee = loadChargebeeJs();
    const { customer } = await offerInApp();
    const { customerId: customer_id } = customer;
    await sandbox.misbehave({ operation: 'offer_fulfillments', customer_id, kind: 'unavailable', times: 1 });
    await buy.click();
    await expect.element(status).toHaveTextContent('That didn’t go through');
    await expect.poll(() => chargebee.isOpen()).toBe(false);
    await tryAgain.click();
    await expect.poll(() => chargebee.shown.length).toBe(1);
  });

  it('that is closed before its page is there stays closed, and can be carried on with', async () => {
    const chargebee = loadChargebeeJs();
    await offerInApp();
    const answer = holdAcceptance();
    await buy.click();
    chargebee.leave();
    answer.release();
    await expect.element(status).toHaveTextContent('Pick up where you left off.');
    expect(chargebee.shown).toEqual([]);
  });

  it('is closed when its element leaves the page before its page is there: nobody would fill it', async () => {
    const chargebee = loadChargebeeJs();
    const { element } = await offerInApp();
    const answer = holdAcceptance();
    await buy.click();
    element.remove();
    answer.release();
    await expect.poll(() => chargebee.isOpen()).toBe(false);
    expect(chargebee.shown).toEqual([]);
  });

  it('that the page opens in its own way comes to it within the click, with its page as a promise', async () => {
    const chargebee = loadChargebeeJs();
    const { element } = await offerInApp();
    element.addEventListener('offer-checkout', (event) => event.preventDefault());
    const asked = oneEvent(element, 'offer-checkout');
    const answer = holdAcceptance();
    await buy.click();
    const { hostedPage, layout, url } = await asked;
    expect([layout, url]).toEqual(['in_app', undefined]);
    answer.release();
    expect((await hostedPage).id).toMatch(/^hp_/);
    await expect.element(carryOn).toBeVisible();
    expect(chargebee.isOpen()).toBe(false);
  });

  it('is asked about once, although the page lets it open', async () => {
    loadChargebeeJs();
    const { element } = await offerInApp();
    const asked = vi.fn();
    element.addEventListener('offer-checkout', asked);
    await element.accept();
    expect(asked).toHaveBeenCalledOnce();
  });

  it('whose window was blocked without a word leads to its page in this tab at the next click', async () => {
    loadChargebeeJs({ isSilent: true });
    const { element } = await offerInApp();
    await buy.click();
    await expect.element(carryOn).toBeVisible();
    const followed = vi.fn();
    element.addEventListener('click', (event) => {
      followed(event.defaultPrevented);
      event.preventDefault();
    });
    await carryOn.click();
    expect(followed).toHaveBeenCalledWith(false);
  });

  it('is never in a frame of the widget’s own, and not used for a page of its own', async () => {
    const chargebee = loadChargebeeJs();
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer('checkout') });
    await element.accept();
    await expect.element(status).toHaveTextContent('Taking you to checkout…');
    expect(chargebee.isOpen()).toBe(false);
    expect(element.shadowRoot?.querySelector('iframe')).toBeNull();
  });
});

describe('a checkout that was given up', () => {
  it('is said to have changed nothing, and the offer can be asked for again', async () => {
    const chargebee = loadChargebeeJs();
    const customer = await newCustomer('checkout-in-app');
    const { element } = await placeUntil('offer-ready', { customer });
    const accepted = oneEvent(element, 'offer-accepted');
    await buy.click();
    await expect.poll(() => chargebee.shown.length).toBe(1);
    await chargebee.cancel();
    const { outcome } = await accepted;
    const id = 'fulfillmentId' in outcome ? (outcome.fulfillmentId ?? '') : '';
    await expect.poll(async () => (await asCustomer(stack, customer).outcome(id)).body.status).toBe('failed');
    chargebee.leave();
    await expect.element(status).toHaveTextContent('Nothing was charged, and nothing has changed.');
    await tryAgain.click();
    await expect.element(buy).toBeVisible();
  });
});

describe('the link to the next page', () => {
  it('opens in the top window: a payment page refuses to be shown in the frame of an app', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer('checkout') });
    await element.accept();
    await expect.element(carryOn).toHaveAttribute('target', '_top');
  });

  it('stays in the frame if it is a page of the app itself', async () => {
    const url = `${location.origin}/upgrade`;
    const send = window.fetch.bind(window);
    vi.spyOn(window, 'fetch').mockImplementation(async (input, init) =>
      String(input).endsWith('/fulfillments')
        ? Response.json({ status: 'redirect', fulfillmentId: 'ful_1', url })
        : send(input, init),
    );
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer('checkout') });
    await element.accept();
    await expect.element(carryOn).toHaveAttribute('href', url);
    await expect.element(carryOn).not.toHaveAttribute('target');
  });

  it('asks the page first, with the middle button, too', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer('checkout') });
    await element.accept();
    await expect.element(carryOn).toBeVisible();
    const asked = vi.fn((event: Event) => event.preventDefault());
    element.addEventListener('offer-checkout', asked);
    const pressed = new MouseEvent('auxclick', { button: 1, bubbles: true, cancelable: true, composed: true });
    carryOn.element().dispatchEvent(pressed);
    expect(asked).toHaveBeenCalledOnce();
    expect(pressed.defaultPrevented).toBe(true);
    await expect.element(anyCard).toBeVisible();
  });
});

it('is tested in a browser that blocks windows outside of a click', async () => {
  await expect.poll(() => navigator.userActivation.isActive).toBe(false);
  expect(window.open('about:blank') === null).toBe(true);
});

/** The proxy takes the acceptance, and its answer waits until it is released. */
function holdAcceptance() {
  const released = Promise.withResolvers<void>();
  const send = window.fetch.bind(window);
  const fetching = vi.spyOn(window, 'fetch').mockImplementation(async (input, init) => {
    const response = await send(input, init);
    if (String(input).endsWith('/fulfillments')) await released.promise;
    return response;
  });
  onTestFinished(() => {
    released.resolve();
    fetching.mockRestore();
  });
  return { release: () => released.resolve() };
}
