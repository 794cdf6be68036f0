import { oneEvent } from '@open-wc/testing/pure';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { OfferReadyEvent } from '../../../../widget/index.js';
import { newCustomer, type TestCustomer } from '../../../support/customer.js';
import { asCustomer, offered } from '../../../support/proxy-client.js';
import { sandboxOf } from '../../../support/sandbox-client.js';
import { callsTo, placeUntil } from '../../../support/place.js';

const ANALYTICS = 'advanced-analytics';
/** The sandbox takes 0.3 s, and the widget asks once a second. */
const SETTLES = { timeout: 5_000 };
const STORAGE = { layout: 'banner', context: { storage_used_percent: 85 } };

const stack = inject('stack');
const sandbox = sandboxOf(stack);
const status = page.getByRole('status');
const unlock = page.getByRole('button', { name: 'Unlock now' });
const addStorage = page.getByRole('button', { name: 'Add 100 GB storage' });

beforeEach(() => {
  // No test may leave the page that runs it.
  document.body.addEventListener('offer-redirect', prevent);
  document.body.addEventListener('offer-checkout', prevent);
});

afterEach(async () => {
  document.body.removeEventListener('offer-redirect', prevent);
  document.body.removeEventListener('offer-checkout', prevent);
  vi.useRealTimers();
  vi.restoreAllMocks();
  await sandbox.behave();
});

describe('an upgrade that Chargebee carries out', () => {
  it('is set up and then done, without a word from the customer', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, ...STORAGE });
    const accepted = oneEvent(element, 'offer-accepted');
    const fulfilled = oneEvent(element, 'offer-fulfilled');
    await addStorage.click();
    await expect.element(status).toHaveTextContent('Your upgrade is being set up.');
    expect((await accepted).outcome.status).toBe('pending');
    await expect.element(status, SETTLES).toHaveTextContent('All done. Your upgrade is active.');
    expect((await fulfilled).acceptedBefore).toBeUndefined();
    expect(await fulfillmentsOf(customer)).toMatchObject([{ status: 'completed' }]);
    await page.getByRole('button', { name: 'Close' }).click();
    await expect.element(page.getByRole('region')).not.toBeInTheDocument();
  });

  it('is accepted once by a double click, and counts as seen', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, ...STORAGE });
    await addStorage.dblClick();
    await element.accept();
    await expect.element(status, SETTLES).toHaveTextContent('Your upgrade is active.');
    const { fulfillments, events } = await sandbox.records(customer);
    expect(fulfillments).toHaveLength(1);
    expect(events.map(({ type }) => type)).toEqual(['viewed']);
  });

  it('cannot be pressed twice or turned down while the answer is on its way', async () => {
    await sandbox.misbehave({ operation: 'offer_fulfillments', kind: 'slow', delayMs: 400, times: 1 });
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), ...STORAGE });
    const focused = () => element.shadowRoot?.activeElement?.textContent?.trim();
    await addStorage.click();
    const busy = page.getByRole('button', { name: 'One moment…' });
    await expect.element(busy).toHaveAttribute('aria-disabled', 'true');
    expect(focused()).toMatch(/^One moment…/);
    await expect.element(page.getByRole('button', { name: 'Maybe later' })).toHaveAttribute('aria-disabled', 'true');
    await expect.poll(focused).toBe('Close');
  });

  it('says why it failed, and tells the page', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer('billing-fails'), ...STORAGE });
    const failed = oneEvent(element, 'offer-failed');
    await addStorage.click();
    await expect.element(status, SETTLES).toHaveTextContent('Your subscription could not be changed.');
    expect((await failed).code).toBe('billing_failed');
    await expect.element(page.getByRole('button', { name: 'Close' })).toBeVisible();
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
    await page.getByRole('link', { name: 'Continue' }).click();
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
    await expect.element(page.getByText('The reports')).toBeVisible();
  });

  it('unlocks the feature when the browser brings the old page back', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    await element.accept();
    await completeInTheApp(customer);
    const unlocked = oneEvent(element, 'offer-unlocked');
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await unlocked;
    await expect.element(page.getByText('The reports')).toBeVisible();
    await expect.element(page.getByText('Taking you to the next step…')).not.toBeInTheDocument();
  });

  it('is not "being taken" anywhere after Back, but can be continued', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    const left = vi.fn();
    await element.accept();
    element.addEventListener('offer-redirect', left);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await expect.element(status).toHaveTextContent('This offer has already been accepted. You can carry on');
    await expect.element(page.getByRole('link', { name: 'Continue' })).toBeVisible();
    expect(left).not.toHaveBeenCalled();
  });
});

describe('an upgrade that goes another way', () => {
  it.each(['checkout', 'checkout-in-app'])('of %s hands the hosted page to the app', async (scenario) => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(scenario), feature: ANALYTICS });
    const leaving = oneEvent(element, 'offer-checkout');
    await page.getByRole('button', { name: 'Buy now' }).click();
    const { url, layout, hostedPage } = await leaving;
    expect(layout).toBe(scenario === 'checkout' ? 'full_page' : 'in_app');
    expect(hostedPage.url).toBe(url);
    await expect.element(status).toHaveTextContent('Taking you to checkout…');
    await expect.element(page.getByRole('link', { name: 'Continue' })).toHaveAttribute('href', url);
  });

  it.each([
    ['email', 'Talk to sales', 'The next step is in your inbox.'],
    ['webhook', 'Request access', 'We have your request'],
    ['new-processing-type', 'Pay with credits', 'This upgrade cannot be finished here.'],
  ])('of %s says so', async (scenario, label, words) => {
    await placeUntil('offer-ready', { customer: await newCustomer(scenario), feature: ANALYTICS });
    await page.getByRole('button', { name: label }).click();
    await expect.element(status).toHaveTextContent(words);
    await page.getByRole('button', { name: 'Close' }).click();
    await expect.element(page.getByRole('region')).not.toBeInTheDocument();
  });

  it('takes the option that was pressed', async () => {
    const customer = await newCustomer('two-options');
    await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    await page.getByRole('button', { name: 'Talk to sales' }).click();
    await expect.element(status).toHaveTextContent('The next step is in your inbox.');
    expect(await fulfillmentsOf(customer)).toMatchObject([{ processing_type: 'email' }]);
  });
});

describe('an offer that has been accepted before', () => {
  it('says so and where it stands, and takes nobody anywhere', async () => {
    const customer = await newCustomer();
    const { element, event } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    await acceptElsewhere(customer, event);
    const left = vi.fn();
    element.addEventListener('offer-redirect', left);
    await element.accept();
    await expect.element(status).toHaveTextContent('This offer has already been accepted. You can carry on');
    await expect.element(page.getByRole('link', { name: 'Continue' })).toBeVisible();
    expect(left).not.toHaveBeenCalled();
    expect(await fulfillmentsOf(customer)).toHaveLength(1);
  });

  it('says so too when it is done already', async () => {
    const customer = await newCustomer();
    const { element, event } = await placeUntil('offer-ready', { customer, ...STORAGE });
    await acceptElsewhere(customer, event);
    await expect.poll(() => fulfillmentsOf(customer), SETTLES).toMatchObject([{ status: 'completed' }]);
    await element.accept();
    await expect
      .element(status, SETTLES)
      .toHaveTextContent('This offer has already been accepted. All done. Your upgrade is active.');
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
    await expect.element(status, SETTLES).toHaveTextContent('This offer has already been accepted by a colleague.');
    await expect.element(page.getByRole('button', { name: 'Add 100 GB storage' })).not.toBeInTheDocument();
    expect(await fulfillmentsOf(customer)).toHaveLength(1);
  });
});

describe('an acceptance that does not get through', () => {
  it('can be tried again, and is still accepted once', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, ...STORAGE });
    await sandbox.misbehave({ operation: 'offer_fulfillments', kind: 'drop', after: true, times: 1 });
    const failed = oneEvent(element, 'offer-error');
    await addStorage.click();
    expect((await failed).error).toMatchObject({ code: 'upstream_unavailable' });
    await expect.element(status).toHaveTextContent('That did not go through.');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(status, SETTLES).toHaveTextContent('This offer has already been accepted.');
    expect(await fulfillmentsOf(customer)).toHaveLength(1);
  });

  it('is not sent when the page accepts in its own way', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), ...STORAGE });
    element.addEventListener('offer-accept', prevent);
    const asked = oneEvent(element, 'offer-accept');
    const fetching = vi.spyOn(window, 'fetch');
    await addStorage.click();
    expect((await asked).option.label).toBe('Add 100 GB storage');
    expect(callsTo(fetching, '/fulfillments')).toBe(0);
    await expect.element(addStorage).toBeVisible();
  });
});

function prevent(event: Event): void {
  event.preventDefault();
}

/** The same customer, on another device. */
async function acceptElsewhere(customer: TestCustomer, { offer }: OfferReadyEvent): Promise<void> {
  await asCustomer(stack, customer).accept(offer.id, offer.options[0]?.id ?? '');
}

async function fulfillmentsOf(customer: TestCustomer) {
  return (await sandbox.records(customer)).fulfillments;
}

/** What the app's backend does once the customer has paid. */
async function completeInTheApp(customer: TestCustomer): Promise<void> {
  const [fulfillment] = await fulfillmentsOf(customer);
  const headers = { Authorization: `Bearer ${stack.serverKey}` };
  const response = await fetch(`${stack.proxyUrl}/fulfillments/${fulfillment?.id}/complete`, {
    method: 'POST',
    headers,
  });
  expect(response.ok).toBe(true);
}
