/** An offer that ends within three days says on which day, and no clock ticks. */
import { afterEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import '../../../widget/define.js';
import type { UpgradeOffer } from '../../../widget/index.js';
import { ending } from '../../../widget/view/extras/deadline.js';
import { dictionaries } from '../../../widget/view/words/dictionaries.js';
import { loadStrings } from '../../../widget/view/words/language.js';

const DAY_MS = 24 * 60 * 60_000;

/** A Friday, at noon. */
const FRIDAY = new Date(2026, 10, 27, 12).getTime();

afterEach(() => document.body.replaceChildren());

describe('the line', () => {
  it.each([
    ['en', 'Ends Friday'],
    ['de', 'Endet am Freitag'],
    ['de-x-du', 'Endet am Freitag'],
    ['fr', 'Se termine vendredi'],
    ['ja', '金曜日に終了します'],
  ])('is a whole sentence in %s: %s', async (language, sentence) => {
    const { ends } = await loadStrings(language);
    expect(ending(FRIDAY, language, ends)).toBe(sentence);
  });

  it.each(Object.keys(dictionaries))('has a place for the day in %s', async (language) => {
    expect((await loadStrings(language)).ends).toContain('{day}');
  });

  it('names the last day on which the customer can accept', () => {
    expect(ending(new Date(2026, 10, 28).getTime(), 'en', 'Ends {day}')).toBe('Ends Friday');
  });
});

it('is there two days before the end by the proxy’s clock, whatever this one says, and in the page’s words', async () => {
  const element = offer(Date.now() + 12 * DAY_MS, Date.now() + 10 * DAY_MS);
  await expect.element(page.getByText(/^Ends \w+day$/)).toBeVisible();
  element.strings = { ends: 'Only until {day}' };
  await expect.element(page.getByText(/^Only until \w+day$/)).toBeVisible();
});

it('is not there while the end is further away', async () => {
  offer(Date.now() + 4 * DAY_MS, Date.now());
  await expect.element(page.getByRole('heading', { name: 'Add seats' })).toBeVisible();
  expect(page.getByText(/Ends/).query()).toBeNull();
});

it('is not there where the page does not say that the end is one: the same offer may come again', async () => {
  offer(Date.now() + DAY_MS, Date.now()).deadline = false;
  await expect.element(page.getByRole('heading', { name: 'Add seats' })).toBeVisible();
  expect(page.getByText(/Ends/).query()).toBeNull();
});

it('goes with the offer once it is accepted', async () => {
  const element = offer(Date.now() + DAY_MS, Date.now());
  await expect.element(page.getByText(/^Ends/)).toBeVisible();
  await element.accept();
  await expect.element(page.getByText(/^Ends/)).not.toBeInTheDocument();
});

function offer(expiresAt: number, now: number): UpgradeOffer {
  const element = document.createElement('upgrade-offer');
  const options = [{ id: 'opt_1', label: 'Add', action: 'billing' }];
  const shown = { id: `off_${expiresAt}`, campaignId: 'c', title: 'Add seats', description: '', options, expiresAt };
  const outcomes = [{ status: 'completed', fulfillmentId: 'ful_1' }];
  Object.assign(element, { deadline: true, mock: { offers: { offer: shown, now }, outcomes } });
  document.body.append(element);
  return element;
}
