import { fixture, html } from '@open-wc/testing/pure';
import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { UpgradeOffer } from '../../../widget/index.js';
import '../../../widget/define.js';
import { dictionaries } from '../../../widget/view/words/dictionaries.js';
import { en } from '../../../widget/view/words/en.js';
import { languageOf, loadStrings } from '../../../widget/view/words/language.js';
import type { Strings } from '../../../widget/view/words/words.js';
import { newCustomer } from '../../support/customer.js';
import { ANALYTICS, analyticsTitle, maybeLater, stack } from '../../support/widget-words.js';

const LATER: [language: string, words: string][] = [
  ['en', 'Not now'],
  ['de', 'Nicht jetzt'],
  ['fr', 'Pas maintenant'],
  ['es', 'Ahora no'],
  ['pt', 'Agora não'],
  ['nl', 'Niet nu'],
  ['ja', '今はしない'],
  ['ar', 'ليس الآن'],
];

describe('the widget speaks', () => {
  it.each(LATER)('%s where an ancestor does', async (language, words) => {
    await placeIn({ ancestor: language });
    await expect.element(page.getByRole('button', { name: words })).toBeVisible();
  });

  it('the language of its own `lang` before that of the page', async () => {
    await placeIn({ ancestor: 'fr', own: 'nl' });
    await expect.element(page.getByRole('button', { name: 'Niet nu' })).toBeVisible();
  });

  it('German to Austria, and its own Portuguese to Brazil', async () => {
    const told = (language: string) => {
      const element = Object.assign(document.createElement('div'), { lang: language });
      return loadStrings(languageOf(element)).then(({ completed }) => completed);
    };
    expect(await told('pt-BR')).toBe('Seu upgrade está pronto para usar.');
    expect(await told('pt-PT')).toBe('O seu upgrade está pronto a usar.');
    await placeIn({ ancestor: 'de-AT' });
    await expect.element(page.getByRole('button', { name: 'Nicht jetzt' })).toBeVisible();
  });

  it.each([
    ['de', 'Ihr Upgrade steht bereit.'],
    ['de-x-du', 'Dein Upgrade steht bereit.'],
    ['es', 'Puede seguir trabajando.'],
    ['es-x-tu', 'Puedes seguir trabajando.'],
  ])('as formally as the page asks: %s', async (language, words) => {
    const element = Object.assign(document.createElement('div'), { lang: language });
    expect(Object.values(await loadStrings(languageOf(element)))).toContain(words);
  });

  it.each(['zh', '', 'tlh-Latn', 'x'])('English where the page speaks "%s"', async (language) => {
    await placeIn({ ancestor: language });
    await expect.element(maybeLater).toBeVisible();
  });

  it('the language of the page through a shadow root', async () => {
    const wrapper = await fixture(html`<div lang="de"></div>`);
    const offer = await offerElement();
    wrapper.attachShadow({ mode: 'open' }).append(offer);
    await expect.element(page.getByRole('button', { name: 'Nicht jetzt' })).toBeVisible();
  });

  it('English where the element itself does, in a shadow root of a page that speaks German', async () => {
    const wrapper = await fixture(html`<div lang="de"></div>`);
    const offer = await offerElement();
    offer.lang = 'en';
    wrapper.attachShadow({ mode: 'open' }).append(offer);
    await expect.element(maybeLater).toBeVisible();
  });

  it('another language once the element does, or an ancestor: that once had to wait for the next change of the offer', async () => {
    const element = await placeIn({ ancestor: 'en' });
    await expect.element(maybeLater).toBeVisible();
    element.lang = 'es';
    await expect.element(page.getByRole('button', { name: 'Ahora no' })).toBeVisible();
    element.removeAttribute('lang');
    await expect.element(maybeLater).toBeVisible();
    element.parentElement?.setAttribute('lang', 'fr');
    await expect.element(page.getByRole('button', { name: 'Pas maintenant' })).toBeVisible();
  });

  it('another language once an ancestor in the same shadow root does', async () => {
    const wrapper = await fixture(html`<div></div>`);
    const inner = document.createElement('div');
    inner.append(await offerElement());
    wrapper.attachShadow({ mode: 'open' }).append(inner);
    await expect.element(maybeLater).toBeVisible();
    inner.lang = 'de';
    await expect.element(page.getByRole('button', { name: 'Nicht jetzt' })).toBeVisible();
  });

  it('another language in another place', async () => {
    const element = await placeIn({ ancestor: 'en' });
    const elsewhere = await fixture(html`<div lang="nl"></div>`);
    await expect.element(maybeLater).toBeVisible();
    elsewhere.append(element);
    await expect.element(page.getByRole('button', { name: 'Niet nu' })).toBeVisible();
  });

  it('another language once the page changes that of its document', async () => {
    const offer = await offerElement();
    document.body.append(offer);
    await expect.element(maybeLater).toBeVisible();
    const { lang } = document.documentElement;
    document.documentElement.lang = 'nl';
    await expect.element(page.getByRole('button', { name: 'Niet nu' })).toBeVisible();
    document.documentElement.lang = lang;
    offer.remove();
  });

  it("the page's own words before its own, in any language", async () => {
    const element = await placeIn({ ancestor: 'de' });
    element.strings = { dismiss: 'Nö' };
    await expect.element(page.getByRole('button', { name: 'Nö' })).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Nicht jetzt' })).not.toBeInTheDocument();
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

describe.each(['en', ...Object.keys(dictionaries)])('the words in %s', (language) => {
  it('are all there, and none is left in English', async () => {
    const strings = await wordsIn(language);
    expect(Object.keys(strings).toSorted()).toEqual(Object.keys(en).toSorted());
    if (language === 'en') return;
    for (const [key, words] of Object.entries(strings)) {
      // German and Dutch have the word, too.
      if (key !== 'details') expect(Object.values(en), key).not.toContain(words);
    }
  });

  it('are whole: each message is a sentence with its end, and none is made to be joined to another', async () => {
    for (const [key, words] of Object.entries(await wordsIn(language))) {
      expect(words, key).toMatch(/^\S(.*\S)?$/u);
      // The day is a word that every language puts where it belongs.
      expect(key === 'ends' ? words.replace('{day}', '') : words, key).not.toMatch(/[{}$+;؛；]|\s{2}/u);
      if (`${key}Title` in en || `${key.replace('Support', '')}Title` in en) expect(words, key).toMatch(/[.。…]$/u);
      if (key.endsWith('Title')) expect(words, key).not.toMatch(/[.。!]$/u);
    }
  });

  it('promise contact only where there is a link to it', async () => {
    const strings = await wordsIn(language);
    const contact = CONTACT[language.slice(0, 2)] ?? /./;
    expect(strings.support).toMatch(contact);
    for (const [key, words] of Object.entries(strings)) {
      const isBesideLink = key === 'support' || key.endsWith('Support');
      expect(contact.test(words), `${key}: ${words}`).toBe(isBesideLink);
    }
  });
});

/** How a language speaks of contact with support. */
const CONTACT: Readonly<Record<string, RegExp>> = {
  ar: /الدعم/,
  de: /support|kontakt/i,
  en: /support|contact/i,
  es: /soporte|contact/i,
  fr: /assistance|contact/i,
  ja: /サポート|問い合わせ/,
  nl: /support|contact/i,
  pt: /suporte|contact/i,
};

async function wordsIn(language: string): Promise<Partial<Strings>> {
  return language === 'en' ? en : loadStrings(language);
}

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
