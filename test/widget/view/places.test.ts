/** The card and the bar in the places that real pages have for them: they know nothing of the page, and its rules win on the host. */
import { fixture } from '@open-wc/testing/pure';
import { html, nothing } from 'lit';
import { afterEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { UpgradeOffer } from '../../../widget/index.js';
import '../../../widget/define.js';

const FLOWING = ['inline', 'banner'] as const;
type Flowing = (typeof FLOWING)[number];

const PARENTS: [name: string, css: string][] = [
  ['a block', 'display: block'],
  ['a flex row', 'display: flex'],
  ['a centred flex column', 'display: flex; flex-direction: column; align-items: center'],
  ['a grid', 'display: grid'],
  ['a centred grid', 'display: grid; place-items: center'],
  ['a table cell', 'display: table-cell'],
  ['an inline element', 'display: inline'],
  ['a float', 'float: left'],
  ['an inline block', 'display: inline-block'],
  ['a parent as wide as its words', 'inline-size: max-content; max-inline-size: 100%'],
  ['a positioned parent', 'position: absolute'],
];

/** What resets and frameworks do to every element of a page. */
const RULES = [
  '* { all: unset }',
  '* { position: relative }',
  '* { max-width: 100%; min-width: 0 }',
  'body * { font-size: 11px; line-height: 1; text-align: right }',
];

/** Some of the mocks, and a word of their titles. */
const MOCKS = {
  'two-options': 'outgrown',
  'three-options': 'storage',
  'lists-and-links': 'Insights',
  'long-text': 'Rechtsschutz',
};

const sheet = document.createElement('style');

afterEach(async () => {
  sheet.remove();
  scrollTo(0, 0);
  await page.viewport(800, 700);
});

describe.each(FLOWING)('as %s', (layout) => {
  it.each(PARENTS)('is as wide as its words ask for in %s, and no wider than the window', async (_, css) => {
    const { surface, part } = await placeIn(css, layout);
    const { left, right, width, height } = surface.getBoundingClientRect();
    expect(width).toBeGreaterThan(400);
    expect(height).toBeLessThan(250);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(document.documentElement.clientWidth);
    expect(part('title').getBoundingClientRect().height).toBeLessThan(40);
  });

  it.each(PARENTS)('fits in %s of a phone', async (_, css) => {
    await page.viewport(320, 640);
    const { surface } = await placeIn(css, layout);
    const { left, right, height } = surface.getBoundingClientRect();
    expect(right - left).toBeGreaterThan(250);
    expect(right).toBeLessThanOrEqual(document.documentElement.clientWidth);
    expect(height).toBeLessThan(460);
  });

  it.each(RULES)('looks the same where the page says "%s"', async (rule) => {
    const before = looksOf(await placeIn('display: block; inline-size: 600px', layout));
    sheet.textContent = rule;
    document.head.append(sheet);
    expect(looksOf(await placeIn('display: block; inline-size: 600px', layout))).toEqual(before);
  });
});

describe('a sticky bar', () => {
  it.each(['', ...RULES])(
    'stays at the top while the page scrolls under it, where the page says "%s"',
    async (rule) => {
      sheet.textContent = rule;
      document.head.append(sheet);
      const { surface } = await placeIn('display: block; block-size: 5000px', 'banner', true);
      await expect.poll(() => getComputedStyle(surface).position).toBe('sticky');
      scrollTo(0, scrollY + surface.getBoundingClientRect().top + 1_000);
      expect(surface.getBoundingClientRect().top).toBe(0);
    },
  );

  it.each<[string, number, number]>([
    ['at 400 % zoom', 320, 256],
    ['on a phone that lies on its side', 740, 360],
    ['on a phone, where it would take more than a quarter of the window', 390, 664],
  ])('scrolls away with the page %s', async (_, width, height) => {
    await page.viewport(width, height);
    const { surface } = await placeIn('display: block; block-size: 5000px', 'banner', true);
    await expect.poll(publishedHeight).toBe('0px');
    expect(getComputedStyle(surface).position).toBe('static');
    scrollTo(0, 2000);
    expect(surface.getBoundingClientRect().bottom).toBeLessThan(0);
  });

  it('sticks or scrolls away as the window gets higher or lower', async () => {
    const { surface } = await placeIn('display: block; block-size: 5000px', 'banner', true);
    for (const [height, position] of [
      [700, 'sticky'],
      [200, 'static'],
      [700, 'sticky'],
    ] as const) {
      await page.viewport(1280, height);
      await expect.poll(() => getComputedStyle(surface).position).toBe(position);
    }
  });
});

describe('a bar', () => {
  it('is in the flow of the page, says how high it is as long as it is there, and then says nothing', async () => {
    const { surface, offer } = await placeIn('display: block; block-size: 5000px', 'banner');
    expect(getComputedStyle(surface).position).toBe('static');
    const height = () => `${surface.getBoundingClientRect().height}px`;
    await expect.poll(publishedHeight).toBe(height());
    await page.viewport(320, 640);
    await expect.poll(() => surface.getBoundingClientRect().height).toBeGreaterThan(150);
    await expect.poll(publishedHeight).toBe(height());
    offer.dismiss();
    await expect.poll(publishedHeight).toBe('');
    await offer.show();
    await expect.poll(publishedHeight).not.toBe('');
    offer.remove();
    expect(publishedHeight()).toBe('');
  });

  it.each([320, 390, 768, 1280])('says one sentence with two buttons and a cross at %i px', async (width) => {
    const { part, offer } = await placeIn('display: block', 'banner');
    // Now, because WebKitGTK (2.50) does not look at the media queries of a sheet again while no element wears it.
    await page.viewport(width, 700);
    for (const [mock, title] of Object.entries(MOCKS)) {
      offer.mock = mock;
      await expect.poll(() => part('title').textContent).toContain(title);
      const surface = part('surface');
      const { lineHeight } = getComputedStyle(part('description'));
      const lines = part('description').getBoundingClientRect().height / parseFloat(lineHeight);
      expect(Math.round(lines)).toBeLessThanOrEqual(width < 768 ? 3 : 2);
      expect(surface.querySelector('ul')?.checkVisibility() ?? false).toBe(false);
      const cross = part('dismiss').getBoundingClientRect();
      expect([cross.width, cross.height]).toEqual([44, 44]);
      expect(surface.getBoundingClientRect().right - cross.right).toBeLessThanOrEqual(12);
      const [primary, secondary, ...links] = [...surface.querySelectorAll('[part~="option"]')];
      for (const link of links) expect(getComputedStyle(link).textDecorationLine).toBe('underline');
      if (!primary || !secondary) continue;
      const [first, second] = [primary.getBoundingClientRect(), secondary.getBoundingClientRect()];
      // Side by side, or below each other and as wide as each other.
      if (first.top !== second.top) expect(second.width).toBe(first.width);
      if (width >= 480) expect(Math.max(first.width, second.width)).toBeLessThan(width / 2);
    }
  });

  it('has lower buttons where there is room, and a pointer that hits them', async () => {
    const { part } = await placeIn('display: block', 'banner');
    await page.viewport(390, 700);
    await expect.poll(() => part('option-primary').getBoundingClientRect().height).toBe(44);
    await page.viewport(1280, 700);
    const height = matchMedia('(pointer: fine)').matches ? 36 : 44;
    await expect.poll(() => part('option-primary').getBoundingClientRect().height).toBe(height);
  });
});

function publishedHeight(): string {
  return document.documentElement.style.getPropertyValue('--upgrade-offer-banner-block-size');
}

interface Placed {
  readonly offer: UpgradeOffer;
  readonly surface: Element;
  readonly part: (name: string) => Element;
}

async function placeIn(css: string, layout: Flowing, sticky = false): Promise<Placed> {
  const parent = await fixture<HTMLElement>(html`
    <div style=${css}>
      <upgrade-offer
        mock="two-options"
        layout=${layout === 'inline' ? nothing : layout}
        ?sticky=${sticky}
      ></upgrade-offer>
    </div>
  `);
  const offer = parent.querySelector<UpgradeOffer>('upgrade-offer');
  if (!offer) throw new Error('Failed to place the element: it is not on the page.');
  const part = (name: string) => {
    const found = offer.shadowRoot?.querySelector(`[part~="${name}"]`);
    if (!found) throw new Error(`Failed to find the part "${name}": it is not drawn.`);
    return found;
  };
  await expect.poll(() => offer.shadowRoot?.querySelector('[part~="surface"]')).not.toBeNull();
  for (const animation of offer.shadowRoot?.getAnimations() ?? []) animation.cancel();
  return { offer, surface: part('surface'), part };
}

function looksOf({ part }: Placed): string[] {
  return ['surface', 'title', 'description', 'option-primary'].map((name) => {
    const { width, height } = part(name).getBoundingClientRect();
    const { fontSize, lineHeight, textAlign, color } = getComputedStyle(part(name));
    return [name, Math.round(width), Math.round(height), fontSize, lineHeight, textAlign, color].join(' ');
  });
}
