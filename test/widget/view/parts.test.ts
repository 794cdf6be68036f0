/** The parts that the element's comment promises to designers, from which the package's manifest has them. */
import { oneEvent } from '@open-wc/testing/pure';
import { afterEach, expect, it } from 'vitest';
import '../../../widget/define.js';
import { receiptOf } from '../../../widget/view/outcome/unlocking.js';
import { loadRichText } from '../../../widget/view/rich-text/rich-text.js';
import { en } from '../../../widget/view/words/en.js';
import { drawNotice, LAYOUTS, shownStates } from './notices.js';

afterEach(() => document.body.replaceChildren());

it('draws every part that is described, and no other', async () => {
  const richText = await loadRichText();
  document.body.append(richText('<a href="https://app.example/">A link</a>'), receiptOf({ ...en }, null));
  for (const layout of LAYOUTS) {
    for (const state of Object.values(shownStates())) await drawNotice(layout, state);
  }
  const element = document.createElement('upgrade-offer');
  const note = { note: 'A note', price: '$12', badge: 'New' };
  Object.assign(element, { mock: 'two-options', optionNotes: { option_1: note }, meter: '100 GB', used: 92 });
  document.body.append(element);
  await oneEvent(element, 'offer-ready');
  const bar = document.createElement('upgrade-offer');
  Object.assign(bar, { mock: 'lists-and-links', layout: 'banner' });
  document.body.append(bar);
  await expect.poll(() => bar.shadowRoot?.querySelector('[part~="details"]')).toBeInstanceOf(HTMLElement);

  const roots = [document.body, ...[...document.body.children].flatMap(({ shadowRoot }) => shadowRoot ?? [])];
  const drawn = roots.flatMap((root) => [...root.querySelectorAll('[part]')].flatMap(({ part }) => [...part]));
  const source = await fetch(new URL('../../../widget/upgrade-offer.ts?raw', import.meta.url));
  const described = [...(await source.text()).matchAll(/@csspart (\S+)/g)].map(([, name = '']) => name);
  expect([...new Set(drawn)].toSorted()).toEqual(described.toSorted());
});
