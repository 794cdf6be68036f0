/** Between the click and the outcome: whatever happens to the page meanwhile, nothing is lost and the customer hears of it. */
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { newCustomer, type TestCustomer } from '../../../support/customer.js';
import { holdAnswersTo, replaceCallsTo } from '../../../support/page-network.js';
import { callsTo, place, placeUntil, type Placing } from '../../../support/place.js';
import {
  addStorage,
  ANALYTICS,
  anyCard,
  carryOn,
  close,
  eventsOf,
  fulfillmentsOf,
  oneMoment,
  status,
  STORAGE,
  tryAgain,
  unlock,
} from '../../../support/widget-words.js';

describe('an acceptance whose page goes away', () => {
  it('before the answer has come is not ended, and the customer can carry on when they are back', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const { fetching, release } = holdAnswersTo('/fulfillments');
    await unlock.click();
    await expect.poll(() => callsTo(fetching, '/fulfillments')).toBe(1);
    element.remove();
    await Promise.resolve();
    const [, init] = fetching.mock.calls.find(([url]) => String(url).endsWith('/fulfillments')) ?? [];
    expect(init).toMatchObject({ keepalive: true, signal: { aborted: false } });
    release();
    await finds(customer, 'Pick up where you left off.');
    await expect.element(carryOn).toBeVisible();
    expect(await fulfillmentsOf(customer)).toHaveLength(1);
  });

  it('and whose answer came to nobody is sent again when the customer is back, and accepted once', async () => {
    const customer = await newCustomer();
    await clickInAPageThatEnds(customer, { feature: ANALYTICS }, 'after the proxy has it');
    await finds(customer, 'Pick up where you left off.');
    await expect.element(carryOn).toBeVisible();
    expect(await fulfillmentsOf(customer)).toHaveLength(1);
  });

  it('before it has reached the proxy is sent when the customer is back, and takes nobody anywhere', async () => {
    const customer = await newCustomer();
    await clickInAPageThatEnds(customer, { feature: ANALYTICS }, 'before the proxy has it');
    expect(await fulfillmentsOf(customer)).toEqual([]);
    const left = vi.fn();
    const accepted = vi.fn();
    addEventListener('offer-redirect', left);
    addEventListener('offer-accepted', accepted);
    await finds(customer, 'Pick up where you left off.');
    await expect.poll(() => accepted.mock.calls.length).toBe(1);
    removeEventListener('offer-redirect', left);
    removeEventListener('offer-accepted', accepted);
    expect(left).not.toHaveBeenCalled();
    expect(await fulfillmentsOf(customer)).toHaveLength(1);
  });

  it('is nobody else’s: another customer of this tab accepts nothing by it', async () => {
    const customer = await newCustomer();
    await clickInAPageThatEnds(customer, { feature: ANALYTICS }, 'before the proxy has it');
    const fetching = vi.spyOn(window, 'fetch');
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    expect(callsTo(fetching, '/fulfillments')).toBe(0);
  });

  it('after the customer was told that it did not get through leaves the next try to them', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const network = replaceCallsTo('/fulfillments', () => Promise.reject(new TypeError('no network')));
    await element.accept();
    network.mockRestore();
    await expect.poll(() => Object.values(sessionStorage).join()).toContain('isInterrupted');
    element.remove();
    const fetching = vi.spyOn(window, 'fetch');
    await place({ customer, feature: ANALYTICS });
    await expect.element(status).toHaveTextContent('That didn’t go through');
    expect(callsTo(fetching, '/fulfillments')).toBe(0);
    await tryAgain.click();
    await expect.element(status).toHaveTextContent('Taking you to the next step…');
  });
});

describe('an acceptance under way', () => {
  it.each<[string, () => unknown]>([
    ['Escape', () => userEvent.keyboard('{Escape}')],
    ['the cross', () => close.click()],
    ['a click beside it', () => userEvent.click(document.documentElement, { position: { x: 5, y: 5 }, force: true })],
    ['dismiss() of the page', () => document.querySelector('upgrade-offer')?.dismiss()],
    ['snooze() of the page', () => document.querySelector('upgrade-offer')?.snooze()],
  ])('is not closed by %s: the customer hears its outcome', async (_, closeIt) => {
    const customer = await newCustomer();
    await placeUntil('offer-ready', { customer, ...STORAGE, layout: 'modal' });
    const { release } = holdAnswersTo('/fulfillments');
    await addStorage.click();
    await expect.element(oneMoment).toBeVisible();
    await closeIt();
    await closeIt();
    release();
    await expect.element(status).toHaveTextContent('Your upgrade is');
    await expect.element(page.getByRole('dialog')).toBeVisible();
    expect(await eventsOf(customer)).toEqual(['viewed']);
  });

  it('is what a second accept() waits for, too', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), ...STORAGE });
    const { release } = holdAnswersTo('/fulfillments');
    const accepted = vi.fn();
    element.addEventListener('offer-accepted', accepted);
    const first = element.accept();
    const second = element.accept();
    release();
    await second;
    await element.updateComplete;
    expect(accepted).toHaveBeenCalledTimes(1);
    await first;
  });

  it('leads nowhere once the customer has closed its notice', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    const left = vi.fn();
    element.addEventListener('offer-redirect', left);
    element.addEventListener('offer-accepted', () => element.dismiss());
    await element.accept();
    await expect.element(anyCard).not.toBeInTheDocument();
    expect(left).not.toHaveBeenCalled();
  });
});

/** A page that ends, as in a reload: its requests may or may not arrive, and nothing in it hears an answer. */
async function clickInAPageThatEnds(
  customer: TestCustomer,
  placing: Placing,
  when: 'before the proxy has it' | 'after the proxy has it',
): Promise<void> {
  const { element } = await placeUntil('offer-ready', { customer, ...placing });
  const send = window.fetch;
  const sent = Promise.withResolvers<void>();
  const network = vi.spyOn(window, 'fetch').mockImplementation(async (...request) => {
    if (!String(request[0]).endsWith('/fulfillments')) return send(...request);
    if (when === 'after the proxy has it') await send(...request);
    sent.resolve();
    return new Promise(() => {});
  });
  await unlock.click();
  await sent.promise;
  element.remove();
  network.mockRestore();
}

async function finds(customer: TestCustomer, words: string): Promise<void> {
  await place({ customer, feature: ANALYTICS });
  await expect.element(status).toHaveTextContent(words);
}
