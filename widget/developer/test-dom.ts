/**
 * What the element needs of a browser and jsdom 29 or happy-dom 21 does not have, for the unit tests of a host. Both lay
 * nothing out: all counts as drawn, and nothing as looked at, so that `offer-viewed` never comes. A line can go when both
 * have what it adds.
 */

/** Adds only what is missing. */
export function fillGaps(): void {
  const { Element, HTMLElement, HTMLDialogElement, ShadowRoot } = globalThis;
  add(Promise, { withResolvers });
  add(globalThis, { CSS: {}, IntersectionObserver: UnseeingObserver, ResizeObserver: UnseeingObserver });
  add(globalThis, { matchMedia: () => ({ matches: false }) });
  add(CSS, { supports: () => true });
  add(Element.prototype, { setHTML, checkVisibility: () => true, animate: () => ({}), scrollIntoView() {} });
  add(HTMLElement.prototype, { attachInternals: () => ({}) });
  add(HTMLDialogElement.prototype, { showModal, close });
  addGetter(Element.prototype, 'part', partOf);
  addGetter(ShadowRoot.prototype, 'adoptedStyleSheets', () => []);
}

/** Nothing ever comes into sight or changes its size. */
class UnseeingObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

/** In Node from version 22 on. */
function withResolvers() {
  let settle = {};
  const promise = new Promise((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle };
}

/** Only the element's own mocks come here. DOMPurify would drop a text at the start in happy-dom. */
function setHTML(this: Element, html: string, { sanitizer }: { sanitizer: { elements: readonly string[] } }): void {
  this.innerHTML = html;
  for (const element of this.querySelectorAll('*'))
    if (!sanitizer.elements.includes(element.localName)) element.remove();
}

function partOf(this: Element): { add(name: string): void } {
  return { add: (name) => this.setAttribute('part', `${this.getAttribute('part') ?? ''} ${name}`.trim()) };
}

function showModal(this: HTMLDialogElement): void {
  this.open = true;
}

function close(this: HTMLDialogElement, returnValue = ''): void {
  this.open = false;
  this.returnValue = returnValue;
  this.dispatchEvent(new Event('close'));
}

function add(target: object, members: object): void {
  for (const [name, value] of Object.entries(members)) {
    // Vitest's jsdom has globals that are there and undefined.
    if (Reflect.get(target, name) === undefined)
      Object.defineProperty(target, name, { value, configurable: true, writable: true });
  }
}

function addGetter<T extends object>(target: T, name: string, get: (this: T) => unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { get, set() {}, configurable: true });
}
