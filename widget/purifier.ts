/** DOMPurify with the widget's allow-list: loaded only where the browser has no sanitizer of its own. */
import purifier from 'dompurify';

/** @param allowed the names of the elements that stay; all others go, with all they contain. */
export function purify(html: string, allowed: readonly string[]): Node {
  // Behind a line break the parser is in the body, as the browser's sanitizer always is.
  const fragment = purifier.sanitize(`<br>${html}`, {
    ALLOWED_TAGS: ['#text', ...allowed],
    ALLOWED_ATTR: ['href'],
    ALLOW_ARIA_ATTR: false,
    ALLOW_DATA_ATTR: false,
    KEEP_CONTENT: false,
    RETURN_DOM_FRAGMENT: true,
  });
  fragment.firstChild?.remove();
  return fragment;
}
