import { fixture, html } from '@open-wc/testing/pure';
import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { UpgradeOffer } from '../../../widget/index.js';
import '../../../widget/define.js';
import { dictionaries } from '../../../widget/view/words/dictionaries.js';
import { en } from '../../../widget/view/words/en.js';
import { loadStrings } from '../../../widget/view/words/language.js';
import { newCustomer } from '../../support/customer.js';
import { ANALYTICS, analyticsTitle, maybeLater, stack } from '../../support/widget-words.js';

const LATER: [language: string, words: string][] = [
  ['en', 'Maybe later'],
  ['de', 'Vielleicht später'],
  ['fr', 'Peut-être plus tard'],
  ['es', 'Quizá más tarde'],
  ['pt', 'Talvez mais tarde'],
  ['nl', 'Misschien later'],
  ['ja', 'また後で'],
  ['ar', 'ربما لاحقًا'],
];

describe('the widget speaks', () => {
  it.each(LATER)('%s where an ancestor does', async (language, words) => {
    await placeIn({ ancestor: language });
    await expect.element(page.getByRole('button', { name: words })).toBeVisible();
  });

  it('the language of its own `lang` before that of the page', async () => {
    await placeIn({ ancestor: 'fr', own: 'nl' });
    await expect.element(page.getByRole('button', { name: 'Misschien later' })).toBeVisible();
  });

  it('Portuguese to Brazil, and German to Austria', async () => {
    await placeIn({ ancestor: 'pt-BR' });
    await expect.element(page.getByRole('button', { name: 'Talvez mais tarde' })).toBeVisible();
    await placeIn({ ancestor: 'de-AT' });
    await expect.element(page.getByRole('button', { name: 'Vielleicht später' })).toBeVisible();
  });

  it.each(['zh', '', 'tlh-Latn', 'x'])('English where the page speaks "%s"', async (language) => {
    await placeIn({ ancestor: language });
    await expect.element(maybeLater).toBeVisible();
  });

  it('the language of the page through a shadow root', async () => {
    const wrapper = await fixture(html`<div lang="de"></div>`);
    const offer = await offerElement();
    wrapper.attachShadow({ mode: 'open' }).append(offer);
    await expect.element(page.getByRole('button', { name: 'Vielleicht später' })).toBeVisible();
  });

  it('English where the element itself does, in a shadow root of a page that speaks German', async () => {
    const wrapper = await fixture(html`<div lang="de"></div>`);
    const offer = await offerElement();
    offer.lang = 'en';
    wrapper.attachShadow({ mode: 'open' }).append(offer);
    await expect.element(maybeLater).toBeVisible();
  });

  it('another language once the page does', async () => {
    const element = await placeIn({ ancestor: 'en' });
    await expect.element(maybeLater).toBeVisible();
    element.lang = 'es';
    element.requestUpdate();
    await expect.element(page.getByRole('button', { name: 'Quizá más tarde' })).toBeVisible();
  });

  it('another language once the page changes that of its document', async () => {
    const offer = await offerElement();
    document.body.append(offer);
    await expect.element(maybeLater).toBeVisible();
    const { lang } = document.documentElement;
    document.documentElement.lang = 'nl';
    await expect.element(page.getByRole('button', { name: 'Misschien later' })).toBeVisible();
    document.documentElement.lang = lang;
    offer.remove();
  });

  it("the page's own words before its own, in any language", async () => {
    const element = await placeIn({ ancestor: 'de' });
    element.strings = { dismiss: 'Nö' };
    await expect.element(page.getByRole('button', { name: 'Nö' })).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Vielleicht später' })).not.toBeInTheDocument();
  });
});

it('lets the words of the offer run in their own direction', async () => {
  const element = await placeIn({ ancestor: 'ar' });
  await expect.element(analyticsTitle).toHaveAttribute('dir', 'auto');
  for (const words of element.shadowRoot?.querySelectorAll('[part~="description"], [part~="option"]') ?? []) {
    expect(words.getAttribute('dir')).toBe('auto');
  }
});

it('is laid out from right to left where the page is read so', async () => {
  const element = await placeIn({ ancestor: 'ar' });
  const left = (part: string) =>
    element.shadowRoot?.querySelector(`[part~="${part}"]`)?.getBoundingClientRect().left ?? 0;
  expect(left('icon')).toBeLessThan(left('title'));
  element.dir = 'rtl';
  expect(left('icon')).toBeGreaterThan(left('title'));
  expect(left('option-primary')).toBeGreaterThan(left('dismiss'));
});

it.each(Object.keys(dictionaries))('has every text in %s, and none is left in English', async (language) => {
  const strings = await loadStrings(language);
  expect(Object.keys(strings).toSorted()).toEqual(Object.keys(en).toSorted());
  for (const [key, words] of Object.entries(strings)) {
    expect(words.trim(), key).not.toBe('');
    expect(Object.values(en), key).not.toContain(words);
  }
});

async function placeIn({ ancestor, own }: { ancestor: string; own?: string }): Promise<UpgradeOffer> {
  const wrapper = await fixture(html`<div lang=${ancestor}></div>`);
  const offer = await offerElement();
  if (own) offer.lang = own;
  wrapper.append(offer);
  await expect.poll(() => offer.shadowRoot?.querySelector('[part~="surface"]')).not.toBeNull();
  return offer;
}

async function offerElement(): Promise<UpgradeOffer> {
  const offer = document.createElement('upgrade-offer');
  const { token } = await newCustomer();
  return Object.assign(offer, { token, proxy: stack.proxyUrl, feature: ANALYTICS });
}
