import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { newCustomer } from '../../../support/customer.js';
import { place, placeUntil } from '../../../support/place.js';
import { ANALYTICS, analyticsCard, analyticsDialog, maybeLater } from '../../../support/widget-words.js';

const MODAL = { feature: ANALYTICS, layout: 'modal' };

describe('a modal', () => {
  const busy: [string, () => () => void][] = [
    [
      'a dialog of the page is open',
      () => {
        const own = document.createElement('dialog');
        own.textContent = 'The page asks';
        document.body.append(own);
        own.showModal();
        return () => own.remove();
      },
    ],
    [
      'a layer of a component library is open in a shadow root',
      () => {
        const library = document.createElement('div');
        library.attachShadow({ mode: 'open' }).innerHTML = '<div aria-modal="true">The library asks</div>';
        document.body.append(library);
        return () => library.remove();
      },
    ],
    [
      'a menu of the page is open',
      () => {
        const menu = document.createElement('div');
        menu.popover = 'auto';
        menu.textContent = 'The page offers';
        document.body.append(menu);
        menu.showPopover();
        return () => menu.remove();
      },
    ],
    [
      'the customer writes in an editor in a frame',
      () => {
        const editor = document.createElement('iframe');
        editor.srcdoc = '<body contenteditable>Dear team</body>';
        document.body.append(editor);
        editor.focus();
        return () => editor.remove();
      },
    ],
    [
      'the customer has the page in full screen',
      () => {
        const full = vi.spyOn(document, 'fullscreenElement', 'get').mockReturnValue(document.body);
        return () => full.mockRestore();
      },
    ],
  ];

  it.each(busy)('waits while %s, and opens afterwards', async (_, begin) => {
    const end = begin();
    const element = await place({ customer: await newCustomer(), ...MODAL });
    await expect.poll(() => element.explain()).toMatch(/waits/);
    expect(analyticsDialog.query()).toBeNull();
    end();
    await expect.element(analyticsDialog).toBeVisible();
  });

  it.each(busy)('is a banner while %s, where the page wants it so', async (_, begin) => {
    const end = begin();
    await placeUntil('offer-ready', { customer: await newCustomer(), ...MODAL, ifBusy: 'banner' });
    await expect.element(analyticsCard).toBeInTheDocument();
    expect(analyticsDialog.query()).toBeNull();
    end();
  });

  it('does not open into the middle of a sentence, but after it', async () => {
    const field = document.createElement('textarea');
    document.body.prepend(field);
    field.focus();
    const element = await place({ customer: await newCustomer(), ...MODAL, manual: true });
    // The pause after a sentence begins when the test lets time go on.
    const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now());
    await userEvent.keyboard('Dear team');
    await element.refresh();
    await expect.poll(() => element.explain()).toMatch(/types/);
    clock.mockRestore();
    expect(document.activeElement).toBe(field);
    await expect.element(analyticsDialog).toBeVisible();
    expect(field.value).toBe('Dear team');
    field.remove();
  });

  it.each([
    ['visibility: hidden', ''],
    ['opacity: 0', ''],
    ['display: block', 'aria-hidden="true"'],
    ['display: block', 'inert'],
  ])('does not wait for a dialog that a component library keeps closed: %s %s', async (style, attribute) => {
    const library = document.createElement('div');
    library.innerHTML = `<div role="dialog" aria-modal="true" style="${style}" ${attribute}>The library asks</div>`;
    document.body.append(library);
    await place({ customer: await newCustomer(), ...MODAL });
    await expect.element(analyticsDialog).toBeVisible();
    library.remove();
  });

  it('leaves an open menu of the page open', async () => {
    const menu = document.createElement('div');
    menu.popover = 'auto';
    document.body.append(menu);
    menu.showPopover();
    const element = await place({ customer: await newCustomer(), ...MODAL });
    await expect.poll(() => element.explain()).toMatch(/menu/);
    expect(menu.matches(':popover-open')).toBe(true);
    menu.hidePopover();
    await expect.element(analyticsDialog).toBeVisible();
    menu.remove();
  });

  it('searches a large page once while a dialog of the page is open, and not twice a second', async () => {
    const library = document.createElement('div');
    library.attachShadow({ mode: 'open' }).innerHTML = '<div aria-modal="true">The library asks</div>';
    document.body.append(library);
    const element = await place({ customer: await newCustomer(), ...MODAL });
    await expect.poll(() => element.explain()).toMatch(/waits/);
    const searching = vi.spyOn(document, 'querySelectorAll');
    const looking = vi.spyOn(Element.prototype, 'checkVisibility');
    await expect
      .poll(() => looking.mock.contexts.filter((at) => at instanceof HTMLDivElement).length)
      .toBeGreaterThan(1);
    expect(searching).not.toHaveBeenCalled();
    library.remove();
    await expect.element(analyticsDialog).toBeVisible();
  });

  it('is not opened over another one; the second comes when the first has gone', async () => {
    await placeUntil('offer-ready', { customer: await newCustomer(), ...MODAL });
    await expect.element(analyticsDialog).toBeVisible();
    const second = await place({ customer: await newCustomer(), ...MODAL });
    await expect.poll(() => second.explain()).toMatch(/waits/);
    expect(analyticsDialog.elements()).toHaveLength(1);
    await maybeLater.click();
    await expect.poll(() => second.explain()).toMatch(/is shown/);
    expect(analyticsDialog.elements()).toHaveLength(1);
  });
});
