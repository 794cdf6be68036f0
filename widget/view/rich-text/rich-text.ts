/**
 * Turns the HTML of an offer into nodes that are safe to show. It was written by marketers and has passed through other
 * systems, so nothing in it is trusted. One allow-list, applied by the browser's own sanitizer or by DOMPurify, and one
 * walk after it, which makes the same nodes of both. No other file but `purifier.ts` hands HTML to the browser.
 */
import { htmlPolicy } from '../trusted-types.js';

/** Safe nodes for the HTML of a title or description: text, lists and links, without a class, style or id. */
export type RichText = (html: string) => DocumentFragment;

/** The Sanitizer API, which came after the oldest browsers that run the widget. */
interface SanitizingElement extends Element {
  setHTML(html: string, options: { sanitizer: Sanitizer }): void;
}

interface Sanitizer {
  readonly elements: readonly string[];
  readonly attributes: readonly string[];
  readonly comments: boolean;
  readonly dataAttributes: boolean;
}

/** Shown as they are, without their attributes. */
const KEPT = 'a b strong i em u s del ins small mark sub sup code br p div ul ol li'.split(' ');

/** Of the page's outline, which an offer must not disturb: shown as plain blocks. */
const BLOCKS = 'h1 h2 h3 h4 h5 h6 section article header footer main aside blockquote pre dt dd th td'.split(' ');

/** Without a meaning here: replaced by what they contain. */
const UNWRAPPED = 'span font abbr cite q time figure figcaption dl table thead tbody tfoot tr'.split(' ');

/** What is not named here is removed, with all it contains. */
const ALLOWED = [...KEPT, ...BLOCKS, ...UNWRAPPED];

const LINK_PROTOCOLS = ['https:', 'http:', 'mailto:'];

/** @param isNative whether the browser sanitizes by itself; where it cannot, DOMPurify (10 kB) is loaded. */
export async function loadRichText(isNative = canSanitize(document.body)): Promise<RichText> {
  if (isNative) return (html) => tidy(sanitize(unify(html)));
  const purifier = await import('./purifier.js');
  return (html) => tidy(purifier.purify(unify(html), ALLOWED, htmlPolicy));
}

/** Parsers read `noscript` in two ways, with and without scripting. Under another name it is removed like any unknown element. */
function unify(html: string): string {
  return html.replace(/<(\/?)noscript/gi, '<$1x');
}

function sanitize(html: string): Node {
  const root = document.createElement('div');
  if (!canSanitize(root)) return root;
  root.setHTML(html, {
    sanitizer: { elements: ALLOWED, attributes: ['href'], comments: false, dataAttributes: false },
  });
  return root;
}

function canSanitize(element: Element): element is SanitizingElement {
  return 'setHTML' in element;
}

function tidy(root: Node): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...root.childNodes);
  // From the last element to the first, so that each is judged after all it contains.
  for (const element of [...fragment.querySelectorAll('*')].toReversed()) tidyElement(element);
  fragment.normalize();
  return fragment;
}

function tidyElement(element: Element): void {
  const name = element.localName;
  if (UNWRAPPED.includes(name)) return element.replaceWith(...element.childNodes);
  if (!KEPT.includes(name) && !BLOCKS.includes(name)) return element.remove();
  const isBlock = ['p', 'div', ...BLOCKS].includes(name);
  // Chargebee's API reference warns of empty blocks and asks for line breaks in their place.
  if (isBlock && isEmpty(element)) return element.replaceWith(document.createElement('br'));
  // A new one has no attributes, and does not remember an `is` that would make it an element of the page.
  const fresh = document.createElement(BLOCKS.includes(name) ? 'div' : name);
  fresh.append(...element.childNodes);
  element.replaceWith(fresh);
  if (fresh instanceof HTMLAnchorElement) tidyLink(fresh, element.getAttribute('href'));
}

function tidyLink(link: HTMLAnchorElement, href: string | null): void {
  if (href !== null) link.href = href;
  // Of an address that cannot be read, or none, it is ":".
  if (!LINK_PROTOCOLS.includes(link.protocol)) return link.replaceWith(...link.childNodes);
  // Written out, so that what is shown is what was judged.
  link.setAttribute('href', link.href);
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer');
  link.setAttribute('part', 'link');
}

function isEmpty(block: Element): boolean {
  return block.textContent?.trim() === '' && !block.querySelector('br');
}
