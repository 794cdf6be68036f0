import { fixtureCleanup } from '@open-wc/testing/pure';
import { afterEach, describe, expect, it } from 'vitest';
import { dictionaries } from '../../widget/dictionaries.js';
import { drawFace, FACE_LAYOUTS, faces } from './faces.js';

afterEach(() => {
  fixtureCleanup();
  document.body.replaceChildren();
  document.body.removeAttribute('style');
  document.documentElement.removeAttribute('lang');
  document.documentElement.removeAttribute('dir');
});

const { offered, accepting } = faces();

describe.each(FACE_LAYOUTS)('as %s', (layout) => {
  it.each(['en', ...Object.keys(dictionaries)])('a pressed button stays as wide as it was, in %s', async (language) => {
    document.documentElement.lang = language;
    document.body.style.fontFamily = 'sans-serif';
    if (!offered || !accepting) throw new Error('Failed to find the faces: mend their names.');
    const before = primaryIn(await drawFace(layout, offered)).width;
    document.body.replaceChildren();
    expect(primaryIn(await drawFace(layout, accepting)).width).toBeCloseTo(before, 0);
  });
});

it('stands words that run from left to right beside the sign, also on a page that runs the other way', async () => {
  document.documentElement.dir = 'rtl';
  if (!offered) throw new Error('Failed to find the face: mend its name.');
  const { shadowRoot } = await drawFace('inline', offered);
  const [title, sign] = ['title', 'icon'].map((part) => shadowRoot?.querySelector(`[part="${part}"]`));
  if (!title || !sign) throw new Error('Failed to find the title and the sign.');
  const words = document.createRange();
  words.selectNodeContents(title);
  const gap = sign.getBoundingClientRect().left - words.getBoundingClientRect().right;
  expect(gap).toBeGreaterThan(0);
  expect(gap).toBeLessThan(32);
});

function primaryIn({ shadowRoot }: Element): DOMRect {
  const primary = shadowRoot?.querySelector('[part~="option-primary"]');
  if (!primary) throw new Error('Failed to find the first button.');
  return primary.getBoundingClientRect();
}
