import { oneEvent } from '@open-wc/testing/pure';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { newCustomer, type TestCustomer } from '../../../support/customer.js';
import { asServer } from '../../../support/proxy-client.js';
import { sandboxOf } from '../../../support/sandbox-client.js';
import { place, placeUntil } from '../../../support/place.js';

const ANALYTICS = 'advanced-analytics';
const SETTLES = { timeout: 6_000 };
const STORAGE = { layout: 'banner', context: { storage_used_percent: 85 } };

const stack = inject('stack');
const sandbox = sandboxOf(stack);
const status = page.getByRole('status');
const reports = page.getByText('The reports');
const locked = page.getByText('Not in your plan');

beforeEach(() => {
  sessionStorage.clear();
  document.body.addEventListener('offer-redirect', prevent);
  document.body.addEventListener('offer-checkout', prevent);
});

afterEach(async () => {
  document.body.removeEventListener('offer-redirect', prevent);
  document.body.removeEventListener('offer-checkout', prevent);
  vi.restoreAllMocks();
  await sandbox.behave();
});

describe('a customer who comes back', () => {
  it('before the upgrade is through sees where it stands and how to carry on, and no offer', async () => {
    const customer = await newCustomer();
    await acceptAndLeave(customer, { feature: ANALYTICS });
    const left = vi.fn();
    document.body.addEventListener('offer-redirect', left);
    await place({ customer, feature: ANALYTICS });
    await expect.element(status).toHaveTextContent('This offer has already been accepted. You can carry on');
    await expect.element(page.getByRole('link', { name: 'Continue' })).toBeVisible();
    await expect.element(page.getByText('Taking you to the next step…')).not.toBeInTheDocument();
    await expect.element(locked).not.toBeVisible();
    expect(left).not.toHaveBeenCalled();
    document.body.removeEventListener('offer-redirect', left);
  });

  it('after the upgrade sees the feature at once, and never the lock or the offer before it', async () => {
    const customer = await newCustomer();
    await acceptAndLeave(customer, { feature: ANALYTICS });
    await completeInTheApp(customer);
    const seen = watchForLocks();
    await placeUntil('offer-unlocked', { customer, feature: ANALYTICS });
    await expect.element(reports).toBeVisible();
    expect(seen()).toEqual([]);
  });

  it('while the entitlement is still on its way sees that it is done, not the lock, and then the feature', async () => {
    const customer = await newCustomer();
    await acceptAndLeave(customer, { feature: ANALYTICS });
    await completeInTheApp(customer);
    await sandbox.misbehave({ operation: 'subscription_entitlements', kind: 'unavailable', times: 2 });
    const seen = watchForLocks();
    await place({ customer, feature: ANALYTICS });
    await expect.element(status).toHaveTextContent('Your upgrade is active.');
    await expect.element(reports, SETTLES).toBeVisible();
    expect(seen()).toEqual([]);
  });

  it('from a checkout that was paid is told that the upgrade is being set up, and then that it is done', async () => {
    const customer = await newCustomer('checkout');
    const { url } = await acceptAndLeave(customer, {});
    await fetch(url, { method: 'POST', body: new URLSearchParams({ choice: 'pay' }), mode: 'no-cors' });
    history.replaceState(null, '', `?id=${url.split('/').at(-1)}&state=succeeded`);
    const fulfilled = oneEvent(document.body, 'offer-fulfilled');
    await place({ customer });
    await expect.element(status).toHaveTextContent('Your upgrade is being set up.');
    await fulfilled;
    await expect.element(status).toHaveTextContent('Your upgrade is active.');
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
    await expect.element(page.getByRole('region')).not.toBeInTheDocument();
  });

  it('and has read the news is not told again', async () => {
    const customer = await newCustomer();
    await acceptAndLeave(customer, STORAGE);
    const { element } = await placeUntil('offer-fulfilled', { customer, ...STORAGE });
    await expect.element(status).toHaveTextContent('Your upgrade is active.');
    element.remove();
    await placeUntil('offer-none', { customer, ...STORAGE });
    await expect.element(page.getByRole('region')).not.toBeInTheDocument();
  });

  it('and has closed the news is asked anew, not sold the same again', async () => {
    const customer = await newCustomer();
    await acceptAndLeave(customer, { feature: ANALYTICS });
    const element = await place({ customer, feature: ANALYTICS });
    await page.getByRole('button', { name: 'Close' }).click();
    element.remove();
    expect(sessionStorage).toHaveLength(0);
  });
});

describe('what the session keeps of an acceptance', () => {
  it('is another customer’s business only', async () => {
    await acceptAndLeave(await newCustomer(), { feature: ANALYTICS });
    const fetching = vi.spyOn(window, 'fetch');
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    expect(fetching.mock.calls.filter(([url]) => String(url).includes('/fulfillments/'))).toEqual([]);
  });

  it.each([
    ['a number', '7'],
    ['somebody else’s fulfillment', JSON.stringify({ offer: anOffer('<b>Free</b>'), fulfillmentId: 'not_ours' })],
    ['a path', JSON.stringify({ offer: anOffer('Free'), fulfillmentId: '../offers' })],
  ])('is not believed: %s', async (_, kept) => {
    const customer = await newCustomer();
    await acceptAndLeave(customer, { feature: ANALYTICS });
    const name = Object.keys(sessionStorage)[0] ?? '';
    const other = await newCustomer();
    sessionStorage.setItem(
      name.replace(customer.customerId, other.customerId).replace(customer.subscriptionId, other.subscriptionId),
      kept,
    );
    await placeUntil('offer-ready', { customer: other, feature: ANALYTICS });
    await expect.element(page.getByRole('button', { name: 'Unlock now' })).toBeVisible();
    expect(Object.keys(sessionStorage)).toEqual([name]);
  });

  it('is not needed: without storage an acceptance goes through all the same', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), ...STORAGE });
    await element.accept();
    await expect.element(status, SETTLES).toHaveTextContent('Your upgrade is active.');
  });
});

it('a window is never opened by the widget', async () => {
  const opening = vi.spyOn(window, 'open');
  const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
  await element.accept();
  await page.getByRole('link', { name: 'Continue' }).click();
  expect(opening).not.toHaveBeenCalled();
});

function prevent(event: Event): void {
  event.preventDefault();
}

/** Accepts, and leaves the page as a navigation would. */
async function acceptAndLeave(customer: TestCustomer, placing: object): Promise<{ url: string }> {
  const { element } = await placeUntil('offer-ready', { customer, ...placing });
  const accepted = oneEvent(element, 'offer-accepted');
  await element.accept();
  const { outcome } = await accepted;
  element.remove();
  return { url: 'url' in outcome ? outcome.url : '' };
}

async function completeInTheApp(customer: TestCustomer): Promise<void> {
  const [fulfillment] = (await sandbox.records(customer)).fulfillments;
  await asServer(stack).complete(fulfillment?.id ?? '');
}

/** The same customer buys on another device. */
async function grantElsewhere(customer: TestCustomer): Promise<void> {
  const headers = { Authorization: `Bearer ${customer.token}`, 'Content-Type': 'application/json' };
  const ask = (path: string, body: object) =>
    fetch(stack.proxyUrl + path, { method: 'POST', headers, body: JSON.stringify(body) }).then((r) => r.json());
  const { offer } = await ask('/offers', { feature: ANALYTICS });
  await ask(`/offers/${offer.id}/fulfillments`, { optionId: offer.options[0].id });
  await completeInTheApp(customer);
}

function anOffer(title: string) {
  return {
    id: 'o1',
    title,
    description: '',
    options: [{ id: 'p1', label: 'Take it' }],
    expiresAt: Date.now() + 60_000,
  };
}

/** Everything but the feature itself that was to be seen, from now on. */
function watchForLocks(): () => string[] {
  const seen = new Set<string>();
  const look = () => {
    if (page.getByText('Not in your plan').query()?.checkVisibility()) seen.add('the lock');
    if (page.getByRole('button', { name: 'Unlock now' }).query()) seen.add('the offer');
    if (isWatching) requestAnimationFrame(look);
  };
  let isWatching = true;
  look();
  return () => {
    isWatching = false;
    return [...seen];
  };
}
