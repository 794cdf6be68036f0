/**
 * What it takes to draw a gated feature that was unlocked a moment ago. Fetched with the acceptance of its offer. The line
 * that says so lies over the feature and takes no room: the feature stands where it will stay. The card fades meanwhile.
 */
import { html, render } from 'lit/html.js';
import { sign } from '../content.js';
import { lazySheet } from '../style-sheets.js';
import { en } from '../words/en.js';
import type { SpokenStrings } from '../words/words.js';
import { outcome } from './outcome.js';
import { CHECK } from './outcomes.js';
import sheet from './unlocking.css?inline';

/** The last one stands in for the layout of a card. */
export const styles = [...outcome.styles, lazySheet(sheet)];

/** @param root the card, if there was one, is still in it. */
export function receiptOf(spoken: SpokenStrings, root: ParentNode | null): HTMLElement {
  const receipt = document.createElement('div');
  const card = root?.querySelector<HTMLElement>('[part~="inline"]');
  if (card) receipt.append(leaving(card));
  const line = document.createElement('div');
  line.part.add('receipt');
  line.role = 'status';
  line.dir = 'auto';
  receipt.append(line);
  // Only what comes into an element that is there already is read out.
  const words = spoken.unlocked ?? en.unlocked;
  requestAnimationFrame(() => render(html`${sign(CHECK)}<span>${words}</span>`, line));
  return receipt;
}

/** A picture of the card, as large as it was. */
function leaving(card: HTMLElement): HTMLElement {
  const picture = document.createElement('div');
  picture.className = 'leaving';
  picture.inert = true;
  picture.ariaHidden = 'true';
  picture.style.inlineSize = `${card.offsetWidth}px`;
  picture.append(card.cloneNode(true));
  return picture;
}
