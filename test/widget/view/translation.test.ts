/** A page that a browser or an extension has translated: each text is another one, in an element of the translator's. */
import { oneEvent } from '@open-wc/testing/pure';
import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { newCustomer } from '../../support/customer.js';
import { placeUntil } from '../../support/place.js';
import { addStorage, STORAGE } from '../../support/widget-words.js';

it.each<[name: string, translate: (text: Text) => void]>([
  [
    'puts its own element in place of each text',
    (text) => {
      const font = document.createElement('font');
      font.textContent = `[${text.data.trim()}]`;
      text.replaceWith(font);
    },
  ],
  [
    'wraps each text',
    (text) => {
      const font = document.createElement('font');
      text.replaceWith(font);
      font.append(text);
    },
  ],
  ['takes each text away', (text) => text.remove()],
])('keeps its meaning where a translator %s', async (_, translate) => {
  const { element } = await placeUntil('offer-ready', { customer: await newCustomer(), ...STORAGE });
  const accept = addStorage.element();
  translateAll(element.shadowRoot, translate);
  const accepted = oneEvent(element, 'offer-accepted');
  if (accept instanceof HTMLElement) accept.click();
  await accepted;
  translateAll(element.shadowRoot, translate);
  await expect.element(page.getByText('Your upgrade is ready to use.')).toBeVisible();
  const buttons = [...(element.shadowRoot?.querySelectorAll('button') ?? [])].map(({ textContent }) =>
    textContent.trim(),
  );
  expect(buttons).toEqual(['Done']);
});

function translateAll(root: Node | null | undefined, translate: (text: Text) => void): void {
  if (!root) throw new Error('Failed to translate the offer: it is not drawn.');
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) {
    const { currentNode } = walker;
    if (currentNode instanceof Text && currentNode.data.trim()) texts.push(currentNode);
  }
  texts.forEach(translate);
}
