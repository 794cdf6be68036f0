/** The HTML of a text as an author would write it: what the sanitizer leaves, without what the widget adds to links. */
import type { RichText } from '../../widget/view/rich-text/rich-text.js';

const ADDED_TO_LINKS = ['target', 'rel', 'part'];

/** Empty when there is nothing to read in it. */
export function cleanHtml(html: string, richText: RichText): string {
  const root = document.createElement('div');
  root.append(richText(html));
  for (const link of root.querySelectorAll('a')) ADDED_TO_LINKS.forEach((name) => link.removeAttribute(name));
  return root.textContent.trim() === '' ? '' : root.innerHTML;
}
