/**
 * What the widget's sanitiser does to a text, in words. Each tag of it is put through the real sanitiser once more, alone
 * in its place, and what comes out is compared with what went in: nothing of its rules is written down here.
 */
import type { RichText } from '../../widget/view/rich-text/rich-text.js';

export interface Remark {
  /** A tag, an attribute or an address, as one would write it. */
  readonly subject: string;
  readonly says: string;
  readonly fate: 'dropped' | 'changed';
  readonly times: number;
}

type Fate =
  | { readonly is: 'dropped' | 'unwrapped' | 'line break' }
  /** Possibly as another element, and with fewer attributes. */
  | { readonly is: 'kept'; readonly as: Element };

/** Stands inside a probe, to be found again. */
const MARK = 'x';

export function remarksOn(html: string, richText: RichText): readonly Remark[] {
  // Nothing loads or runs in such a document.
  const inert = document.implementation.createHTMLDocument();
  inert.body.innerHTML = html;
  const remarks = new Map<string, Remark>();
  look(inert.body, []);
  return [...remarks.values()];

  function look(parent: Element, path: readonly Element[]): void {
    for (const node of parent.childNodes) {
      if (node instanceof Comment) add('<!-- … -->', 'Nobody sees it.', 'dropped');
      if (!(node instanceof Element)) continue;
      const fate = fateOf(node, path, richText);
      describe(node, fate);
      // What goes with all it contains is said once.
      if (fate.is !== 'dropped') look(node, [...path, node]);
    }
  }

  function describe(element: Element, fate: Fate): void {
    const tag = `<${element.localName}>`;
    const href = element.localName === 'a' ? element.getAttribute('href') : null;
    if (fate.is === 'dropped') {
      add(tag, isVoid(element) ? 'It is not shown.' : 'Goes with all that is in it.', 'dropped');
    }
    if (fate.is === 'line break') add(tag, 'Is empty, and becomes a line break.', 'changed');
    if (fate.is === 'unwrapped' && href !== null) {
      add(href, 'Links lead to https, http and mailto. The words stay.', 'dropped');
    } else if (fate.is === 'unwrapped') add(tag, 'The words in it stay.', 'dropped');
    if (fate.is !== 'kept') return;

    if (fate.as.localName !== element.localName) add(tag, 'Becomes a plain block.', 'changed');
    for (const { name, value } of element.attributes) {
      const kept = fate.as.getAttribute(name);
      if (kept === null) add(`${name} on ${tag}`, whyWithout(name), 'dropped');
      else if (name === 'href' && !isSameAddress(kept, value)) {
        add(value, `Leads into the app that shows the offer; here that is ${kept}`, 'changed');
      }
    }
  }

  function add(subject: string, says: string, fate: Remark['fate']): void {
    const key = `${subject} ${says}`;
    remarks.set(key, { subject, says, fate, times: (remarks.get(key)?.times ?? 0) + 1 });
  }
}

function whyWithout(attribute: string): string {
  if (attribute === 'class' || attribute === 'style') return 'The widget has a look of its own.';
  return attribute.startsWith('on') ? 'No text runs code.' : 'Nothing of the widget needs it.';
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

/** The last of the elements with its attributes, those around it bare, and the mark in the middle. */
function probe(path: readonly Element[]): string {
  return path.reduceRight((html, element, index) => {
    const isLast = index === path.length - 1;
    const copy = isLast ? inertCopy(element) : document.createElement(element.localName);
    if (isVoid(element)) return copy.outerHTML + html;
    copy.innerHTML = html;
    return copy.outerHTML;
  }, MARK);
}

/** In a document where nothing loads or runs, without what is in it. */
function inertCopy(element: Element): Element {
  return document.implementation.createHTMLDocument().importNode(element, false);
}

/** What stands around the mark, the innermost first; nothing where there is no mark any more. */
function wrappersIn(fragment: DocumentFragment): Element[] | undefined {
  const texts = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const text = texts.nextNode();
  if (!text) return undefined;
  const wrappers: Element[] = [];
  for (let at = text.parentElement; at; at = at.parentElement) wrappers.push(at);
  return wrappers;
}

/** Nothing can stand in it. */
function isVoid({ localName }: Element): boolean {
  return !document.createElement(localName).outerHTML.includes('</');
}

function isSameAddress(kept: string, written: string): boolean {
  return URL.parse(written)?.href === kept;
}
