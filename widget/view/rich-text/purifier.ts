/** DOMPurify with the widget's allow-list: loaded only where the browser has no sanitizer of its own. */
import purifier from 'dompurify';
import type { TrustedTypePolicy } from 'trusted-types/lib/index.js';

/**
 * @param allowed the names of the elements that stay; all others go, with all they contain.
 * @param policy the widget's, where the browser has Trusted Types.
 */
export function purify(html: string, allowed: readonly string[], policy?: TrustedTypePolicy): Node {
  // Behind a line break the parser is in the body, as the browser's sanitizer always is.
  const fragment = purifier.sanitize(`<br>${html}`, {
    ALLOWED_TAGS: ['#text', ...allowed],
    // Without `is`, an element that has one would go altogether; the browser's sanitizer keeps it.
    ALLOWED_ATTR: ['href', 'is'],
    ALLOW_ARIA_ATTR: false,
    ALLOW_DATA_ATTR: false,
    KEEP_CONTENT: false,
    RETURN_DOM_FRAGMENT: true,
    // Without it, DOMPurify makes one under a name that the page's own copy may have taken.
    TRUSTED_TYPES_POLICY: policy ?? null,
  });
  fragment.firstChild?.remove();
  return fragment;
}
