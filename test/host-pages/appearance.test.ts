/** How a page, the operating system and print affect the widget, and that the widget does not affect the page. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { newCustomer } from '../support/customer.js';
import { sandboxOf } from '../support/sandbox-client.js';
import { startHost, type Host, type HostPageOptions } from './host-page.js';

const LAYOUTS = ['inline', 'banner', 'modal'];

const LIGHT = 'rgb(255, 255, 255)';
const DARK = 'rgb(27, 29, 38)';

let host: Host;

beforeAll(async () => {
  host = await startHost();
});

afterAll(() => host.close());

describe('the colours', () => {
  it.each([
    ['light on a page without a color-scheme, whatever the system', '', 'dark', LIGHT],
    ['dark on a dark page, whatever the system', 'html { color-scheme: dark }', 'light', DARK],
    ['light on a light page, whatever the system', 'html { color-scheme: light }', 'dark', LIGHT],
    ['dark on a dark system, when the page follows it', 'html { color-scheme: light dark }', 'dark', DARK],
    ['light on a light system, when the page follows it', 'html { color-scheme: light dark }', 'light', LIGHT],
    ['dark when the page sets that for the element alone', 'upgrade-offer { color-scheme: dark }', 'light', DARK],
  ] as const)('are %s', async (_, css, colorScheme, background) => {
    const page = await openOffer('inline', { css, browser: { colorScheme } });
    expect(await styleOf(page, '[part~="surface"]', 'backgroundColor')).toBe(background);
  });

  it('and the font are those that the page sets for the element', async () => {
    const css = 'upgrade-offer { --upgrade-offer-accent-color: rgb(1, 2, 3); font-family: monospace }';
    const page = await openOffer('inline', { css });
    expect(await styleOf(page, '[part~="option-primary"]', 'backgroundColor')).toBe('rgb(1, 2, 3)');
    expect(await styleOf(page, '[part~="title"]', 'fontFamily')).toBe('monospace');
    expect(await styleOf(page, '[part~="option-primary"]', 'fontFamily')).toBe('monospace');
  });
});

it('has the font, spacing and corners of the page’s own design system, in every part', async () => {
  const css = `upgrade-offer { --upgrade-offer-surface-padding: 40px; --upgrade-offer-title-font-size: 30px }
    upgrade-offer::part(option) { border-radius: 0; padding-inline: 50px; text-transform: uppercase }
    upgrade-offer::part(option-primary) { background-color: rgb(9, 8, 7) }`;
  const page = await openOffer('inline', { css });
  expect(await styleOf(page, '[part~="surface"]', 'paddingTop')).toBe('40px');
  expect(await styleOf(page, '[part~="title"]', 'fontSize')).toBe('30px');
  expect(await styleOf(page, '[part~="option"]', 'borderRadius')).toBe('0px');
  expect(await styleOf(page, '[part~="option"]', 'paddingLeft')).toBe('50px');
  expect(await styleOf(page, '[part~="option"]', 'textTransform')).toBe('uppercase');
  expect(await styleOf(page, '[part~="option-primary"]', 'backgroundColor')).toBe('rgb(9, 8, 7)');
});

it('is not hidden by a content blocker that hides banners and popups', async () => {
  const hidden = ['banner', 'popup', 'modal', 'upsell', 'promo'].map((word) => `[class*="${word}"], [id*="${word}"]`);
  const page = await openOffer('banner', { css: `${hidden.join()} { display: none }` });
  await page.getByRole('button', { name: 'Add 100 GB storage' }).waitFor();
});

describe.each(LAYOUTS)('as %s', (layout) => {
  it('is not printed', async () => {
    const page = await openOffer(layout);
    await page.emulateMedia({ media: 'print' });
    await page.getByRole('heading').waitFor({ state: 'hidden' });
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('heading').waitFor();
  });

  it('fades, and does not move, with prefers-reduced-motion', async () => {
    const chargebee = sandboxOf(host.stack);
    const { fulfillmentDelayMs } = await chargebee.settings();
    // The wheel turns while Chargebee carries it out.
    await chargebee.change({ fulfillmentDelayMs: 60 * 60_000 });
    onTestFinished(() => chargebee.change({ fulfillmentDelayMs }));
    const page = await openOffer(layout, { browser: { reducedMotion: 'reduce' } });
    await page.getByRole('button', { name: 'Add 100 GB storage' }).click();
    await page.getByText('Setting up your upgrade…').waitFor();
    const moved = () =>
      document
        .getAnimations()
        .flatMap(({ effect }) => (effect instanceof KeyframeEffect ? effect.getKeyframes() : []))
        .flatMap(({ scale = 'none', transform = 'none', translate = 'none' }) => [scale, transform, translate])
        .filter((value) => value !== 'none' && value !== '1');
    expect(await page.evaluate(moved)).toEqual([]);
  });

  it('keeps its borders and its buttons in forced colours', async () => {
    const page = await openOffer(layout, { browser: { forcedColors: 'active' } });
    for (const part of ['[part~="surface"]', '[part~="option-primary"]']) {
      const width = await styleOf(page, part, 'borderBlockEndWidth');
      expect(parseFloat(width), part).toBeGreaterThan(0);
      expect(await styleOf(page, part, 'borderBlockEndColor')).not.toBe(await styleOf(page, part, 'backgroundColor'));
    }
    await page.getByRole('button', { name: 'Add 100 GB storage' }).focus();
    expect(await styleOf(page, '[part~="option-primary"]', 'outlineStyle')).toBe('solid');
    // The first button would look like the quiet one.
    const [first, quiet] = await Promise.all(
      ['option-primary', 'dismiss'].map((part) => styleOf(page, `[part~="${part}"]`, 'backgroundColor')),
    );
    expect(first).not.toBe(quiet);
  });

  it('looks the same on a page with aggressive CSS, and changes nothing there', async () => {
    const rude = `
      * { margin: 30px; border: 9px solid red; transform: rotate(2deg); letter-spacing: normal }
      button, h2, p, section, dialog, div { display: none; background: red; font-size: 50px }
      .content, .words, .frame, #title { opacity: 0 }
    `;
    const plain = await openOffer(layout);
    const shaken = await openOffer(layout, { css: rude, body: '<main><p class="words" id="title">Text</p></main>' });
    const looks = await looksOf(plain);
    expect(looks).not.toEqual([]);
    expect(await looksOf(shaken)).toEqual(looks);
    const text = await shaken.evaluate(() => {
      const { opacity, fontSize, letterSpacing } = getComputedStyle(document.querySelector('#title') as Element);
      return { opacity, fontSize, letterSpacing, sheets: document.adoptedStyleSheets.length };
    });
    // One keeps the page from scrolling, as long as the dialog is open.
    const sheets = layout === 'modal' ? 1 : 0;
    expect(text).toEqual({ opacity: '0', fontSize: '50px', letterSpacing: 'normal', sheets });
  });
});

describe('the content below', () => {
  it('does not move while the element asks for an offer, or when there is none', async () => {
    const { token } = await newCustomer('nothing', { secret: host.stack.identitySecret });
    const { page } = await host.open({
      before: countShifts,
      body: `<upgrade-offer token="${token}"></upgrade-offer><p id="below">Below</p>`,
    });
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/offers')),
    );
    expect(await shiftsOf(page)).toEqual([]);
  });

  it('does not move from the start of the page to the end with the recipe of the documents', async () => {
    const readme = await readFile(new URL('../../widget/README.md', import.meta.url), 'utf8');
    const [, css = ''] = /No layout shift[^`]+`([^`]+)`/.exec(readme) ?? [];
    const page = await openOffer('', { css, body: '<p id="below">Below</p>', before: countShifts });
    await page.getByRole('button', { name: 'Add 100 GB storage' }).click();
    await page.getByText('Your upgrade is ready to use.').waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('heading').waitFor({ state: 'detached' });
    expect(await shiftsOf(page)).toEqual([]);
  });

  it('does not move from the click to the end when space is reserved for the card', async () => {
    const css = 'upgrade-offer { display: block; min-block-size: 12rem }';
    const page = await openOffer('inline', { css, body: '<p id="below">Below</p>', before: countShifts });
    const before = await shiftsOf(page);
    await page.getByRole('button', { name: 'Add 100 GB storage' }).click();
    await page.getByText('Your upgrade is ready to use.').waitFor();
    expect(await shiftsOf(page)).toEqual(before);
  });
});

interface Surroundings extends Partial<HostPageOptions> {
  readonly css?: string;
}

async function openOffer(layout: string, { css = '', body = '', ...options }: Surroundings = {}): Promise<Page> {
  const { token } = await newCustomer('ordinary', { secret: host.stack.identitySecret });
  const element = `<upgrade-offer ${layout && `layout="${layout}"`} token="${token}" context='{"storage_used_percent": 85}'></upgrade-offer>`;
  const { page } = await host.open({ ...options, body: `<style>${css}</style>${element}${body}` });
  await page.locator('upgrade-offer').getByRole('heading').waitFor({ state: 'attached' });
  return page;
}

function styleOf(page: Page, selector: string, property: keyof CSSStyleDeclaration): Promise<string> {
  return page
    .locator(`upgrade-offer ${selector}`)
    .first()
    .evaluate((element, name) => String(getComputedStyle(element)[name]), property);
}

/** What rude CSS would change first, of each part that an offer has in any layout. */
function looksOf(page: Page): Promise<string[]> {
  return page.locator('upgrade-offer').evaluate(async (element) => {
    // It fades in.
    await Promise.all(element.shadowRoot?.getAnimations().map(({ finished }) => finished) ?? []);
    return ['surface', 'title', 'actions', 'option-primary', 'dismiss'].flatMap((name) => {
      const part = element.shadowRoot?.querySelector(`[part~="${name}"]`);
      if (!part) throw new Error(`The offer has no part "${name}".`);
      const style = getComputedStyle(part);
      const { display, fontSize, padding, borderTopWidth, opacity, backgroundColor } = style;
      const looks = { display, fontSize, padding, borderTopWidth, opacity, backgroundColor };
      return Object.entries(looks).map(([property, value]) => `${name} ${property}: ${value}`);
    });
  });
}

function countShifts(): void {
  const shifts: string[] = [];
  Object.assign(window, { shifts });
  const isShiftOf = (node: Node | null) => node instanceof Element && node.id === 'below';
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const sources: { node: Node | null }[] = Reflect.get(entry, 'sources') ?? [];
      if (sources.some(({ node }) => isShiftOf(node))) shifts.push(entry.entryType);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

function shiftsOf(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        requestAnimationFrame(() => setTimeout(() => resolve(Reflect.get(window, 'shifts') as string[])));
      }),
  );
}
