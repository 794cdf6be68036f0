/** How the words and the buttons of a card stand to each other. */
import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { drawNotice, ENGLISH_OFFER, shownStates } from './notices.js';

afterEach(() => document.body.replaceChildren());

async function partsOf(description: string, lang = 'en') {
  const { offered } = shownStates({ ...ENGLISH_OFFER, description });
  if (!offered) throw new Error('Failed to find the state: check its name.');
  const place = document.createElement('div');
  place.lang = lang;
  document.body.append(place);
  const { shadowRoot } = await drawNotice('inline', offered, place);
  return (part: string) => {
    const found = shadowRoot?.querySelector(`[part~="${part}"]`);
    if (!found) throw new Error(`Failed to find the part "${part}".`);
    return found;
  };
}

it('the buttons of a wide card stand beside a few words, and below a list', async () => {
  await page.viewport(1280, 700);
  const [brief, listed] = [await partsOf('A few words.'), await partsOf('<ul><li>One</li><li>Two</li></ul>')];
  const box = (element: Element) => element.getBoundingClientRect();
  expect(box(brief('actions')).left).toBeGreaterThan(box(brief('words')).left);
  expect(box(listed('actions')).top).toBeGreaterThanOrEqual(box(listed('words')).bottom);
});

it.each(['ja', 'ar'])('the letters of a title are not moved together in %s', async (lang) => {
  expect(getComputedStyle((await partsOf('', lang))('title')).letterSpacing).toBe('normal');
});
