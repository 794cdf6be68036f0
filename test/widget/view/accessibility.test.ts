import { oneEvent } from '@open-wc/testing/pure';
import axe from 'axe-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { newCustomer } from '../../support/customer.js';
import { placeUntil } from '../../support/place.js';
import {
  addStorage,
  ANALYTICS,
  analyticsCard,
  analyticsDialog,
  analyticsTitle,
  anyCard,
  STORAGE,
} from '../../support/widget-words.js';
import { drawNotice, LAYOUTS, shownStates, type Words } from './notices.js';

const GERMAN_OFFER: Words = {
  title: 'Schalten Sie die Umsatzwahrscheinlichkeitsauswertung für Ihr gesamtes Unternehmen frei',
  description: 'Für <b>jede</b> Abteilung: <ul><li>Donaudampfschifffahrtsgesellschaft</li></ul>',
  options: ['Jetzt kostenpflichtig freischalten', 'Mit dem Vertrieb sprechen', 'Probewoche beginnen'],
};

const EVERY_NOTICE = LAYOUTS.flatMap((layout) => Object.keys(shownStates()).map((name) => [layout, name] as const));

/** A page that is all of the document, so that axe's rules about whole pages hold for it. */
const main = document.createElement('main');

afterEach(() => {
  main.remove();
  main.replaceChildren();
  main.removeAttribute('style');
  document.documentElement.removeAttribute('style');
});

describe.each(['light', 'dark'])('axe finds nothing, %s', (scheme) => {
  it.each(EVERY_NOTICE)('%s: %s', async (layout, name) => {
    document.documentElement.style.colorScheme = scheme;
    const host = await draw(layout, name);
    // Half faded in, every contrast is too low.
    for (const animation of host.shadowRoot?.getAnimations() ?? []) animation.cancel();
    const { violations } = await axe.run(main, { resultTypes: ['violations'], rules: { region: { enabled: false } } });
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
});

describe('room on a phone', () => {
  beforeAll(async () => {
    // WebKitGTK (2.50) does not look at the media queries of a sheet again while no element wears it.
    for (const layout of LAYOUTS) await draw(layout, 'offered');
    await page.viewport(390, 700);
  });
  afterAll(() => page.viewport(800, 700));

  it.each(EVERY_NOTICE)('is 44 pixels for every target of %s: %s, at 320 pixels', async (layout, name) => {
    main.style.inlineSize = '320px';
    const host = await draw(layout, name, GERMAN_OFFER);
    const buttons = [...(host.shadowRoot?.querySelectorAll('button, a[part~="option"]') ?? [])];
    const targets = buttons.filter((button) => button.checkVisibility());
    expect(targets.length).toBeGreaterThan(0);
    for (const target of targets) {
      const { width, height } = target.getBoundingClientRect();
      expect(Math.min(width, height), target.textContent).toBeGreaterThanOrEqual(44);
    }
  });
});

describe('room', () => {
  it.each([
    ['at 320 pixels', '320px', ''],
    ['with letters of twice the size', '640px', '200%'],
    ['on a page of 800 pixels', '800px', ''],
  ])('is enough for long German words %s', async (_, inlineSize, fontSize) => {
    main.style.inlineSize = inlineSize;
    document.documentElement.style.fontSize = fontSize;
    for (const layout of LAYOUTS) {
      const host = await draw(layout, 'offered', GERMAN_OFFER);
      for (const box of host.shadowRoot?.querySelectorAll('[part~="surface"], .words, button') ?? []) {
        // WebKit adds the padding to the edge of what scrolls in the corner, and not to that of its margin.
        expect(box.scrollWidth, `${layout} ${box.part}`).toBeLessThanOrEqual(box.clientWidth + 4);
      }
      const title = host.shadowRoot?.querySelector('[part~="title"]');
      expect(title?.clientWidth, layout).toBeGreaterThan(120);
      main.replaceChildren();
    }
  });
});

describe('a screen reader', () => {
  it('hears each message once, politely, and nothing else', async () => {
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), ...STORAGE });
    const status = element.shadowRoot?.querySelector('[role="status"]');
    const heard: string[] = [];
    const listening = new MutationObserver(() => {
      const words = status?.textContent?.trim() ?? '';
      if (words) heard.push(words);
    });
    if (status) listening.observe(status, { childList: true, characterData: true, subtree: true });
    const fulfilled = oneEvent(element, 'offer-fulfilled');
    await addStorage.click();
    await fulfilled;
    await expect.element(page.getByText('Your upgrade is ready to use.')).toBeVisible();
    expect(heard).toEqual([
      'One moment…',
      'Setting up your upgrade…You can keep working.',
      'You’re all setYour upgrade is ready to use.',
    ]);
    expect(status?.isConnected).toBe(true);
    expect(element.shadowRoot?.querySelectorAll('[role="status"], [role="alert"], [aria-live]')).toHaveLength(1);
    listening.disconnect();
  });

  it('meets the card and the bar as a region, and the dialog as a dialog, each by its title', async () => {
    const customer = await newCustomer();
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS });
    await expect.element(analyticsCard).toBeVisible();
    element.layout = 'modal';
    await expect.element(analyticsDialog).toBeVisible();
    await expect.element(analyticsTitle).toBeVisible();
    // What had the focus was once a group without a name.
    expect(analyticsDialog.getByRole('document').element()).toBe(element.shadowRoot?.activeElement);
  });

  it('can tell the buttons of a dialog apart: of two "Close", nobody knows what the other one does', async () => {
    for (const name of Object.keys(shownStates())) {
      await draw('modal', name);
      const names = page.getByRole('button').elements().map(nameOf);
      expect(names, name).toEqual([...new Set(names)]);
      main.replaceChildren();
    }
  });
});

describe('the second button', () => {
  it.each(['light', 'dark'])('has an edge of 3 to 1 to the surface, %s', async (scheme) => {
    document.documentElement.style.colorScheme = scheme;
    const host = await draw('inline', 'offered');
    const surface = host.shadowRoot?.querySelector('[part~="surface"]');
    const option = host.shadowRoot?.querySelectorAll('[part~="option"]')[1];
    if (!surface || !option) throw new Error('Failed to find the second button.');
    const [below, edge] = paint(
      getComputedStyle(surface).backgroundColor,
      getComputedStyle(option).borderBlockStartColor,
    );
    const [lighter = 0, darker = 0] = [luminance(below), luminance(edge)].toSorted((one, other) => other - one);
    expect((lighter + 0.05) / (darker + 0.05)).toBeGreaterThanOrEqual(3);
  });
});

describe('the keyboard alone', () => {
  it('is enough to accept an offer and to close its notice', async () => {
    const before = document.createElement('button');
    document.body.prepend(before);
    before.focus();
    const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), ...STORAGE });
    expect(document.activeElement).toBe(before);
    await userEvent.keyboard('{Tab}');
    expect(element.shadowRoot?.activeElement?.textContent?.trim()).toBe('Add 100 GB storage');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('Your upgrade is ready to use.')).toBeVisible();
    expect(element.shadowRoot?.activeElement?.textContent?.trim()).toBe('Done');
    await userEvent.keyboard('{Enter}');
    await expect.element(anyCard).not.toBeInTheDocument();
    before.remove();
  });

  it('goes through a dialog in the order in which it is read', async () => {
    const customer = await newCustomer('two-options');
    const { element } = await placeUntil('offer-ready', { customer, feature: ANALYTICS, layout: 'modal' });
    const stops: (string | null | undefined)[] = [];
    for (let stop = 0; stop < 4; stop += 1) {
      await userEvent.keyboard('{Tab}');
      const focused = element.shadowRoot?.activeElement;
      stops.push(focused && nameOf(focused));
    }
    expect(stops).toEqual(['Close', 'Unlock now', 'Talk to sales', 'Not now']);
  });
});

function nameOf(button: Element): string | undefined {
  return button.getAttribute('aria-label') ?? button.textContent?.trim();
}

/** The pixel after each colour, painted over the ones before it. */
function paint(...colours: string[]): [Uint8ClampedArray, Uint8ClampedArray] {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d');
  const [first, second] = colours.map((colour) => {
    if (canvas) canvas.fillStyle = colour;
    canvas?.fillRect(0, 0, 1, 1);
    return canvas?.getImageData(0, 0, 1, 1).data;
  });
  if (!first || !second) throw new Error('Failed to paint two colours.');
  return [first, second];
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(pixel: Uint8ClampedArray): number {
  const [red = 0, green = 0, blue = 0] = [...pixel].map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

async function draw(layout: (typeof LAYOUTS)[number], name: string, words?: Words): Promise<HTMLElement> {
  const state = shownStates(words)[name];
  if (!state) throw new Error(`Failed to draw "${name}": no such state.`);
  document.body.append(main);
  return drawNotice(layout, state, main);
}
