/** The page behind a dialog: it stands still while the dialog is open, and is as before when it is not. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { UpgradeOffer } from '../../../widget/index.js';
import '../../../widget/define.js';

const root = document.documentElement;
const sheet = document.createElement('style');
const field = document.createElement('textarea');
const elements: UpgradeOffer[] = [];

beforeEach(() => {
  sheet.textContent = 'body { block-size: 4000px } textarea { position: sticky; inset-block-start: 0 }';
  document.head.append(sheet);
  document.body.append(field);
  scrollTo(0, 300);
});

afterEach(() => {
  for (const element of elements.splice(0)) element.remove();
  root.removeAttribute('style');
  sheet.remove();
  field.remove();
  scrollTo(0, 0);
});

/** What pages say of their scrolling. */
const PAGES = ['', 'html { overflow-y: scroll }', 'body { overflow-x: hidden }', 'html, body { overflow-x: clip }'];

it.each(PAGES)('stands still while a dialog is open, and then scrolls as before, where it says "%s"', async (rule) => {
  sheet.append(rule);
  const before = lookOfPage();
  const offer = await openDialog();
  await userEvent.keyboard('{End}');
  expect(lookOfPage()).toEqual({ ...before, scrolls: false });
  offer.dismiss();
  await expect.poll(lookOfPage).toEqual(before);
  // To where no scrolling goes on in the next test. A slow browser misses a key that comes as the dialog closes.
  await expect
    .poll(async () => {
      await userEvent.keyboard('{End}');
      return Math.ceil(scrollY);
    })
    .toBe(root.scrollHeight - root.clientHeight);
});

it('scrolls again when the element is removed, moved into a hidden place, or shown in another layout', async () => {
  const ways: ((offer: UpgradeOffer) => void)[] = [
    (offer) => offer.remove(),
    (offer) => (offer.hidden = true),
    (offer) => offer.parentElement?.replaceChildren(),
    (offer) => (offer.layout = 'inline'),
    (offer) => offer.snooze(),
  ];
  for (const leave of ways) {
    leave(await openDialog());
    await expect.poll(() => lookOfPage().scrolls).toBe(true);
    for (const element of elements.splice(0)) element.remove();
  }
});

it('stands still from the first of two dialogs to the end of the last, also when it has changed its sheets', async () => {
  const first = await openDialog();
  document.adoptedStyleSheets = [];
  const second = await openDialog();
  expect(lookOfPage().scrolls).toBe(false);
  first.remove();
  await second.updateComplete;
  expect(lookOfPage().scrolls).toBe(false);
  const kept = [...document.adoptedStyleSheets];
  second.remove();
  expect(lookOfPage().scrolls).toBe(true);
  document.adoptedStyleSheets = kept;
  expect(lookOfPage().scrolls).toBe(true);
  document.adoptedStyleSheets = [];
});

it('keeps what its scripts say of its scrolling meanwhile', async () => {
  const offer = await openDialog();
  root.style.overflow = 'clip';
  offer.remove();
  expect(root.getAttribute('style')).toBe('overflow: clip;');
});

async function openDialog(): Promise<UpgradeOffer> {
  const place = document.createElement('section');
  const element = document.createElement('upgrade-offer');
  Object.assign(element, { mock: 'one-option', layout: 'modal' });
  elements.push(element);
  document.body.append(place);
  place.append(element);
  void element.show();
  await expect.poll(() => element.shadowRoot?.querySelector('dialog')?.matches(':modal')).toBe(true);
  return element;
}

/** `field` is where it is in the window: it sticks to its top. */
function lookOfPage() {
  const { clientWidth } = root;
  const { top, left, width } = field.getBoundingClientRect();
  const scroller = getComputedStyle(root).overflow === 'visible' ? document.body : root;
  return { scrollY, clientWidth, top, left, width, scrolls: getComputedStyle(scroller).overflowY !== 'hidden' };
}
