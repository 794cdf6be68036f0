/** The HTML of an offer for pages that draw it themselves. What reads it is fetched with the first offer. */
import type { RichText } from '../view/rich-text/rich-text.js';

let read: RichText | undefined;

/** Resolves once `richText` can be called. */
export async function prepareRichText(): Promise<void> {
  const { loadRichText } = await import('../view/rich-text/rich-text.js');
  read ??= await loadRichText();
}

/**
 * Safe nodes for the HTML of a title or a description: text, lists and links, without a class, style or id. The same as
 * the element shows.
 * @throws where no flow of this page has had an offer yet.
 */
export function richText(html: string): DocumentFragment {
  if (!read) {
    throw new Error('Failed to read HTML: no flow of this page has had an offer. Call richText with the words of one.');
  }
  return read(html);
}
