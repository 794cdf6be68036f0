/**
 * Says what the widget's sanitizer changes in a text. Each tag goes through the real sanitizer again, alone and in its
 * place, and the result is compared with the input. This file repeats none of the sanitizer's rules.
 */
import type { RichText } from '../../widget/view/rich-text/rich-text.js';

export interface Remark {
  /** A tag, an attribute or a URL, as written in HTML. */
  readonly subject: string;
  readonly says: string;
  readonly fate: 'dropped' | 'changed';
  readonly times: number;
}

type Fate =
  | { readonly is: 'dropped' | 'unwrapped' | 'line break' }
  /** Possibly as another element, or with fewer attributes. */
  | { readonly is: 'kept'; readonly as: Element };

/** The text inside a probe, which the result is searched for. */
const MARK = 'x';

export function remarksOn(html: string, richText: RichText): readonly Remark[] {
  // Nothing loads or runs in a document without a browsing context.
  const inert = document.implementation.createHTMLDocument();
  inert.body.innerHTML = html;
  const remarks = new Map<string, Remark>();
  look(inert.body, []);
  return [...remarks.values()];

  function look(parent: Element, path: readonly Element[]): void {
    for (const node of parent.childNodes) {
      if (node instanceof Comment) add('<!-- … -->', 'Comments are never shown.', 'dropped');
      if (!(node instanceof Element)) continue;
      const fate = fateOf(node, path, richText);
      describe(node, fate);
      // Whatever is inside a dropped element is dropped with it: one remark is enough.
      if (fate.is !== 'dropped') look(node, [...path, node]);
    }
  }

  function describe(element: Element, fate: Fate): void {
    const tag = `<${element.localName}>`;
    const href = element.localName === 'a' ? element.getAttribute('href') : null;
    if (fate.is === 'dropped') {
      add(tag, isVoid(element) ? 'It is not shown.' : 'Removed with everything in it.', 'dropped');
    }
    if (fate.is === 'line break') add(tag, 'It is empty, so it becomes a line break.', 'changed');
    if (fate.is === 'unwrapped' && href !== null) {
      add(href, 'Only https, http and mailto links are allowed. The text stays.', 'dropped');
    } else if (fate.is === 'unwrapped') add(tag, 'The text in it stays.', 'dropped');
    if (fate.is !== 'kept') return;

    if (fate.as.localName !== element.localName) add(tag, 'It becomes a plain block.', 'changed');
    for (const { name, value } of element.attributes) {
      const kept = fate.as.getAttribute(name);
      if (kept === null) add(`${name} on ${tag}`, whyWithout(name), 'dropped');
      else if (name === 'href' && !isSameAddress(kept, value)) {
        add(value, `Relative to the app that shows the offer; here it leads to ${kept}`, 'changed');
      }
    }
  }

  function add(subject: string, says: string, fate: Remark['fate']): void {
    const key = `${subject} ${says}`;
    remarks.set(key, { subject, says, fate, times: (remarks.get(key)?.times ?? 0) + 1 });
  }
}

function whyWithout(attribute: string): string {
  if (attribute === 'class') return 'Classes are removed; use tokens.';
  if (attribute === 'style') return 'Styles are removed; use tokens.';
  return attribute.startsWith('on') ? 'An offer cannot run code.' : 'The widget does not need it.';
}

function fateOf(element: Element, path: readonly Element[], richText: RichText): Fate {
  const alone = richText(element.outerHTML);
  if (element.localName !== 'br' && alone.childNodes.length === 1 && alone.firstElementChild?.localName === 'br') {
    return { is: 'line break' };
  }
  const around = richText(probe(path));
  const inside = richText(probe([...path, element]));
  if (isVoid(element)) {
    const found = inside.querySelector(element.localName);
    return found ? { is: 'kept', as: found } : { is: 'dropped' };
  }
  const [before, after] = [wrappersIn(around), wrappersIn(inside)];
  if (!after) return { is: 'dropped' };
  const [innermost] = after;
  return innermost && after.length > (before?.length ?? 0) ? { is: 'kept', as: innermost } : { is: 'unwrapped' };
}

/** HTML of the nested elements around the mark. Only the innermost keeps its attributes. */
function probe(path: readonly Element[]): string {
  return path.reduceRight((html, element, index) => {
    const isLast = index === path.length - 1;
    const copy = isLast ? inertCopy(element) : document.createElement(element.localName);
    if (isVoid(element)) return copy.outerHTML + html;
    copy.innerHTML = html;
    return copy.outerHTML;
  }, MARK);
}

/** The element without its content, in a document where nothing loads or runs. */
function inertCopy(element: Element): Element {
  return document.implementation.createHTMLDocument().importNode(element, false);
}

/** The elements around the mark, the innermost first; undefined when the mark is gone. */
function wrappersIn(fragment: DocumentFragment): Element[] | undefined {
  const texts = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const text = texts.nextNode();
  if (!text) return undefined;
  const wrappers: Element[] = [];
  for (let at = text.parentElement; at; at = at.parentElement) wrappers.push(at);
  return wrappers;
}

/** Whether the element cannot have content. */
function isVoid({ localName }: Element): boolean {
  return !document.createElement(localName).outerHTML.includes('</');
}

function isSameAddress(kept: string, written: string): boolean {
  return URL.parse(written)?.href === kept;
}
