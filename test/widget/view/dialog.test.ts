/** The dialog in the windows that customers have: its cross and its buttons stay, its words scroll, and it does not jump. */
import { afterEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { UpgradeOffer } from '../../../widget/index.js';
import '../../../widget/define.js';

const elements: UpgradeOffer[] = [];

afterEach(async () => {
  for (const element of elements.splice(0)) element.remove();
  await page.viewport(800, 700);
});

describe('a dialog with more words than room', () => {
  it.each([
    ['a phone', 390, 420],
    ['a low window', 1280, 380],
  ])('keeps its cross and its buttons in sight on %s, and scrolls its words', async (_, width, height) => {
    const { part, dialog } = await openDialog('lists-and-links', width, height);
    const tops = () => ['close', 'option-primary', 'dismiss'].map((name) => topOf(part(name)));
    const [close = 0, ...buttons] = tops();
    for (const top of [close, ...buttons]) expect(top).toBeGreaterThan(0);
    expect(Math.max(...buttons) + 44).toBeLessThanOrEqual(height);
    const title = topOf(part('title'));
    // By keyboard, as a customer without a wheel does. A browser may miss a key that comes before it has drawn the dialog,
    // or before this frame has the focus.
    await expect
      .poll(async () => {
        window.focus();
        await userEvent.keyboard('{ArrowDown}');
        return topOf(part('title'));
      })
      .toBeLessThan(title);
    dialog.scrollTop = dialog.scrollHeight;
    expect(tops().slice(1)).toEqual(buttons);
    expect(topOf(part('close'))).toBeGreaterThanOrEqual(topOf(dialog));
    part('close').click();
    await expect.poll(() => dialog.isConnected).toBe(false);
  });

  it.each([
    ['a phone that lies on its side', 667, 320],
    ['a small phone that lies on its side', 568, 256],
    ['a desk at 400 % zoom', 320, 180],
    ['a phone', 320, 568],
  ])('lets a customer reach everything that can be pressed, on %s', async (_, width, height) => {
    for (const mock of ['three-options', 'long-text', 'lists-and-links']) {
      const { element, dialog } = await openDialog(mock, width, height);
      const pressable = [...dialog.querySelectorAll<HTMLElement>('button, a')];
      expect(pressable.length).toBeGreaterThan(2);
      for (const each of pressable) {
        each.scrollIntoView({ block: 'nearest' });
        const { left, top, width: wide, height: high } = each.getBoundingClientRect();
        const hit = element.shadowRoot?.elementFromPoint(left + wide / 2, top + high / 2);
        expect(hit && each.contains(hit), `${mock}: ${each.textContent.trim()}`).toBe(true);
      }
      element.remove();
    }
  });
});

it('is a sheet at the bottom of a phone, and a dialog in the middle of anything wider', async () => {
  const { dialog } = await openDialog('two-options', 390, 664);
  const edges = () => {
    const { left, right, bottom } = dialog.getBoundingClientRect();
    // Firefox adds a little to the edge of a sheet.
    return [left, right, bottom].map(Math.round);
  };
  await expect.poll(edges).toEqual([0, 390, 664]);
  const radii = () => {
    const { borderStartStartRadius, borderEndEndRadius } = getComputedStyle(dialog);
    return [parseFloat(borderStartStartRadius), parseFloat(borderEndEndRadius)];
  };
  expect(radii()).toEqual([20, 0]);
  await page.viewport(768, 700);
  await expect.poll(() => dialog.getBoundingClientRect().bottom).toBeLessThan(684);
  expect(dialog.getBoundingClientRect().left).toBeGreaterThan(100);
  expect(radii()).toEqual([20, 20]);
});

it('does not jump when its words change, and takes no more room than it needs once the window has another width', async () => {
  const { element, dialog } = await openDialog('two-options', 390, 664);
  const edges = () => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    return { left, right, top: Math.round(top), bottom: Math.round(bottom) };
  };
  await expect.poll(edges).toMatchObject({ bottom: 664 });
  const before = edges();
  await element.accept();
  await expect.element(page.getByRole('status')).not.toBeEmptyDOMElement();
  expect(edges()).toEqual(before);
  await page.viewport(768, 700);
  await expect.poll(() => dialog.getBoundingClientRect().height).toBeLessThan(before.bottom - before.top - 50);
});

async function openDialog(mock: string, width: number, height: number) {
  const element = document.createElement('upgrade-offer');
  Object.assign(element, { mock, layout: 'modal' });
  elements.push(element);
  document.body.append(element);
  const find = () => element.shadowRoot?.querySelector<HTMLDialogElement>('dialog:modal');
  await expect.poll(find).toBeTruthy();
  const dialog = find();
  if (!dialog) throw new Error('Failed to find the dialog: it has closed.');
  // Now, because WebKitGTK (2.50) does not look at the media queries of a sheet again while no element wears it.
  await page.viewport(width, height);
  await expect.poll(() => innerWidth).toBe(width);
  for (const motion of dialog.getAnimations()) motion.finish();
  const part = (name: string): HTMLElement => {
    const found = dialog.querySelector<HTMLElement>(`[part~="${name}"]`);
    if (!found) throw new Error(`Failed to find the part "${name}": it is not drawn.`);
    return found;
  };
  return { element, dialog, part };
}

function topOf(element: Element): number {
  return Math.round(element.getBoundingClientRect().top);
}
