import { oneEvent } from '@open-wc/testing/pure';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { newCustomer } from '../../../support/customer.js';
import { holdAnswersTo } from '../../../support/page-network.js';
import { callsTo, placeUntil } from '../../../support/place.js';
import { asCustomer, offered } from '../../../support/proxy-client.js';
import {
  acceptElsewhere,
  addStorage,
  ANALYTICS,
  anyCard,
  buy,
  carryOn,
  chargebeeWaits,
  close,
  done,
  completeInTheApp,
  eventsOf,
  fulfillmentsOf,
  maybeLater,
  oneMoment,
  reports,
  sandbox,
  stack,
  status,
  STORAGE,
  tryAgain,
  unlock,
} from '../../../support/widget-words.js';

afterEach(() => sandbox.behave());

describe('an upgrade that Chargebee carries out', () => {
  it('is set up and then done, and the customer does nothing more', async () => {
    const customer = await newCustomer();
    const chargebeeCarriesOut = await chargebeeWaits();
    const { element } = await placeUntil('offer-ready', { customer, ...STORAGE });
    const accepted = oneEvent(element, 'offer-accepted');
    const fulfilled = oneEvent(element, 'offer-fulfilled');
    await addStorage.click();
    await expect.element(status).toHaveTextContent('Setting up your upgrade…');
    expect((await accepted).outcome.status).toBe('pending');
    await chargebeeCarriesOut();
    await expect.element(status).toHaveTextContent('Your upgrade is ready to use.');
    expect((await fulfilled).acceptedBefore).toBeUndefined();
    expect(await fulfillmentsOf(customer)).toMatchObject([{ status: 'completed' }]);
    await done.click();
    await expect.element(anyCard).not.toBeInTheDocument();
  });

  it('leads to the page for afterwards, and goes there only when the customer does: the page was never told', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer('billing-update-page') });
    const left = vi.fn();
    element.addEventListener('offer-redirect', left);
    await addStorage.click();
    await expect.element(status).toHaveTextContent('Your upgrade is ready to use.');
    await expect.element(carryOn).toHaveAttribute('href', expect.stringMatching(/^http:/));
    expect(left).not.toHaveBeenCalled();
    await carryOn.click();
    expect(left).toHaveBeenCalledOnce();
  });

  it('is accepted once by a double click, and counts as seen', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, ...STORAGE });
    await addStorage.dblClick();
    await element.accept();
    await expect.element(status).toHaveTextContent('Your upgrade is ready to use.');
    expect(await fulfillmentsOf(customer)).toHaveLength(1);
    await expect.poll(() => eventsOf(customer)).toEqual(['viewed']);
  });

  it('cannot be pressed twice or dismissed while the answer is on its way', async () => {
    const { release } = holdAnswersTo('/fulfillments');
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), ...STORAGE });
    const focused = () => element.shadowRoot?.activeElement?.textContent?.trim();
    await addStorage.click();
    await expect.element(oneMoment).toHaveAttribute('aria-disabled', 'true');
    expect(focused()).toMatch(/^One moment…/);
    await expect.element(maybeLater).toHaveAttribute('aria-disabled', 'true');
    release();
    await expect.poll(focused).toMatch(/Close|Done/);
  });

  it('says why it failed, and tells the page', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer('billing-fails'), ...STORAGE });
    const failed = oneEvent(element, 'offer-failed');
    await addStorage.click();
    await expect.element(status).toHaveTextContent('We couldn’t change your subscription');
    expect((await failed).code).toBe('billing_failed');
    await expect.element(close).toBeVisible();
  });

  it('is no longer asked about after the element was removed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), ...STORAGE });
    await element.accept();
    element.remove();
    const fetching = vi.spyOn(window, 'fetch');
    await vi.advanceTimersByTimeAsync(600_000);
    expect(fetching).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('an upgrade that the app carries out', () => {
  it('sends the customer to the upgrade page, and leaves a way there', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const leaving = oneEvent(element, 'offer-redirect');
    await unlock.click();
    expect(new URL((await leaving).url).pathname).toBe('/app/upgrade.html');
    await expect.element(status).toHaveTextContent('Taking you to the next step…');
    const again = oneEvent(element, 'offer-redirect');
    await carryOn.click();
    expect((await again).defaultPrevented).toBe(true);
    expect(await fulfillmentsOf(customer)).toMatchObject([{ status: 'in_progress' }]);
  });

  it('unlocks the feature on the page that is opened after it', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    await element.accept();
    await completeInTheApp(customer);
    element.remove();
    await placeUntil('offer-unlocked', { customer, feature: ANALYTICS });
    await expect.element(reports).toBeVisible();
  });

  it('unlocks the feature when the browser brings the old page back', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    await element.accept();
    await completeInTheApp(customer);
    const unlocked = oneEvent(element, 'offer-unlocked');
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await unlocked;
    await expect.element(reports).toBeVisible();
    await expect.element(page.getByText('Taking you to the next step…')).not.toBeInTheDocument();
  });

  it('is not "being taken" anywhere after Back, but can be continued', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    const left = vi.fn();
    await element.accept();
    element.addEventListener('offer-redirect', left);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await expect.element(status).toHaveTextContent('Pick up where you left off.');
    await expect.element(carryOn).toBeVisible();
    expect(left).not.toHaveBeenCalled();
  });
});

describe('an upgrade that goes another way', () => {
  it.each(['checkout', 'checkout-in-app'])('of %s hands the hosted page to the app', async (scenario) => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(scenario), feature: ANALYTICS });
    const leaving = oneEvent(element, 'offer-checkout');
    await buy.click();
    const { layout, hostedPage, url } = await leaving;
    expect(layout).toBe(scenario === 'checkout' ? 'full_page' : 'in_app');
    const page = await hostedPage;
    expect(url).toBe(scenario === 'checkout' ? page.url : undefined);
    await expect.element(status).toHaveTextContent('Taking you to checkout…');
    await expect.element(carryOn).toHaveAttribute('href', page.url);
  });

  it.each([
    ['email', 'Talk to sales', 'We’ve sent you the next step.'],
    ['webhook', 'Request access', 'We’ll take it from here.'],
    ['new-processing-type', 'Pay with credits', 'We can’t finish this here'],
  ])('of %s says so', async (scenario, label, words) => {
    await placeUntil('offer-ready', { customer: await newCustomer(scenario), feature: ANALYTICS });
    await page.getByRole('button', { name: label }).click();
    await expect.element(status).toHaveTextContent(words);
    await close.click();
    await expect.element(anyCard).not.toBeInTheDocument();
  });

  it('takes the option that was pressed', async () => {
    const customer = await newCustomer('two-options');
    await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    await page.getByRole('button', { name: 'Talk to sales' }).click();
    await expect.element(status).toHaveTextContent('We’ve sent you the next step.');
    expect(await fulfillmentsOf(customer)).toMatchObject([{ processing_type: 'email' }]);
  });
});

describe('an offer that has been accepted before', () => {
  it('says where to pick it up, and takes nobody anywhere', async () => {
    const customer = await newCustomer();
    const { element, event } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    await acceptElsewhere(customer, event.offer);
    const left = vi.fn();
    element.addEventListener('offer-redirect', left);
    await element.accept();
    await expect.element(status).toHaveTextContent('Pick up where you left off.');
    await expect.element(carryOn).toBeVisible();
    expect(left).not.toHaveBeenCalled();
    expect(await fulfillmentsOf(customer)).toHaveLength(1);
  });

  it('says that it is done, when it is', async () => {
    const customer = await newCustomer();
    const { element, event } = await placeUntil('offer-ready', { customer, ...STORAGE });
    await acceptElsewhere(customer, event.offer);
    await expect.poll(() => fulfillmentsOf(customer)).toMatchObject([{ status: 'completed' }]);
    await element.accept();
    await expect.element(status).toHaveTextContent('Your upgrade is ready to use.');
  });

  it('by a colleague says that it was a colleague, and accepts nothing twice', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, ...STORAGE });
    const claims = { sub: customer.customerId, subscription_id: customer.subscriptionId, external_user_id: 'anna' };
    const colleague = await newCustomer('ordinary', { claims });
    const theirs = asCustomer(stack, colleague);
    const { offerId, optionId } = offered(await theirs.ask({ context: STORAGE.context }));
    await theirs.accept(offerId, optionId);
    await element.accept();
    await expect.element(status).toHaveTextContent(/A colleague has already (accepted this offer|upgraded your team)/);
    await expect.element(addStorage).not.toBeInTheDocument();
    expect(await fulfillmentsOf(customer)).toHaveLength(1);
  });
});

describe('an acceptance that does not get through', () => {
  it('can be tried again, and is still accepted once', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, ...STORAGE });
    // Of this customer alone: the proxy may still ask about the acceptance of the test before.
    const { customerId: customer_id } = customer;
    await sandbox.misbehave({ operation: 'offer_fulfillments', customer_id, kind: 'drop', after: true, times: 1 });
    const failed = oneEvent(element, 'offer-error');
    await addStorage.click();
    expect((await failed).error).toMatchObject({ code: 'upstream_unavailable' });
    await expect.element(status).toHaveTextContent('That didn’t go through');
    await tryAgain.click();
    await expect.element(status).toHaveTextContent('You’ve already accepted this offer.');
    expect(await fulfillmentsOf(customer)).toHaveLength(1);
  });

  it('is not sent when the page accepts in its own way', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), ...STORAGE });
    element.addEventListener('offer-accept', (event) => event.preventDefault());
    const asked = oneEvent(element, 'offer-accept');
    const fetching = vi.spyOn(window, 'fetch');
    await addStorage.click();
    expect((await asked).option.label).toBe('Add 100 GB storage');
    expect(callsTo(fetching, '/fulfillments')).toBe(0);
    await expect.element(addStorage).toBeVisible();
  });
});

it('a window is never opened by the widget', async () => {
  const opening = vi.spyOn(window, 'open');
  const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
  await element.accept();
  await carryOn.click();
  expect(opening).not.toHaveBeenCalled();
});
