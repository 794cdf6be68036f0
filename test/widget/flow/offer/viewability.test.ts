import { oneEvent } from '@open-wc/testing/pure';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newCustomer } from '../../../support/customer.js';
import { callsTo, place, placeUntil } from '../../../support/place.js';
import { ANALYTICS, analyticsCard, analyticsDialog, eventsOf } from '../../../support/widget-words.js';

/** One until the offer is seen, one until it ends. */
const TIMERS_OF_A_GLANCE = 2;

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

  it('of a card that is taller than two windows happens once it fills half the window', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    const viewed = vi.fn();
    element.addEventListener('offer-viewed', viewed);
    element.style.setProperty('--upgrade-offer-title-font-size', `${innerHeight}px`);
    expect(element.getBoundingClientRect().height).toBeGreaterThan(2 * innerHeight);
    await expect.poll(() => vi.getTimerCount()).toBe(TIMERS_OF_A_GLANCE);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(viewed).toHaveBeenCalledTimes(1);
  });

  it('does not happen in a tab in the background', async () => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    const element = await place({ customer: await newCustomer(), feature: ANALYTICS });
    await oneEvent(element, 'offer-ready');
    const viewed = vi.fn();
    element.addEventListener('offer-viewed', viewed);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(viewed).not.toHaveBeenCalled();
  });

  it('is not cut short or repeated by a move within the page', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    const fetching = vi.spyOn(window, 'fetch');
    const viewed = vi.fn();
    element.addEventListener('offer-viewed', viewed);
    const aside = document.createElement('aside');
    element.parentElement?.append(aside);
    aside.append(element);
    await expect.element(analyticsCard).toBeVisible();
    await expect.poll(() => vi.getTimerCount()).toBe(TIMERS_OF_A_GLANCE);
    await vi.advanceTimersByTimeAsync(1_000);
    aside.before(element);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(viewed).toHaveBeenCalledTimes(1);
    expect(callsTo(fetching, '/offers')).toBe(0);
  });

  it('does not happen after the element was removed, and happens when it comes back', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    const parent = element.parentElement;
    const viewed = vi.fn();
    element.addEventListener('offer-viewed', viewed);
    element.remove();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(viewed).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
    parent?.append(element);
    await expect.element(analyticsCard).toBeVisible();
    await expect.poll(() => vi.getTimerCount()).toBe(TIMERS_OF_A_GLANCE);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(viewed).toHaveBeenCalledTimes(1);
  });
});

describe('a view of a modal', () => {
  it('is reported when it opens, once', async () => {
    const customer = await newCustomer();
    await placeUntil('offer-viewed', { customer, feature: ANALYTICS, layout: 'modal' });
    await expect.poll(() => eventsOf(customer)).toEqual(['viewed']);
  });

  it('is counted once for one page, even if a framework mounts and unmounts the element', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-viewed', { customer, feature: ANALYTICS, layout: 'modal' });
    const viewed = vi.fn();
    document.body.addEventListener('offer-viewed', viewed);
    const parent = element.parentElement;
    element.remove();
    parent?.append(element);
    await element.updateComplete;
    element.remove();
    await placeUntil('offer-ready', { customer, feature: ANALYTICS, layout: 'modal' });
    await expect.element(analyticsDialog).toBeVisible();
    await expect.poll(() => eventsOf(customer)).toEqual(['viewed']);
    expect(viewed).not.toHaveBeenCalled();
    document.body.removeEventListener('offer-viewed', viewed);
  });
});
