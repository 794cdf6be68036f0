/** `upgrade-offer/headless`: a page that draws the offer itself meets all that the element does. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { OfferAcceptedEvent } from '../../../widget/flow/acceptance/events.js';
import {
  createOfferFlow,
  richText,
  type HeadlessOffer,
  type OfferOptions,
  type OfferState,
} from '../../../widget/headless/headless.js';
import { newCustomer, type TestCustomer } from '../../support/customer.js';
import { isCallTo } from '../../support/page-network.js';
import { ANALYTICS, completeInTheApp, eventsOf, fulfillmentsOf, stack, STORAGE } from '../../support/widget-words.js';

const stops: (() => void)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) stop();
  // A flow stops in a microtask.
  await Promise.resolve();
  document.body.replaceChildren();
});

describe('the state', () => {
  it('goes from nothing through asking to the offer, and is the same object until it changes', async () => {
    const flow = flowFor(await newCustomer(), { feature: ANALYTICS });
    const seen: OfferState[] = [flow.state];
    const end = flow.subscribe(() => seen.push(flow.state));
    flow.ask();
    const offered = await becomes(flow, 'offered');
    expect(seen.map(({ status }) => status)).toEqual(['idle', 'asking', 'offered']);
    await flow.refresh();
    expect(flow.state).toBe(offered);
    end();
    flow.dismiss();
    expect(seen).toHaveLength(3);
  });

  it('reaches every listener, though one of them throws', async () => {
    const report = vi.spyOn(globalThis, 'reportError').mockReturnValue();
    const flow = flowFor(await newCustomer(), { feature: ANALYTICS });
    flow.subscribe(() => {
      throw new Error('of the page');
    });
    const second = vi.fn();
    flow.subscribe(second);
    flow.ask();
    await becomes(flow, 'offered');
    expect(second).toHaveBeenCalledTimes(2);
    expect(report).toHaveBeenCalledTimes(2);
  });
});

describe('a flow', () => {
  it('that is stopped and started again at once asks once, as React does in strict mode', async () => {
    const fetching = vi.spyOn(window, 'fetch');
    const getToken = vi.fn(async () => customer.token);
    const customer = await newCustomer();
    const flow = flowFor(undefined, { getToken, feature: ANALYTICS });
    flow.ask();
    flow.stop();
    flow.ask();
    await becomes(flow, 'offered');
    expect(fetching.mock.calls.filter(([url]) => isCallTo(url, '/offers'))).toHaveLength(1);
    expect(getToken).toHaveBeenCalledTimes(1);
  });

  it('asks again when an option makes it another question, and not when it is set to the same', async () => {
    const customer = await newCustomer();
    const flow = flowFor(customer, { feature: ANALYTICS });
    flow.ask();
    const offered = await becomes(flow, 'offered');
    flow.update({ feature: ANALYTICS });
    expect(flow.state).toBe(offered);
    flow.update({ feature: undefined, context: STORAGE.context });
    expect(flow.state.status).toBe('asking');
    expect(await becomes(flow, 'offered')).toMatchObject({ offer: { title: expect.stringContaining('storage') } });
  });

  it('shows one offer at a time: another one waits until it is free', async () => {
    const customer = await newCustomer();
    const first = flowFor(customer, { feature: ANALYTICS });
    first.ask();
    await becomes(first, 'offered');
    const second = flowFor(customer, { feature: ANALYTICS });
    second.ask();
    expect(await becomes(second, 'held')).toMatchObject({ by: 'shown_elsewhere' });
    first.stop();
    await becomes(second, 'offered');
  });

  it('waits for show() where it is manual, and brings back what was snoozed', async () => {
    const flow = flowFor(await newCustomer(), { feature: ANALYTICS, manual: true });
    flow.ask();
    await flow.show();
    expect(flow.state.status).toBe('offered');
    flow.snooze();
    expect(flow.state).toMatchObject({ status: 'held', by: 'snoozed' });
    await flow.show();
    expect(flow.state.status).toBe('offered');
  });
});

it('an offer that the page has drawn counts as viewed once, drawn again or not', async () => {
  const customer = await newCustomer();
  const flow = flowFor(customer, { feature: ANALYTICS });
  const viewed = vi.fn();
  flow.addEventListener('offer-viewed', ({ offer }) => viewed(offer.title));
  flow.ask();
  await becomes(flow, 'offered');
  flow.seen(draw('A card'));
  await expect.poll(() => viewed.mock.calls).toEqual([[expect.stringContaining('Analytics')]]);
  flow.seen(null);
  flow.seen(draw('The same card, drawn again'));
  flow.dismiss();
  await expect.poll(() => eventsOf(customer)).toEqual(['viewed', 'dismissed']);
  expect(viewed).toHaveBeenCalledTimes(1);
});

it('another offer in the same place is watched as well, without another word of the page', async () => {
  const customer = await newCustomer();
  const flow = flowFor(customer, { feature: ANALYTICS });
  const viewed: string[] = [];
  flow.addEventListener('offer-viewed', ({ offer }) => viewed.push(offer.title));
  flow.ask();
  await becomes(flow, 'offered');
  flow.seen(draw('A place for offers'));
  await expect.poll(() => viewed).toHaveLength(1);
  flow.update({ feature: undefined, context: STORAGE.context });
  await expect.poll(() => viewed).toEqual([expect.stringContaining('Analytics'), expect.stringContaining('storage')]);
});

describe('an acceptance', () => {
  it('tells the page of each step by the classes of the element, and lets it prevent the first', async () => {
    const customer = await newCustomer();
    const flow = flowFor(customer, { context: STORAGE.context });
    const heard: Event[] = [];
    flow.addEventListener('offer-accept', (event) => event.preventDefault(), { once: true });
    flow.addEventListener('offer-accepted', (event) => heard.push(event));
    flow.addEventListener('offer-fulfilled', (event) => heard.push(event));
    flow.ask();
    await becomes(flow, 'offered');
    await flow.accept();
    expect(await fulfillmentsOf(customer)).toEqual([]);
    await flow.accept();
    await becomes(flow, 'completed');
    await expect.poll(() => heard.map(({ type }) => type)).toEqual(['offer-accepted', 'offer-fulfilled']);
    expect(heard[0]).toBeInstanceOf(OfferAcceptedEvent);
    expect(heard[0]?.target).toBe(flow);
  });

  it('is found again on the next page, and unlocks the feature once the app has reported it', async () => {
    const customer = await newCustomer();
    const first = flowFor(customer, { feature: ANALYTICS });
    first.ask();
    await becomes(first, 'offered');
    await first.accept();
    expect(first.state.status).toBe('redirect');
    first.stop();
    const second = flowFor(customer, { feature: ANALYTICS });
    second.ask();
    expect(await becomes(second, 'redirect')).toMatchObject({ acceptedBefore: 'you' });
    second.stop();
    await completeInTheApp(customer);
    const third = flowFor(customer, { feature: ANALYTICS });
    third.ask();
    expect(await becomes(third, 'unlocked')).toMatchObject({ hasReceipt: true });
  });
});

it('a mock plays to the end, and leaves the page where it is', async () => {
  const flow = flowFor(undefined, { mock: 'one-option then redirect', feature: 'reports' });
  const redirect = vi.fn();
  flow.addEventListener('offer-redirect', redirect);
  flow.ask();
  await becomes(flow, 'offered');
  await flow.accept();
  expect(flow.state.status).toBe('redirect');
  expect(redirect).toHaveBeenCalledTimes(1);
});

it('the words of an offer become safe nodes', async () => {
  const flow = flowFor(undefined, { mock: 'one-option' });
  flow.ask();
  await becomes(flow, 'offered');
  document.body.append(richText('Save <b>20 %</b><script>alert(1)</script> <a href="javascript:alert(1)">now</a>'));
  expect(document.body.innerHTML).toBe('Save <b>20 %</b> now');
  await expect.element(page.getByText('20 %')).toBeVisible();
});

function flowFor(customer: TestCustomer | undefined, options: OfferOptions): HeadlessOffer {
  const flow = createOfferFlow({ proxy: stack.proxyUrl, token: customer?.token, lang: 'en', ...options });
  // No test may leave the page that runs it.
  for (const type of ['offer-redirect', 'offer-checkout']) {
    flow.addEventListener(type, (event) => event.preventDefault());
  }
  stops.push(flow.stop);
  return flow;
}

async function becomes(flow: HeadlessOffer, status: OfferState['status']): Promise<OfferState> {
  await expect.poll(() => flow.state.status).toBe(status);
  return flow.state;
}

function draw(words: string): Element {
  const card = document.body.appendChild(document.createElement('section'));
  card.textContent = words;
  return card;
}
