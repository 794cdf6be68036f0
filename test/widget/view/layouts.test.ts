import axe from 'axe-core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { UpgradeOffer } from '../../../widget/index.js';
import { newCustomer } from '../../support/customer.js';
import { placeUntil } from '../../support/place.js';
import {
  ANALYTICS,
  analyticsCard,
  analyticsDialog,
  analyticsTitle,
  maybeLater,
  oneMoment,
  unlock,
} from '../../support/widget-words.js';

it('without a `layout` the offer is a card inside the page, not a popup', async () => {
  const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
  expect(element.layout).toBe('inline');
  expect(page.getByRole('dialog').query()).toBeNull();
  await expect.element(analyticsCard).toBeVisible();
});

describe.each(['inline', 'banner', 'modal'])('an offer shown as %s', (layout) => {
  it('has its title as a heading, its words and its buttons', async () => {
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS, layout });
    await expect.element(analyticsTitle).toBeVisible();
    await expect.element(page.getByText('Get advanced dashboards, deeper insights, and custom reports.')).toBeVisible();
    await expect.element(unlock).toBeVisible();
    await expect.element(maybeLater).toBeVisible();
  });

  it('has nothing that axe complains about', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS, layout });
    arrived(element);
    const { violations } = await axe.run(element);
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  });

  it('has buttons that are large enough for a thumb', async () => {
    onTestFinished(() => page.viewport(800, 700));
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS, layout });
    // Now, because WebKitGTK (2.50) does not look at the media queries of a sheet again while no element wears it.
    await page.viewport(390, 700);
    arrived(element);
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
    await expect.element(analyticsCard).toBeVisible();
    expect(document.activeElement).toBe(field);
  });
});

describe('a modal', () => {
  it('takes the focus, but not to a button that a stray key could press', async () => {
    focusedField();
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS, layout: 'modal' });
    await expect.element(analyticsDialog).toBeVisible();
    await userEvent.keyboard('{Enter}');
    expect(oneMoment.query()).toBeNull();
    await expect.element(unlock).toBeVisible();
  });

  it('becomes a card and a dialog again without being asked for or counted again', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-viewed', { customer, feature: ANALYTICS, layout: 'modal' });
    const fetching = vi.spyOn(window, 'fetch');
    for (const layout of ['inline', 'modal'] as const) {
      element.layout = layout;
      await element.updateComplete;
      await expect.element(layout === 'modal' ? analyticsDialog : analyticsCard).toBeVisible();
      await expect.element(analyticsTitle).toBeVisible();
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
  expect(names).toEqual(['Unlock now', 'Talk to sales', 'Not now']);
  expect(element.shadowRoot?.querySelector('[part~="option-primary"]')).toBe(page.getByRole('button').elements()[0]);
});

it('says what the page wants said', async () => {
  const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
  element.strings = { dismiss: 'No, thank you' };
  await expect.element(page.getByRole('button', { name: 'No, thank you' })).toBeVisible();
});

it.each([undefined, ''])('says it in its own words where the page has %j for it', async (dismiss) => {
  const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
  Reflect.set(element, 'strings', { dismiss });
  await element.updateComplete;
  await expect.element(page.getByRole('button', { name: 'Not now' })).toBeVisible();
});

it('shows nothing of what a declared shadow root holds', async () => {
  const page = document.createElement('div');
  page.setHTMLUnsafe(
    '<upgrade-offer manual><template shadowrootmode="open"><p>An old offer</p></template></upgrade-offer>',
  );
  document.body.append(page);
  const element = page.querySelector('upgrade-offer');
  await element?.updateComplete;
  expect(element?.shadowRoot?.textContent).not.toContain('An old offer');
  page.remove();
});

/** Half faded in, a colour has no contrast yet, and a dialog is not as large as it will be. */
function arrived({ shadowRoot }: UpgradeOffer): void {
  for (const motion of [...(shadowRoot?.getAnimations() ?? []), ...document.getAnimations()]) motion.finish();
}

function focusedField(): HTMLInputElement {
  const field = document.createElement('input');
  document.body.prepend(field);
  field.focus();
  return field;
}
