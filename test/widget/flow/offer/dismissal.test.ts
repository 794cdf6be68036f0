import { oneEvent } from '@open-wc/testing/pure';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { newCustomer } from '../../../support/customer.js';
import { place, placeUntil } from '../../../support/place.js';
import {
  ANALYTICS,
  analyticsCard,
  analyticsDialog,
  anyCard,
  close,
  eventsOf,
  locked,
  maybeLater,
  settled,
  STORAGE,
} from '../../../support/widget-words.js';

const MODAL = { feature: ANALYTICS, layout: 'modal' };

describe('"Not now"', () => {
  it('hides the offer, tells the page and Chargebee, and keeps it away on the next load', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const dismissed = oneEvent(element, 'offer-dismissed');
    await maybeLater.click();
    await expect.element(analyticsCard).not.toBeInTheDocument();
    expect((await dismissed).offer.title).toContain('Unlock Advanced Analytics');
    await expect.poll(() => eventsOf(customer)).toContain('dismissed');
    element.remove();
    const { event } = await placeUntil('offer-none', { customer, feature: ANALYTICS });
    expect(event.why).toBe('no_match');
  });

  it('keeps the offer away in another browser of the same customer', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const dismissed = oneEvent(element, 'offer-dismissed');
    await maybeLater.click();
    await dismissed;
    await expect.poll(() => eventsOf(customer)).toContain('dismissed');
    element.remove();
    sessionStorage.clear();
    localStorage.clear();
    const { event } = await placeUntil('offer-none', { customer, feature: ANALYTICS });
    expect(event.why).toBe('no_match');
  });

  it('leaves the locked slot in place of the offer', async () => {
    await placeUntil('offer-ready', { customer: await newCustomer(), feature: ANALYTICS });
    await maybeLater.click();
    await expect.element(locked).toBeVisible();
  });

  it('does nothing when the page prevents it', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    const asked = oneEvent(element, 'offer-dismiss');
    const dismissed = vi.fn();
    element.addEventListener('offer-dismiss', (event) => event.preventDefault());
    element.addEventListener('offer-dismissed', dismissed);
    await maybeLater.click();
    await asked;
    await expect.element(analyticsCard).toBeVisible();
    expect(dismissed).not.toHaveBeenCalled();
    expect(await eventsOf(customer)).not.toContain('dismissed');
  });

  it('still holds when the context changes', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), ...STORAGE });
    await maybeLater.click();
    await element.refresh();
    await expect.element(anyCard).not.toBeInTheDocument();
  });
});

const BESIDE = { position: { x: 5, y: 5 }, force: true };

/** What a slip of the thumb does to a dialog, or a reflex. */
const SLIPS: [string, () => Promise<void>][] = [
  ['Escape', () => userEvent.keyboard('{Escape}')],
  ['a click beside it', () => userEvent.click(document.documentElement, BESIDE)],
];

describe('a modal', () => {
  it.each(SLIPS)('is put off for the session by %s, which is no refusal, and gives the focus back', async (_, slip) => {
    const field = focusedField();
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-viewed', { customer, ...MODAL });
    await settled(analyticsDialog);
    const dismissed = vi.fn();
    element.addEventListener('offer-dismissed', dismissed);
    const snoozed = oneEvent(element, 'offer-snoozed');
    await slip();
    await expect.element(analyticsDialog).not.toBeInTheDocument();
    expect(document.activeElement).toBe(field);
    expect((await snoozed).offer.title).toContain('Unlock Advanced Analytics');
    expect(await element.explain()).toContain('Escape or a click beside');
    await element.refresh();
    expect(analyticsDialog.query()).toBeNull();
    expect(dismissed).not.toHaveBeenCalled();
    expect(await eventsOf(customer)).toEqual(['viewed']);
    field.remove();
  });

  it.each(SLIPS)('is left open by %s where the page says `backdrop="none"`', async (_, slip) => {
    await placeUntil('offer-ready', { customer: await newCustomer(), ...MODAL, backdrop: 'none' });
    await settled(analyticsDialog);
    await slip();
    await slip();
    await expect.poll(() => analyticsDialog.element().matches(':modal')).toBe(true);
    await close.click();
    await expect.element(analyticsDialog).not.toBeInTheDocument();
  });

  it.each<[string, () => Promise<void>]>([
    ...SLIPS,
    ['the cross', () => close.click()],
    ['the words', () => maybeLater.click()],
  ])('is dismissed by %s where the page says `backdrop="dismiss"`, and gives the focus back', async (_, dismiss) => {
    const field = focusedField();
    const customer = await newCustomer();
    await placeUntil('offer-ready', { customer, ...MODAL, backdrop: 'dismiss' });
    await settled(analyticsDialog);
    await dismiss();
    await expect.element(analyticsDialog).not.toBeInTheDocument();
    expect(document.activeElement).toBe(field);
    // Two requests of one moment may overtake each other on their way.
    await expect.poll(async () => (await eventsOf(customer)).toSorted()).toEqual(['dismissed', 'viewed']);
    field.remove();
  });

  it('stays open when the page prevents that, whatever key is pressed', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, ...MODAL, backdrop: 'dismiss' });
    element.addEventListener('offer-dismiss', (event) => event.preventDefault());
    await settled(analyticsDialog);
    await userEvent.keyboard('{Escape}');
    await userEvent.keyboard('{Escape}');
    await userEvent.keyboard('{Escape}');
    await expect.element(analyticsDialog).toBeVisible();
    expect(analyticsDialog.element().matches(':modal')).toBe(true);
  });

  it('is still a modal after a move within the page', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), ...MODAL });
    const dismissed = vi.fn();
    element.addEventListener('offer-dismissed', dismissed);
    document.body.append(element);
    await element.updateComplete;
    expect(analyticsDialog.element().matches(':modal')).toBe(true);
    expect(dismissed).not.toHaveBeenCalled();
    element.remove();
  });
});

describe('a reflex', () => {
  it('that comes with the opening of a modal closes nothing: a click beside it, or Escape', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, ...MODAL });
    const closed = vi.fn();
    element.addEventListener('offer-snoozed', closed);
    const dialog = analyticsDialog.element();
    keepSettling(dialog);
    await userEvent.click(document.documentElement, BESIDE);
    await userEvent.keyboard('{Escape}');
    await userEvent.keyboard('{Escape}');
    await expect.element(analyticsDialog).toBeVisible();
    expect(dialog.matches(':modal')).toBe(true);
    expect(closed).not.toHaveBeenCalled();
    for (const animation of dialog.getAnimations()) animation.finish();
    await userEvent.keyboard('{Escape}');
    await expect.element(analyticsDialog).not.toBeInTheDocument();
  });

  it('neither accepts an offer that has come under the pointer', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), ...MODAL });
    const dialog = analyticsDialog.element();
    keepSettling(dialog);
    const primary = element.shadowRoot?.querySelector('[part~="option-primary"]');
    const { x = 0, y = 0, width = 0, height = 0 } = primary?.getBoundingClientRect() ?? {};
    const hit = () => element.shadowRoot?.elementFromPoint(x + width / 2, y + height / 2);
    expect(primary?.contains(hit() ?? null)).toBe(false);
    for (const animation of dialog.getAnimations()) animation.finish();
    expect(primary?.contains(hit() ?? null)).toBe(true);
  });

  it('that began before a modal opened, or began in its text, is no click beside it', async () => {
    await placeUntil('offer-ready', { customer: await newCustomer(), ...MODAL });
    await settled(analyticsDialog);
    const dialog = analyticsDialog.element();
    const at = { bubbles: true, composed: true, clientX: 1, clientY: 1 };
    // What the browser makes of a pointer that went down on the page, or of a selection that was let go beside the dialog.
    dialog.dispatchEvent(new MouseEvent('click', at));
    dialog.querySelector('[part~="title"]')?.dispatchEvent(new PointerEvent('pointerdown', at));
    dialog.dispatchEvent(new MouseEvent('click', at));
    await expect.element(analyticsDialog).toBeVisible();
    dialog.dispatchEvent(new PointerEvent('pointerdown', at));
    dialog.dispatchEvent(new MouseEvent('click', at));
    await expect.element(analyticsDialog).not.toBeInTheDocument();
  });
});

function focusedField(): HTMLInputElement {
  const field = document.createElement('input');
  document.body.prepend(field);
  field.focus();
  return field;
}

/** Holds the first moments of a dialog, however slow the machine is. */
function keepSettling(dialog: Element): void {
  for (const animation of dialog.getAnimations()) animation.effect?.updateTiming({ duration: 600_000 });
}

it('before there is an offer, dismiss() and snooze() do nothing', async () => {
  const element = await place({ customer: await newCustomer('nothing'), manual: true });
  element.dismiss();
  element.snooze();
  await element.accept();
  expect(await element.explain()).toContain('Nothing was asked yet');
});
