/**
 * Staff look at what a customer is offered, on the live page: Chargebee hears one question and nothing else, the browser keeps
 * nothing, and the page knows by each event that it is in no figure.
 */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { OfferEventMap, UpgradeOffer } from '../../../widget/index.js';
import { createOfferFlow } from '../../../widget/headless/headless.js';
import { newCustomer, type TestCustomer } from '../../support/customer.js';
import { place, placeUntil } from '../../support/place.js';
import {
  addStorage,
  ANALYTICS,
  anyCard,
  eventsOf,
  fulfillmentsOf,
  maybeLater,
  reports,
  sandbox,
  settled,
  stack,
  STORAGE,
} from '../../support/widget-words.js';

const EVENTS = [
  'accept',
  'accepted',
  'checkout',
  'dismiss',
  'dismissed',
  'failed',
  'fulfilled',
  'none',
  'ready',
  'redirect',
  'snoozed',
  'unlocked',
  'viewed',
].map((name) => `offer-${name}` as keyof OfferEventMap);

const ribbon = page.getByRole('group', { name: 'Preview' });
const outcomes = ribbon.getByRole('combobox', { name: 'Outcome' });

let fired: [type: string, isPreview: boolean][] = [];
const note = (event: OfferEventMap[keyof OfferEventMap]) => void fired.push([event.type, event.isPreview]);
for (const type of EVENTS) addEventListener(type, note, { capture: true });
afterEach(() => {
  fired = [];
});

/** Staff, with a token like that of `upgrade-offer token --preview`. */
const newPreview = () => newCustomer('ordinary', { claims: { preview: true } });

async function expectOneQuestion(customer: TestCustomer): Promise<void> {
  const { calls, events, fulfillments } = await sandbox.records(customer);
  expect(calls.map(({ operation }) => operation)).toEqual(['personalized_offers']);
  expect([events, fulfillments]).toEqual([[], []]);
}

function expectNothingKept(): void {
  expect([Object.keys(localStorage), Object.keys(sessionStorage)]).toEqual([[], []]);
}

/** What each outcome of the ribbon plays: the state that it leads to, and what the customer would read. */
const PLAYED: Readonly<Record<string, string>> = {
  'what the option does': 'Setting up your upgrade…',
  'pending, then completed': 'Setting up your upgrade…',
  completed: 'Your upgrade is ready to use.',
  'pending for long': 'This is taking longer than usual',
  'redirect to your page': 'Taking you to the next step…',
  'checkout on a page of its own': 'Taking you to checkout…',
  'checkout over the page': 'Taking you to checkout…',
  'elsewhere: by email': 'We’ve sent you the next step.',
  'elsewhere: in your system': 'We’ll take it from here.',
  'accepted before': 'You’ve already accepted this offer.',
  'accepted by a colleague': 'A colleague has already accepted this offer.',
  'no answer, then completed': 'That didn’t go through',
  'the offer has ended': 'This offer has ended',
  'failed: billing_failed': 'We couldn’t change your subscription',
  'failed: checkout_abandoned': 'You left checkout',
  'failed: app_failed': 'We couldn’t finish your upgrade',
  'failed: expired': 'This offer has ended',
  'failed: internal': 'Something went wrong on our end',
  'failed: unsupported': 'We can’t finish this here',
};

describe('a preview', () => {
  it('plays each outcome that the ribbon names, and Chargebee hears one question for each customer', async () => {
    const names = Object.keys(PLAYED);
    const places = await Promise.all(
      names.map(async (name) => {
        const customer = await newPreview();
        const element = await place({ customer, ...STORAGE, layout: 'inline' });
        return { name, customer, element };
      }),
    );
    // The page's own listener would keep a test from leaving the page; here, only the widget does.
    for (const { element } of places) {
      for (const type of ['offer-redirect', 'offer-checkout']) {
        element.addEventListener(type, (event) => event.stopPropagation());
      }
    }
    await Promise.all(places.map(({ element }) => expect.poll(() => selectOf(element)).toBeTruthy()));
    expect([...(selectOf(places[0]?.element)?.options ?? [])].map(({ text }) => text)).toEqual(names);
    for (const { name, element } of places) choose(element, name);
    await Promise.all(places.map(({ element }) => element.accept()));
    for (const { name, element, customer } of places) {
      await expect.poll(() => element.shadowRoot?.textContent, { message: name }).toContain(PLAYED[name]);
      await expectOneQuestion(customer);
    }
    expect(fired.length).toBeGreaterThan(3 * names.length);
    expect(fired.filter(([, isPreview]) => !isPreview)).toEqual([]);
    expectNothingKept();
  });

  it('is viewed and dismissed for nobody, and is back on the next page', async () => {
    const customer = await newPreview();
    const { element } = await placeUntil('offer-viewed', { customer, ...STORAGE });
    await expect.element(ribbon.getByText('Preview · nothing is reported or charged')).toBeVisible();
    await maybeLater.click();
    await expect.element(anyCard).not.toBeInTheDocument();
    expect(fired.map(([type]) => type)).toEqual(['offer-ready', 'offer-viewed', 'offer-dismiss', 'offer-dismissed']);
    expect(fired.every(([, isPreview]) => isPreview)).toBe(true);
    expectNothingKept();
    element.remove();
    await placeUntil('offer-ready', { customer, ...STORAGE });
    await expectOneQuestion(customer);
  });

  it('that is snoozed stays away, and the browser keeps nothing of it', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newPreview(), ...STORAGE });
    element.snooze();
    await expect.element(anyCard).not.toBeInTheDocument();
    expectNothingKept();
    await element.show();
    await expect.element(ribbon).toBeVisible();
  });

  it('says where a redirect would lead, and starts again', async () => {
    const customer = await newPreview();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    await expect.element(ribbon).toBeVisible();
    await element.accept();
    await expect.element(ribbon.getByRole('link')).toHaveAttribute('href', expect.stringMatching(/^https?:.*upgrade/));
    await ribbon.getByRole('button', { name: 'Start again' }).click();
    await expect.element(page.getByRole('button', { name: 'Unlock now' })).toBeVisible();
    await expect.element(ribbon.getByRole('button')).not.toBeInTheDocument();
    expect(await fulfillmentsOf(customer)).toEqual([]);
  });

  it('unlocks the feature once its acceptance is completed, as the customer would see it', async () => {
    const customer = await newPreview();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    await expect.element(outcomes).toBeVisible();
    choose(element, 'completed');
    await element.accept();
    await expect.element(reports).toBeVisible();
    expect(fired.at(-1)).toEqual(['offer-unlocked', true]);
    expect(await fulfillmentsOf(customer)).toEqual([]);
    expectNothingKept();
  });

  it('does not ask the other tabs to look again', async () => {
    const heard = vi.fn();
    const channel = new BroadcastChannel('upgrade-offer');
    channel.addEventListener('message', heard);
    const { element } = await placeUntil('offer-ready', { customer: await newPreview(), ...STORAGE });
    await expect.element(outcomes).toBeVisible();
    choose(element, 'completed');
    await element.accept();
    await expect.poll(() => fired.map(([type]) => type)).toContain('offer-fulfilled');
    // A channel keeps the order: what the widget had said would come before this.
    const last = new BroadcastChannel('upgrade-offer');
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel never leaves its origin.
    last.postMessage('the test');
    await expect.poll(() => heard.mock.calls.map(([{ data }]) => data)).toEqual(['the test']);
    channel.close();
    last.close();
  });

  it('has its ribbon within reach of the keyboard in a dialog', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newPreview(), ...STORAGE, layout: 'modal' });
    await settled(page.getByRole('dialog'));
    await expect.element(ribbon).toBeVisible();
    await userEvent.keyboard('{Tab}');
    // The matcher for focus looks at the document only.
    expect(selectOf(element)?.matches(':focus')).toBe(true);
  });

  it('ends with the token of the real customer, whose offer is reported and kept apart', async () => {
    const staff = await newPreview();
    const { element } = await placeUntil('offer-viewed', { customer: staff, ...STORAGE });
    await expect.element(ribbon).toBeVisible();
    element.token = (await newCustomerLike(staff)).token;
    await expect
      .poll(() => fired.filter(([type]) => type === 'offer-viewed'))
      .toEqual([
        ['offer-viewed', true],
        ['offer-viewed', false],
      ]);
    await expect.element(ribbon).not.toBeInTheDocument();
    await expect.poll(() => eventsOf(staff)).toEqual(['viewed']);
    await addStorage.click();
    await expect.poll(() => fulfillmentsOf(staff)).toHaveLength(1);
    // Until then its receipt may still be kept.
    await expect.poll(() => fired).toContainEqual(['offer-accepted', false]);
  });

  it('is one for a page that draws the offer itself, and plays what its option does', async () => {
    const customer = await newPreview();
    const flow = createOfferFlow({ proxy: stack.proxyUrl, token: customer.token, context: STORAGE.context });
    const heard: unknown[] = [];
    flow.addEventListener('offer-accepted', ({ outcome, isPreview }) => heard.push(outcome.status, isPreview));
    flow.ask();
    await expect.poll(() => flow.state).toMatchObject({ status: 'offered', offer: { preview: true } });
    await flow.accept();
    await expect.poll(() => heard).toEqual(['pending', true]);
    flow.stop();
    await expectOneQuestion(customer);
    expectNothingKept();
  });
});

describe('no page makes a preview', () => {
  it('by an attribute, a property, its address or the context: the offer is the real one', async () => {
    const customer = await newCustomer();
    history.replaceState(null, '', `${location.pathname}${location.search}#preview=true`);
    const element = await place({ customer, ...STORAGE, manual: true });
    element.setAttribute('preview', 'true');
    element.setAttribute('is-preview', '');
    Object.assign(element, { preview: true, isPreview: true });
    await element.show();
    await expect.poll(() => eventsOf(customer)).toEqual(['viewed']);
    expect(fired.filter(([, isPreview]) => isPreview)).toEqual([]);
    await expect.element(ribbon).not.toBeInTheDocument();
    await addStorage.click();
    await expect.poll(() => fulfillmentsOf(customer)).toHaveLength(1);
  });
});

function selectOf(element: UpgradeOffer | undefined): HTMLSelectElement | null | undefined {
  return element?.shadowRoot?.querySelector('upgrade-offer-preview')?.shadowRoot?.querySelector('select');
}

/** WebKit's driver selects no option. */
function choose(element: UpgradeOffer, name: string): void {
  const select = selectOf(element);
  const option = [...(select?.options ?? [])].find(({ text }) => text === name);
  if (select && option) select.value = option.value;
}

/** The same customer, who is no member of staff. */
async function newCustomerLike({ customerId, subscriptionId }: TestCustomer): Promise<TestCustomer> {
  return newCustomer('ordinary', { claims: { sub: customerId, subscription_id: subscriptionId } });
}
