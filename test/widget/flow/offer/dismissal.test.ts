import { oneEvent } from '@open-wc/testing/pure';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { newCustomer, type TestCustomer } from '../../../support/customer.js';
import { sandboxOf } from '../../../support/sandbox-client.js';
import { place, placeUntil } from '../../../support/place.js';

const ANALYTICS = 'advanced-analytics';

const sandbox = sandboxOf(inject('stack'));
const region = page.getByRole('region', { name: 'Unlock Advanced Analytics' });
const dialog = page.getByRole('dialog', { name: 'Unlock Advanced Analytics' });
const later = page.getByRole('button', { name: 'Maybe later' });

afterEach(() => {
  vi.restoreAllMocks();
});

describe('"Maybe later"', () => {
  it('hides the offer, tells the page and Chargebee, and keeps it away on the next load', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const dismissed = oneEvent(element, 'offer-dismissed');
    await later.click();
    await expect.element(region).not.toBeInTheDocument();
    expect((await dismissed).offer.title).toContain('Unlock Advanced Analytics');
    await expect.poll(() => eventsOf(customer)).toContain('dismissed');
    element.remove();
    const { event } = await placeUntil('offer-none', { customer, feature: ANALYTICS });
    expect(event.why).toBe('no_match');
  });

  it('leaves the locked slot in place of the offer', async () => {
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    await later.click();
    await expect.element(page.getByText('Not in your plan')).toBeVisible();
  });

  it('does nothing when the page prevents it', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    element.addEventListener('offer-dismiss', (event) => event.preventDefault());
    const fetching = vi.spyOn(window, 'fetch');
    await later.click();
    await expect.element(region).toBeVisible();
    expect(fetching).not.toHaveBeenCalled();
  });

  it('stays said when the context changes', async () => {
    const customer = await newCustomer();
    const storage = { layout: 'banner', customer, context: { storage_used_percent: 85 } };
    const { element } = await placeUntil('offer-ready', storage);
    await later.click();
    await element.refresh();
    await expect.element(page.getByRole('region')).not.toBeInTheDocument();
  });
});

describe('a modal', () => {
  it.each<[string, () => Promise<void>]>([
    ['Escape', () => userEvent.keyboard('{Escape}')],
    ['the cross', () => page.getByRole('button', { name: 'Close' }).click()],
    ['the words', () => later.click()],
    ['a click beside it', () => userEvent.click(document.documentElement, { position: { x: 5, y: 5 }, force: true })],
  ])('is turned down by %s, and gives the focus back', async (_, turnDown) => {
    const field = document.createElement('input');
    document.body.prepend(field);
    field.focus();
    const customer = await newCustomer();
    await placeUntil('offer-ready', { customer, feature: ANALYTICS, layout: 'modal' });
    await expect.element(dialog).toBeVisible();
    await turnDown();
    await expect.element(dialog).not.toBeInTheDocument();
    expect(document.activeElement).toBe(field);
    // Two requests of one moment may overtake each other on their way.
    await expect.poll(async () => (await eventsOf(customer)).toSorted()).toEqual(['dismissed', 'viewed']);
    field.remove();
  });

  it('stays open when the page prevents that, whatever key is pressed', async () => {
    const { element } = await placeUntil('offer-ready', {
      customer: await newCustomer(),
      feature: ANALYTICS,
      layout: 'modal',
    });
    element.addEventListener('offer-dismiss', (event) => event.preventDefault());
    await userEvent.keyboard('{Escape}');
    await userEvent.keyboard('{Escape}');
    await userEvent.keyboard('{Escape}');
    await expect.element(dialog).toBeVisible();
    expect(dialog.element().matches(':modal')).toBe(true);
  });

  it('is still a modal after a move within the page', async () => {
    const { element } = await placeUntil('offer-ready', {
      customer: await newCustomer(),
      feature: ANALYTICS,
      layout: 'modal',
    });
    const dismissed = vi.fn();
    element.addEventListener('offer-dismissed', dismissed);
    document.body.append(element);
    await element.updateComplete;
    expect(dialog.element().matches(':modal')).toBe(true);
    expect(dismissed).not.toHaveBeenCalled();
    element.remove();
  });
});

describe('snooze()', () => {
  it('hides the offer and tells nobody; refresh() leaves it hidden, show() brings it back', async () => {
    const { element } = await placeUntil('offer-viewed', {
      customer: await newCustomer(),
      feature: ANALYTICS,
      layout: 'modal',
    });
    const fetching = vi.spyOn(window, 'fetch');
    const dismissed = vi.fn();
    element.addEventListener('offer-dismissed', dismissed);
    element.snooze();
    await expect.element(dialog).not.toBeInTheDocument();
    expect(fetching).not.toHaveBeenCalled();
    expect(dismissed).not.toHaveBeenCalled();
    await element.refresh();
    await expect.element(dialog).not.toBeInTheDocument();
    await element.show();
    await expect.element(dialog).toBeVisible();
  });
});

it('before there is an offer, dismiss() and snooze() do nothing', async () => {
  const element = await place({ customer: await newCustomer('nothing'), manual: true });
  element.dismiss();
  element.snooze();
  await element.accept();
  expect(await element.explain()).toContain('Nothing was asked yet');
});

async function eventsOf(customer: TestCustomer): Promise<string[]> {
  return (await sandbox.records(customer)).events.map(({ type }) => type);
}
