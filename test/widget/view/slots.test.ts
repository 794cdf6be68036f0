/** What a page puts beside an offer: it is there with the offer, and gone with it. */
import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { Layout } from '../../../widget/index.js';
import { newCustomer } from '../../support/customer.js';
import { placeUntil } from '../../support/place.js';
import { anyCard, STORAGE } from '../../support/widget-words.js';

const BESIDE = ['media', 'eyebrow', 'meter', 'price', 'proof', 'icon'];

it.each<[Layout, readonly string[]]>([
  ['modal', BESIDE],
  ['inline', ['media', 'eyebrow', 'meter', 'price', 'icon']],
  ['banner', ['price', 'icon']],
])('in layout %s, what the page adds is shown with the offer and never beside its outcome', async (layout, shown) => {
  const { element } = await placeUntil('offer-ready', { ...STORAGE, customer: await newCustomer(), layout });
  for (const slot of BESIDE) {
    element.append(Object.assign(document.createElement('p'), { slot, textContent: `The ${slot}` }));
  }
  expect(visibleIn(element)).toEqual(shown);
  await element.accept();
  await expect.poll(() => visibleIn(element)).toEqual([]);
});

it('takes no room for a slot that the page leaves empty', async () => {
  const { element } = await placeUntil('offer-ready', { ...STORAGE, customer: await newCustomer(), layout: 'inline' });
  const heightBefore = anyCard.element().getBoundingClientRect().height;
  for (const slot of element.shadowRoot?.querySelectorAll('slot:not([name=icon])') ?? []) slot.remove();
  expect(anyCard.element().getBoundingClientRect().height).toBe(heightBefore);
});

it('an icon of the page never hides the sign of an outcome', async () => {
  const { element } = await placeUntil('offer-ready', { ...STORAGE, customer: await newCustomer(), layout: 'inline' });
  const icon = Object.assign(document.createElement('p'), { slot: 'icon', textContent: 'Our icon' });
  element.append(icon);
  await expect.element(page.getByText('Our icon')).toBeVisible();
  await element.accept();
  await expect.poll(() => icon.checkVisibility()).toBe(false);
  expect(element.shadowRoot?.querySelector('[part~=icon] svg')?.checkVisibility()).toBe(true);
});

function visibleIn(element: Element): string[] {
  return [...element.children]
    .filter(({ slot }) => BESIDE.includes(slot))
    .flatMap((each) => (each.checkVisibility() ? each.slot : []));
}
