/** A dialog in a place that is not drawn would show nothing, and leave the page inert. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { UpgradeOffer } from '../../../widget/index.js';
import '../../../widget/define.js';
import { newCustomer, type TestCustomer } from '../../support/customer.js';
import { ANALYTICS, analyticsDialog, eventsOf, stack } from '../../support/widget-words.js';

/** The ways in which pages hide a part of themselves, and how they show it again. */
const HIDDEN: [name: string, hide: (place: HTMLElement) => void, show: (place: HTMLElement) => void][] = [
  ['hidden', (place) => (place.hidden = true), (place) => (place.hidden = false)],
  ...[
    'display: none',
    'display: none !important',
    'visibility: hidden',
    'opacity: 0',
    'content-visibility: hidden',
  ].map((css): [string, (place: HTMLElement) => void, (place: HTMLElement) => void] => [
    css,
    (place) => place.setAttribute('style', css),
    (place) => place.removeAttribute('style'),
  ]),
  ['inert', (place) => (place.inert = true), (place) => (place.inert = false)],
];

const pressed = vi.fn();
const left: Element[] = [];

afterEach(() => {
  for (const element of left.splice(0)) element.remove();
  pressed.mockClear();
});

describe('a modal', () => {
  it.each(HIDDEN)('waits while its place is %s, and leaves the page alone', async (_, hide, show) => {
    const customer = await newCustomer();
    const place = placeFor(document.createElement('section'));
    hide(place);
    const offer = offerFor(customer);
    place.append(offer);
    await expect.poll(() => offer.explain()).toMatch(/its place on the page/);
    await pressTheAppsButton();
    expect(await eventsOf(customer)).toEqual([]);
    show(place);
    await expect.element(analyticsDialog).toBeVisible();
    await expect.poll(() => eventsOf(customer)).toEqual(['viewed']);
  });

  it('waits in closed <details>, while it is hidden itself, and behind a wrapper without a box', async () => {
    const details = placeFor(document.createElement('details'));
    const wrapper = document.createElement('div');
    wrapper.style.display = 'contents';
    details.append(wrapper);
    const offer = offerFor(await newCustomer());
    offer.hidden = true;
    wrapper.append(offer);
    await expect.poll(() => offer.explain()).toMatch(/its place on the page/);
    offer.hidden = false;
    await pressTheAppsButton();
    expect(analyticsDialog.query()).toBeNull();
    details.open = true;
    await expect.element(analyticsDialog).toBeVisible();
  });

  it.each(HIDDEN)(
    'that is open when its place becomes %s gives the page back, and returns with it',
    async (_, hide, show) => {
      const customer = await newCustomer();
      const place = placeFor(document.createElement('section'));
      const offer = offerFor(customer);
      place.append(offer);
      await expect.element(analyticsDialog).toBeVisible();
      hide(place);
      await expect.poll(() => offer.shadowRoot?.querySelector(':modal')).toBeNull();
      await pressTheAppsButton();
      show(place);
      await expect.poll(() => offer.shadowRoot?.querySelector(':modal')).not.toBeNull();
      await expect.element(analyticsDialog).toBeVisible();
      expect(await eventsOf(customer)).not.toContain('dismissed');
    },
  );

  it('waits until somebody looks at its tab', async () => {
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    const customer = await newCustomer();
    const offer = offerFor(customer);
    placeFor(document.createElement('section')).append(offer);
    await expect.poll(() => offer.explain()).toMatch(/its tab is in front/);
    expect(await eventsOf(customer)).toEqual([]);
    hidden.mockRestore();
    document.dispatchEvent(new Event('visibilitychange'));
    await expect.element(analyticsDialog).toBeVisible();
  });

  it('is not looked for twice a second in a tab that nobody looks at', async () => {
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    const waiting = vi.spyOn(window, 'setTimeout');
    const offer = offerFor(await newCustomer());
    placeFor(document.createElement('section')).append(offer);
    await expect.poll(() => offer.explain()).toMatch(/its tab is in front/);
    expect(waiting.mock.calls.filter(([, ms]) => ms === 500)).toEqual([]);
  });
});

function placeFor<T extends HTMLElement>(place: T): T {
  const button = document.createElement('button');
  button.textContent = 'The app’s own button';
  button.addEventListener('click', pressed);
  document.body.append(button, place);
  left.push(button, place);
  return place;
}

function offerFor({ token }: TestCustomer): UpgradeOffer {
  const offer = document.createElement('upgrade-offer');
  return Object.assign(offer, { token, proxy: stack.proxyUrl, feature: ANALYTICS, layout: 'modal' });
}

async function pressTheAppsButton(): Promise<void> {
  await page.getByRole('button', { name: 'The app’s own button' }).click();
  expect(pressed).toHaveBeenCalledTimes(1);
}
