/** The safe nodes of an offer's HTML, for the element that gets this `ref`. */
import { useCallback, type RefCallback } from 'react';
import { richText } from '../../../widget/headless/headless.js';

export function useRichText(html: string): RefCallback<Element> {
  return useCallback((place: Element | null) => place?.replaceChildren(richText(html)), [html]);
}
