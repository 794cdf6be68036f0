/** What only some pages ask for beside the offer: rows of options, layouts of the media, a meter, icons. */
import { fixture, oneEvent } from '@open-wc/testing/pure';
import axe from 'axe-core';
import { html, type TemplateResult } from 'lit';
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { mockScenarios } from '../../../widget/developer/mock-scenarios.js';
import type { UpgradeOffer } from '../../../widget/index.js';
import '../../../widget/define.js';

type Settings = Partial<
  Pick<UpgradeOffer, 'mock' | 'layout' | 'optionNotes' | 'mediaLayout' | 'meter' | 'icon' | 'feature' | 'used'>
>;

const NOTES = {
  option_1: { name: 'Team', note: 'Up to 50 seats', price: '$12 / seat', badge: 'Most chosen' },
  option_2: { name: 'Business', note: 'Unlimited seats', price: '$19 / seat' },
};

const team = page.getByRole('radio', { name: /^Team/ });
const business = page.getByRole('radio', { name: /^Business/ });
const goToBusiness = page.getByRole('button', { name: 'Go to Business' });

async function offered(settings: Settings, inside?: TemplateResult): Promise<UpgradeOffer> {
  const element = document.createElement('upgrade-offer');
  const ready = oneEvent(element, 'offer-ready');
  Object.assign(element, { mock: 'two-options', ...settings });
  const place = await fixture<HTMLElement>(html`<div>${inside}</div>`);
  element.append(...place.children);
  place.append(element);
  await ready;
  return element;
}

describe.each(['inline', 'modal'] as const)('options with notes, as %s', (layout) => {
  it('are rows to choose from, and the one button accepts the chosen one', async () => {
    const element = await offered({ layout, optionNotes: NOTES });
    // At the first drawing: nothing turns from buttons into rows before the customer's eyes.
    expect(element.shadowRoot?.querySelectorAll('[type=radio]')).toHaveLength(2);
    await expect.element(page.getByRole('radiogroup', { name: 'Your team has outgrown Starter' })).toBeVisible();
    await expect.element(team).toBeChecked();
    expect(goToBusiness.query()).toBeNull();
    if (layout === 'modal') {
      await expect.poll(() => getComputedStyle(page.getByRole('dialog').element()).pointerEvents).toBe('auto');
    }
    await business.click();
    await expect.element(business).toBeChecked();
    // Also for a page that accepts by itself, and says no option.
    element.addEventListener('offer-accept', (event) => event.preventDefault(), { once: true });
    const acceptedByPage = oneEvent(element, 'offer-accept');
    await element.accept();
    expect((await acceptedByPage).option.id).toBe('option_2');
    const accepted = oneEvent(element, 'offer-accept');
    await goToBusiness.click();
    expect((await accepted).option.id).toBe('option_2');
    await expect.poll(() => element.shadowRoot?.querySelector('[type=radio]')).toBeNull();
  });

  it('have nothing that axe complains about', async () => {
    const element = await offered({ layout, optionNotes: NOTES, meter: '100 GB', used: 92 });
    for (const motion of element.shadowRoot?.getAnimations() ?? []) motion.finish();
    for (const motion of document.getAnimations()) motion.finish();
    const { violations } = await axe.run(element);
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  });
});

it('the arrow keys choose a row, and the focus stays on it', async () => {
  const element = await offered({ optionNotes: NOTES });
  const [first, second] = element.shadowRoot?.querySelectorAll<HTMLInputElement>('[type=radio]') ?? [];
  first?.focus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(business).toBeChecked();
  await expect.element(goToBusiness).toBeVisible();
  expect(element.shadowRoot?.activeElement).toBe(second);
});

it('a row that is chosen while the acceptance is on its way changes nothing', async () => {
  const element = await offered({ optionNotes: NOTES });
  await page.getByRole('button', { name: 'Go to Team' }).click();
  // The mock takes its time, as a proxy does.
  element.shadowRoot?.querySelectorAll<HTMLInputElement>('[type=radio]')[1]?.click();
  await expect
    .poll(() => element.shadowRoot?.querySelectorAll<HTMLInputElement>('[type=radio]')[1]?.checked)
    .not.toBe(true);
});

it.each(['banner', 'corner'] as const)('the %s keeps its buttons', async (layout) => {
  await offered({ layout, optionNotes: NOTES });
  await expect.element(goToBusiness).toBeVisible();
  expect(page.getByRole('radio').query()).toBeNull();
});

it('notes that the page sets later turn the buttons into rows', async () => {
  const element = await offered({});
  await expect.element(goToBusiness).toBeVisible();
  element.optionNotes = NOTES;
  await expect.element(team).toBeChecked();
  element.optionNotes = undefined;
  await expect.element(goToBusiness).toBeVisible();
});

describe('the meter', () => {
  it('says how much is used up, under the name of the offer', async () => {
    await offered({ meter: '100 GB', used: 40 });
    const meter = page.getByRole('meter', { name: 'Your team has outgrown Starter' });
    await expect.element(meter).toHaveAttribute('aria-valuetext', '40 / 100 GB');
    await expect.element(meter).toHaveAttribute('aria-valuenow', '40');
    await expect.element(page.getByText('40 / 100 GB')).toBeVisible();
  });

  it('has the colour of problems from nine tenths on', async () => {
    const element = await offered({ meter: '100', used: 89 });
    const fill = () => getComputedStyle(element.shadowRoot?.querySelector('[part=meter-fill]') ?? element).fill;
    const before = fill();
    element.used = 90;
    await expect.poll(fill).not.toBe(before);
  });

  it('knows the limit from the entitlement where the page writes none', async () => {
    await offered({
      mock: { ...mockScenarios['one-option'], level: '10' },
      feature: 'seats',
      used: 11,
      meter: 'seats',
    });
    await expect.element(page.getByRole('meter')).toHaveAttribute('aria-valuetext', '11 / 10 seats');
  });

  it('is left out, and the console says why, where nobody knows a limit', async () => {
    const warning = vi.spyOn(console, 'warn').mockImplementation(() => {});
    await offered({ meter: 'GB', used: 92 });
    expect(page.getByRole('meter').query()).toBeNull();
    expect(warning).toHaveBeenCalledWith(expect.stringContaining('draws no meter'));
  });

  it('gives way to the meter of the page', async () => {
    await offered({ meter: '100 GB', used: 40 }, html`<p slot="meter">Our own meter</p>`);
    await expect.element(page.getByText('Our own meter')).toBeVisible();
    await expect.element(page.getByText('40 / 100 GB')).not.toBeVisible();
  });
});

describe('the media', () => {
  const picture = html`<svg slot="media" role="img" aria-label="A chart" viewBox="0 0 4 3"></svg>`;
  const chart = page.getByRole('img', { name: 'A chart' });
  const box = (element: Element) => element.getBoundingClientRect();

  it('goes to the edges of a dialog and takes at most two fifths of the height', async () => {
    await page.viewport(390, 500);
    await offered({ layout: 'modal', mediaLayout: 'bleed' }, picture);
    // Without the bar that scrolls it.
    const room = page.getByRole('dialog').element().clientWidth;
    await expect.poll(() => room - box(chart.element()).width).toBeLessThanOrEqual(2);
    expect(box(chart.element()).height).toBeLessThanOrEqual(200);
  });

  it('stands beside the words where there is room, and above them on a phone', async () => {
    await page.viewport(1280, 700);
    await offered({ mediaLayout: 'side' }, picture);
    const title = page.getByRole('heading').element();
    expect(box(chart.element()).right).toBeLessThan(box(title).left);
    await page.viewport(390, 700);
    expect(box(chart.element()).bottom).toBeLessThanOrEqual(box(title).top);
  });

  it('has the proportions that the page wants', async () => {
    const element = await offered({ mediaLayout: 'top' }, picture);
    await page.viewport(390, 700);
    element.style.setProperty('--upgrade-offer-media-aspect-ratio', '3 / 1');
    expect(box(chart.element()).width / box(chart.element()).height).toBeCloseTo(3, 1);
  });

  it('is not laid out silently by a word that makes no sense: the console lists the words, once', async () => {
    const warning = vi.spyOn(console, 'warn').mockImplementation(() => {});
    for (const element of [await offered({}, picture), await offered({}, picture)]) {
      element.setAttribute('media-layout', 'sid');
      await expect.poll(() => warning.mock.calls).toEqual([[expect.stringContaining('top, side, bleed')]]);
    }
    await offered({ mediaLayout: 'top' }, picture);
    expect(warning).toHaveBeenCalledTimes(1);
  });
});

describe('the icon', () => {
  const path = ({ shadowRoot }: Element) => shadowRoot?.querySelector('[part=icon] path')?.getAttribute('d');

  it('is the one that the page names', async () => {
    const [arrow, lock] = [await offered({}), await offered({ icon: 'lock' })];
    expect(path(lock)).not.toBe(path(arrow));
  });

  it('stays an arrow for a name that makes no sense, and the console lists the names', async () => {
    const warning = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const [arrow, unknown] = [await offered({}), await offered({})];
    unknown.setAttribute('icon', 'rocket');
    await expect.poll(() => warning.mock.calls.flat().join()).toContain('arrow-up, lock, gauge, users, sparkle, gift');
    expect(path(unknown)).toBe(path(arrow));
  });
});
