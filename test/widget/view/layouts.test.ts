import { oneEvent } from '@open-wc/testing/pure';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { newCustomer } from '../../support/customer.js';
import { sandboxOf } from '../../support/sandbox-client.js';
import { callsTo, place, placeUntil } from '../../support/place.js';

const ANALYTICS = 'advanced-analytics';
/** One until the offer is seen, one until it ends. */
const TIMERS_OF_A_GLANCE = 2;

const sandbox = sandboxOf(inject('stack'));
const region = page.getByRole('region', { name: 'Unlock Advanced Analytics' });
const dialog = page.getByRole('dialog', { name: 'Unlock Advanced Analytics' });
const accept = page.getByRole('button', { name: 'Unlock now' });

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe.each(['inline', 'banner', 'modal'])('an offer shown as %s', (layout) => {
  it('has its title as a heading, its words and its buttons', async () => {
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS, layout });
    await expect.element(page.getByRole('heading', { name: 'Unlock Advanced Analytics' })).toBeVisible();
    await expect.element(page.getByText('Get advanced dashboards, deeper insights, and custom reports.')).toBeVisible();
    await expect.element(accept).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Maybe later' })).toBeVisible();
  });

  it('has nothing that axe complains of', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS, layout });
    // A colour half faded in has no contrast yet.
    for (const motion of element.shadowRoot?.getAnimations() ?? []) motion.finish();
    for (const motion of document.getAnimations()) motion.finish();
    const { violations } = await axe.run(element);
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  });

  it('has buttons that are large enough for a thumb', async () => {
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS, layout });
    for (const button of page.getByRole('button').elements()) {
      expect(button.getBoundingClientRect().height).toBeGreaterThanOrEqual(44);
      expect(button.getBoundingClientRect().width).toBeGreaterThanOrEqual(44);
    }
  });
});

describe('a banner', () => {
  it('leaves the focus where it is', async () => {
    const field = focusedField();
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS, layout: 'banner' });
    await expect.element(region).toBeVisible();
    expect(document.activeElement).toBe(field);
  });
});

describe('a modal', () => {
  it('takes the focus, but not to a button that a stray key could press', async () => {
    focusedField();
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS, layout: 'modal' });
    await expect.element(dialog).toBeVisible();
    await userEvent.keyboard('{Enter}');
    expect(page.getByRole('button', { name: 'One moment…' }).query()).toBeNull();
    await expect.element(accept).toBeVisible();
  });

  it('becomes a card and a dialog again without being asked for or counted again', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-viewed', { customer, feature: ANALYTICS, layout: 'modal' });
    const fetching = vi.spyOn(window, 'fetch');
    for (const layout of ['inline', 'modal'] as const) {
      element.layout = layout;
      await element.updateComplete;
      await expect.element(layout === 'modal' ? dialog : region).toBeVisible();
      await expect.element(page.getByRole('heading', { name: 'Unlock Advanced Analytics' })).toBeVisible();
    }
    expect(fetching).not.toHaveBeenCalled();
  });
});

it('shows several options as several buttons, the first one first', async () => {
  const customer = await newCustomer('two-options');
  const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
  const names = page
    .getByRole('button')
    .elements()
    .map((button) => button.textContent?.trim());
  expect(names).toEqual(['Unlock now', 'Talk to sales', 'Maybe later']);
  expect(element.shadowRoot?.querySelector('[part~="option-primary"]')).toBe(page.getByRole('button').elements()[0]);
});

it('says what the page wants said', async () => {
  const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
  element.strings = { dismiss: 'No, thank you' };
  await expect.element(page.getByRole('button', { name: 'No, thank you' })).toBeVisible();
});

describe('asking', () => {
  it('waits for show() when the element is manual', async () => {
    const fetching = vi.spyOn(window, 'fetch');
    const element = await place({ customer: await newCustomer(), feature: ANALYTICS, layout: 'modal', manual: true });
    expect(fetching).not.toHaveBeenCalled();
    await element.show();
    await expect.element(dialog).toBeVisible();
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
});

describe('a view', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });

  it('is reported once the offer was half on screen for a second, and never twice', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const viewed = vi.fn();
    element.addEventListener('offer-viewed', viewed);
    await expect.poll(() => vi.getTimerCount()).toBe(TIMERS_OF_A_GLANCE);
    // Waiting for the timer has itself moved the clock a little.
    await vi.advanceTimersByTimeAsync(500);
    expect(viewed).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(500);
    expect(viewed).toHaveBeenCalledTimes(1);
    await element.refresh();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(viewed).toHaveBeenCalledTimes(1);
    await expect.poll(() => eventsOf(customer)).toEqual(['viewed']);
  });

  it('does not happen below the fold', async () => {
    const fold = document.createElement('div');
    fold.className = 'fold';
    document.body.prepend(fold);
    fold.style.blockSize = '3000px';
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    const viewed = vi.fn();
    element.addEventListener('offer-viewed', viewed);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(viewed).not.toHaveBeenCalled();
    element.scrollIntoView();
    await expect.poll(() => vi.getTimerCount()).toBe(TIMERS_OF_A_GLANCE);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(viewed).toHaveBeenCalledTimes(1);
    fold.remove();
  });

  it('is not cut short or repeated by a move within the page', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    const fetching = vi.spyOn(window, 'fetch');
    const viewed = vi.fn();
    element.addEventListener('offer-viewed', viewed);
    const aside = document.createElement('aside');
    element.parentElement?.append(aside);
    aside.append(element);
    await expect.element(region).toBeVisible();
    await expect.poll(() => vi.getTimerCount()).toBe(TIMERS_OF_A_GLANCE);
    await vi.advanceTimersByTimeAsync(1_000);
    aside.before(element);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(viewed).toHaveBeenCalledTimes(1);
    expect(callsTo(fetching, '/offers')).toBe(0);
  });

  it('does not happen after the element was removed, and happens anew when it comes back', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    const parent = element.parentElement;
    const viewed = vi.fn();
    element.addEventListener('offer-viewed', viewed);
    element.remove();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(viewed).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
    const ready = oneEvent(element, 'offer-ready');
    parent?.append(element);
    await ready;
    await expect.element(region).toBeVisible();
    await expect.poll(() => vi.getTimerCount()).toBe(TIMERS_OF_A_GLANCE);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(viewed).toHaveBeenCalledTimes(1);
  });
});

it('of a modal is reported when it opens, once', async () => {
  const customer = await newCustomer();
  await placeUntil('offer-viewed', { customer, feature: ANALYTICS, layout: 'modal' });
  await expect.poll(() => eventsOf(customer)).toEqual(['viewed']);
});

function focusedField(): HTMLInputElement {
  const field = document.createElement('input');
  document.body.prepend(field);
  field.focus();
  return field;
}

async function eventsOf(customer: { customerId: string }): Promise<string[]> {
  return (await sandbox.records(customer)).events.map(({ type }) => type);
}
