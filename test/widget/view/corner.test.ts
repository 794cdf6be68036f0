/** The card in the corner of the window: above the page, in nobody's way, and one at a time. */
import { afterEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../../widget/define.js';
import type { UpgradeOffer } from '../../../widget/index.js';

const surface = page.getByRole('region');

afterEach(async () => {
  document.body.replaceChildren();
  await page.viewport(800, 700);
});

it('stands in the corner above everything, and leaves the focus and the page to the customer', async () => {
  const field = document.createElement('input');
  document.body.append(field);
  field.focus();
  corner();
  await expect.element(surface).toBeVisible();
  expect(document.activeElement).toBe(field);
  await expect.poll(() => gaps()).toEqual({ right: 16, bottom: 16, width: 360 });
  const cover = document.createElement('div');
  cover.style.cssText = 'position: fixed; inset: 0; z-index: 2147483647';
  document.body.append(cover);
  const { right, bottom } = surface.element().getBoundingClientRect();
  expect(document.elementFromPoint(right - 20, bottom - 20)).toBeInstanceOf(customElements.get('upgrade-offer'));
});

it('stands in the other corner of a page that runs from right to left', async () => {
  document.documentElement.dir = 'rtl';
  corner();
  await expect.element(surface).toBeVisible();
  await expect.poll(() => Math.round(surface.element().getBoundingClientRect().left)).toBe(16);
  document.documentElement.removeAttribute('dir');
});

it('is a sheet of at most two fifths of a phone, with every button in sight', async () => {
  corner('long-text');
  await expect.element(surface).toBeVisible();
  // Now, because WebKitGTK (2.50) does not look at the media queries of a sheet again while no element wears it.
  await page.viewport(360, 640);
  await expect.poll(() => gaps()).toEqual({ right: 0, bottom: 0, width: 360 });
  expect(surface.element().getBoundingClientRect().height).toBeLessThanOrEqual(256);
  const bottom = Math.max(
    ...page
      .getByRole('button')
      .elements()
      .map((each) => each.getBoundingClientRect().bottom),
  );
  expect(bottom).toBeLessThanOrEqual(640);
});

it('has room for the whole focus ring of its title, which was cut off where the words scroll', async () => {
  corner('long-text');
  await expect.element(surface).toBeVisible();
  await userEvent.keyboard('{Shift}');
  const title = page.getByRole('heading').element();
  if (title instanceof HTMLElement) title.focus();
  const { outlineWidth, outlineOffset } = getComputedStyle(title);
  const ring = parseFloat(outlineWidth) + parseFloat(outlineOffset);
  const inner = title.getBoundingClientRect();
  const outer = title.closest('.words')?.getBoundingClientRect() ?? new DOMRect();
  const room = Math.min(inner.top - outer.top, inner.left - outer.left, outer.right - inner.right);
  expect(ring).toBe(4);
  // Firefox adds a hundred-thousandth of a pixel.
  expect(Math.round(room)).toBeGreaterThanOrEqual(ring);
});

it('is dismissed by its cross', async () => {
  const element = corner();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect.element(surface).not.toBeInTheDocument();
  await expect.poll(() => element.explain()).toContain('was closed');
});

it('waits while another offer is above the page, and comes when that has gone', async () => {
  const first = corner();
  await expect.element(surface).toBeVisible();
  const second = corner('three-options');
  await expect.poll(() => second.explain()).toContain('it waits');
  expect(page.getByRole('region').elements()).toHaveLength(1);
  first.dismiss();
  await expect.element(page.getByRole('region', { name: 'Running out of storage?' })).toBeVisible();
});

it('is still above the page when its element was moved, or has been a card meanwhile', async () => {
  const element = corner();
  await expect.element(surface).toBeVisible();
  const place = document.createElement('main');
  document.body.append(place);
  place.append(element);
  await expect.poll(() => surface.element().matches(':popover-open')).toBe(true);
  element.layout = 'inline';
  await expect.poll(() => surface.element().matches(':popover-open')).toBe(false);
  element.layout = 'corner';
  await expect.poll(() => surface.element().matches(':popover-open')).toBe(true);
});

function corner(mock = 'two-options'): UpgradeOffer {
  const element = document.createElement('upgrade-offer');
  Object.assign(element, { layout: 'corner', mock });
  document.body.append(element);
  return element;
}

function gaps() {
  const { right, bottom, width } = surface.element().getBoundingClientRect();
  return {
    right: Math.round(innerWidth - right),
    bottom: Math.round(innerHeight - bottom),
    width: Math.round(width),
  };
}
