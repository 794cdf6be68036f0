import { oneEvent } from '@open-wc/testing/pure';
import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { newCustomer, signToken } from '../../../support/customer.js';
import { isCallTo } from '../../../support/page-network.js';
import { callsTo, place, placeUntil } from '../../../support/place.js';
import { ANALYTICS, analyticsCard, analyticsDialog, reports, stack } from '../../../support/widget-words.js';

describe('asking', () => {
  it('waits for show() when the element is manual', async () => {
    const fetching = vi.spyOn(window, 'fetch');
    const element = await place({ customer: await newCustomer(), feature: ANALYTICS, layout: 'modal', manual: true });
    expect(fetching).not.toHaveBeenCalled();
    await element.show();
    await expect.element(analyticsDialog).toBeVisible();
  });

  it('begins once the element is no longer manual', async () => {
    const element = await place({ customer: await newCustomer(), feature: ANALYTICS, manual: true });
    element.manual = false;
    await expect.element(analyticsCard).toBeVisible();
  });

  it('follows the context: nothing below the mark, a banner from there on, nothing below it again', async () => {
    const customer = await newCustomer();
    const storage = page.getByRole('region', { name: 'Running out of storage?' });
    const { element } = await placeUntil('offer-none', {
      customer,
      layout: 'banner',
      context: { storage_used_percent: 60 },
    });
    expect(element.getBoundingClientRect().height).toBe(0);
    element.setAttribute('context', '{"storage_used_percent": 85}');
    await expect.element(storage).toBeVisible();
    element.context = { storage_used_percent: 20 };
    await expect.element(storage).not.toBeInTheDocument();
  });

  it('sees what the page has changed in the object that it had set: with refresh(), and when it is set again', async () => {
    const context = { storage_used_percent: 10 };
    const { element } = await placeUntil('offer-none', { customer: await newCustomer(), context });
    context.storage_used_percent = 85;
    await element.refresh();
    await expect.element(page.getByRole('region')).toBeVisible();
    context.storage_used_percent = 10;
    element.context = context;
    await expect.element(page.getByRole('region')).not.toBeInTheDocument();
  });

  it('happens once for a slider that is being dragged', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-none', { customer, context: { storage_used_percent: 0 } });
    const fetching = vi.spyOn(window, 'fetch');
    const ready = oneEvent(element, 'offer-ready');
    for (let percent = 61; percent <= 90; percent += 1) {
      element.context = { storage_used_percent: percent };
      await element.updateComplete;
    }
    await ready;
    expect(callsTo(fetching, '/offers')).toBe(1);
  });

  it('happens once for one page, however often equal values are set', async () => {
    const fetching = vi.spyOn(window, 'fetch');
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    element.feature = `${element.feature}`;
    element.getToken = async () => 'another';
    element.getToken = undefined;
    await element.updateComplete;
    expect(callsTo(fetching, '/offers')).toBe(1);
  });
});

it('the locale that is sent is the one of the words around the element', async () => {
  const fetching = vi.spyOn(window, 'fetch');
  const element = await place({ customer: await newCustomer(), feature: ANALYTICS, manual: true });
  element.parentElement?.setAttribute('lang', 'de-AT');
  await element.show();
  const asked = fetching.mock.calls.find(([url]) => isCallTo(url, '/offers'));
  expect(JSON.parse(String(asked?.[1]?.body))).toMatchObject({ page: { locale: 'de-AT' } });
});

it.runIf('Temporal' in window)(
  'the time zone is not read by Intl, whose first use blocks a page for 40 ms',
  async () => {
    const intl = vi.spyOn(Intl, 'DateTimeFormat');
    const fetching = vi.spyOn(window, 'fetch');
    await placeUntil('offer-none', { customer: await newCustomer('nothing') });
    expect(intl).not.toHaveBeenCalled();
    const [, question] = fetching.mock.calls.find(([url]) => isCallTo(url, '/offers')) ?? [];
    vi.restoreAllMocks();
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    expect(JSON.parse(String(question?.body)).page.timezone).toBe(timeZone);
  },
);

describe('a method of the element sees what was set just before it:', () => {
  it('show() in the same task as the element', async () => {
    const { token } = await newCustomer();
    const element = document.createElement('upgrade-offer');
    Object.assign(element, { proxy: stack.proxyUrl, token, feature: ANALYTICS, layout: 'modal', manual: true });
    document.body.append(element);
    await element.show();
    await expect.element(analyticsDialog).toBeVisible();
    element.remove();
  });

  it('show() of a manual element and another feature', async () => {
    const element = await place({ customer: await newCustomer(), manual: true });
    element.feature = ANALYTICS;
    await element.show();
    await expect.element(analyticsCard).toBeVisible();
  });

  it('show() and another context: the customer asked for it, so neither a snooze nor a pause holds it back', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    element.snooze();
    await element.updateComplete;
    element.context = { storage_used_percent: 90 };
    await element.show();
    await expect.element(analyticsCard).toBeVisible();
  });

  it('refresh() and another customer', async () => {
    const element = await place({ customer: await newCustomer(), feature: ANALYTICS, manual: true });
    element.token = (await newCustomer('entitled')).token;
    await element.refresh();
    await expect.element(reports).toBeVisible();
  });

  it('accept() and another customer, who has accepted nothing', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    const fetching = vi.spyOn(window, 'fetch');
    element.token = (await newCustomer()).token;
    await element.accept();
    expect(callsTo(fetching, '/fulfillments')).toBe(0);
  });
});

describe('the customer', () => {
  it('is the same one after a fresh token, so nothing is asked again', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const fetching = vi.spyOn(window, 'fetch');
    const claims = { sub: customer.customerId, subscription_id: customer.subscriptionId };
    element.token = await signToken(claims, stack.identitySecret, '10 minutes');
    await element.updateComplete;
    expect(callsTo(fetching, '/offers')).toBe(0);
    await expect.element(analyticsCard).toBeVisible();
  });

  it('is another one with the token of somebody else, and the offer of the first one goes at once', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    const unlocked = oneEvent(element, 'offer-unlocked');
    element.token = (await newCustomer('entitled')).token;
    await element.updateComplete;
    expect(analyticsCard.query()).toBeNull();
    await unlocked;
    await expect.element(reports).toBeVisible();
  });
});
