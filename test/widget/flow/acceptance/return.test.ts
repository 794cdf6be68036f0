import { oneEvent } from '@open-wc/testing/pure';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { newCustomer } from '../../../support/customer.js';
import { acceptAndLeave, callsTo, place, placeUntil } from '../../../support/place.js';
import {
  ANALYTICS,
  anyCard,
  carryOn,
  chargebeeWaits,
  close,
  completeInTheApp,
  grantElsewhere,
  locked,
  reports,
  sandbox,
  status,
  STORAGE,
  unlock,
} from '../../../support/widget-words.js';

afterEach(() => sandbox.behave());

describe('a customer who comes back', () => {
  it('is still known after the page has snoozed or dismissed an element that shows nothing', async () => {
    const customer = await newCustomer();
    await acceptAndLeave({ customer, feature: ANALYTICS });
    const element = await place({ customer, feature: ANALYTICS, manual: true });
    element.snooze();
    element.dismiss();
    await element.show();
    await expect.element(status).toHaveTextContent('Pick up where you left off.');
  });

  it('for one feature finds no notice about it in an element that asks about another by now', async () => {
    const customer = await newCustomer();
    await acceptAndLeave({ customer, feature: ANALYTICS });
    const send = window.fetch;
    const fetching = vi.spyOn(window, 'fetch').mockImplementation(async (...request) => {
      if (String(request[0]).endsWith(`/entitlements/${ANALYTICS}`)) element.feature = 'storage-gb';
      return send(...request);
    });
    const element = await place({ customer, feature: ANALYTICS, manual: true });
    const none = oneEvent(element, 'offer-unlocked');
    element.manual = false;
    void element.refresh();
    await none;
    await expect.poll(() => callsTo(fetching, '/offers')).toBe(1);
    expect(anyCard.query()).toBeNull();
  });

  it('before the upgrade is through sees where it stands and how to carry on, and no offer', async () => {
    const customer = await newCustomer();
    await acceptAndLeave({ customer, feature: ANALYTICS });
    const left = vi.fn();
    document.body.addEventListener('offer-redirect', left);
    await place({ customer, feature: ANALYTICS });
    await expect.element(status).toHaveTextContent('Pick up where you left off.');
    await expect.element(carryOn).toBeVisible();
    await expect.element(page.getByText('Taking you to the next step…')).not.toBeInTheDocument();
    await expect.element(locked).not.toBeVisible();
    expect(left).not.toHaveBeenCalled();
    document.body.removeEventListener('offer-redirect', left);
  });

  it('after the upgrade sees the feature at once, and never the lock or the offer before it', async () => {
    const customer = await newCustomer();
    await acceptAndLeave({ customer, feature: ANALYTICS });
    await completeInTheApp(customer);
    const seen = watchForLocks();
    await placeUntil('offer-unlocked', { customer, feature: ANALYTICS });
    await expect.element(reports).toBeVisible();
    expect(seen()).toEqual([]);
  });

  it('after the upgrade has what was offered, which the page hears once: it heard of no fulfillment in the most usual case', async () => {
    const customer = await newCustomer();
    await acceptAndLeave({ customer, feature: ANALYTICS });
    await completeInTheApp(customer);
    const fulfilled = vi.fn();
    document.body.addEventListener('offer-fulfilled', fulfilled);
    const { element } = await placeUntil('offer-fulfilled', { customer, feature: ANALYTICS });
    element.remove();
    await placeUntil('offer-unlocked', { customer, feature: ANALYTICS });
    expect(fulfilled.mock.calls).toMatchObject([[{ offer: { campaignId: 'advancedAnalytics' } }]]);
    document.body.removeEventListener('offer-fulfilled', fulfilled);
  });

  it('while the entitlement is still on its way sees that it is done, not the lock, and then the feature', async () => {
    const customer = await newCustomer();
    await acceptAndLeave({ customer, feature: ANALYTICS });
    await completeInTheApp(customer);
    const { customerId: customer_id } = customer;
    await sandbox.misbehave({ operation: 'subscription_entitlements', customer_id, kind: 'unavailable', times: 2 });
    const seen = watchForLocks();
    await place({ customer, feature: ANALYTICS });
    await expect.element(status).toHaveTextContent('Your upgrade is ready to use.');
    await expect.element(reports).toBeVisible();
    expect(seen()).toEqual([]);
  });

  it('after a page has heard of the fulfillment brings no second one, wherever the entitlement is: a purchase was counted twice', async () => {
    const customer = await newCustomer();
    await acceptAndLeave({ customer, feature: ANALYTICS });
    await completeInTheApp(customer);
    const { customerId: customer_id } = customer;
    await sandbox.misbehave({ operation: 'subscription_entitlements', customer_id, kind: 'unavailable', times: 100 });
    const fulfilled = vi.fn();
    document.body.addEventListener('offer-fulfilled', fulfilled);
    const first = await placeUntil('offer-fulfilled', { customer, feature: ANALYTICS });
    first.element.remove();
    const second = await place({ customer, feature: ANALYTICS });
    await expect.element(status).toHaveTextContent('Your upgrade is ready to use.');
    second.remove();
    await sandbox.behave();
    await placeUntil('offer-unlocked', { customer, feature: ANALYTICS });
    await expect.element(reports).toBeVisible();
    expect(fulfilled).toHaveBeenCalledOnce();
    document.body.removeEventListener('offer-fulfilled', fulfilled);
  });

  it('from a checkout that was paid is told that the upgrade is being set up, and then that it is done', async () => {
    const customer = await newCustomer('checkout');
    const chargebeeCarriesOut = await chargebeeWaits();
    const outcome = await acceptAndLeave({ customer });
    const { url = '' } = outcome.status === 'checkout' ? outcome : {};
    await fetch(url, { method: 'POST', body: new URLSearchParams({ choice: 'pay' }), mode: 'no-cors' });
    history.replaceState(null, '', `?id=${url.split('/').at(-1)}&state=succeeded`);
    const fulfilled = oneEvent(document.body, 'offer-fulfilled');
    await place({ customer });
    await expect.element(status).toHaveTextContent('Setting up your upgrade…');
    await chargebeeCarriesOut();
    await fulfilled;
    await expect.element(status).toHaveTextContent('Your upgrade is ready to use.');
    history.replaceState(null, '', location.pathname);
  });

  it('to another tab finds the feature there, too, once that tab is in front', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    await grantElsewhere(customer);
    const unlocked = oneEvent(element, 'offer-unlocked');
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 10_000);
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    await unlocked;
    await expect.element(reports).toBeVisible();
    await expect.element(anyCard).not.toBeInTheDocument();
  });

  it('and has been told that it is done is not told again', async () => {
    const customer = await newCustomer();
    await acceptAndLeave({ customer, ...STORAGE });
    const { element } = await placeUntil('offer-fulfilled', { customer, ...STORAGE });
    await expect.element(status).toHaveTextContent('Your upgrade is ready to use.');
    element.remove();
    await placeUntil('offer-none', { customer, ...STORAGE });
    await expect.element(anyCard).not.toBeInTheDocument();
  });

  it('and has closed the notice is asked about again, not sold the same again', async () => {
    const customer = await newCustomer();
    await acceptAndLeave({ customer, feature: ANALYTICS });
    const element = await place({ customer, feature: ANALYTICS });
    await close.click();
    element.remove();
    expect(sessionStorage).toHaveLength(0);
  });
});

/** Notes from now on whether the lock or the offer can be seen. */
function watchForLocks(): () => string[] {
  const seen = new Set<string>();
  const look = () => {
    if (locked.query()?.checkVisibility()) seen.add('the lock');
    if (unlock.query()) seen.add('the offer');
    if (isWatching) requestAnimationFrame(look);
  };
  let isWatching = true;
  look();
  return () => {
    isWatching = false;
    return [...seen];
  };
}
