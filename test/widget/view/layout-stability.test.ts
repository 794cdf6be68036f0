import { afterEach, describe, expect, it } from 'vitest';
import { dictionaries } from '../../../widget/view/words/dictionaries.js';
import { drawNotice, LAYOUTS, shownStates } from './notices.js';

afterEach(() => {
  document.body.replaceChildren();
  document.body.removeAttribute('style');
  document.documentElement.removeAttribute('lang');
  document.documentElement.removeAttribute('dir');
});

const { offered, accepting } = shownStates();

describe.each(LAYOUTS)('as %s', (layout) => {
  it.each(['en', ...Object.keys(dictionaries)])('a pressed button stays as wide as it was, in %s', async (language) => {
    document.documentElement.lang = language;
    document.body.style.fontFamily = 'sans-serif';
    if (!offered || !accepting) throw new Error('Failed to find the states: check their names.');
    const before = primaryIn(await drawNotice(layout, offered)).width;
    document.body.replaceChildren();
    expect(primaryIn(await drawNotice(layout, accepting)).width).toBeCloseTo(before, 0);
  });
});

it('puts words that run from left to right beside the icon, on a page that runs the other way, too', async () => {
  document.documentElement.dir = 'rtl';
  if (!offered) throw new Error('Failed to find the state: check its name.');
  const { shadowRoot } = await drawNotice('inline', offered);
  const [title, icon] = ['title', 'icon'].map((part) => shadowRoot?.querySelector(`[part="${part}"]`));
  if (!title || !icon) throw new Error('Failed to find the title and the icon.');
  const words = document.createRange();
  words.selectNodeContents(title);
  const gap = icon.getBoundingClientRect().left - words.getBoundingClientRect().right;
  expect(gap).toBeGreaterThan(0);
  expect(gap).toBeLessThan(32);
});

function primaryIn({ shadowRoot }: Element): DOMRect {
  const primary = shadowRoot?.querySelector('[part~="option-primary"]');
  if (!primary) throw new Error('Failed to find the first button.');
  return primary.getBoundingClientRect();
}
