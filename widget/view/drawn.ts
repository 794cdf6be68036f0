/**
 * Whether what the element draws can be seen and used where it stands. A modal dialog in a place that is not drawn shows
 * nothing, and still makes the page inert: https://github.com/whatwg/html/issues/12287
 */
export function isDrawn(host: Element): boolean {
  // The element itself has no box, and so cannot be asked. Its parent would not know that it is a closed <details>.
  const probe = document.createElement('i');
  host.shadowRoot?.append(probe);
  const isVisible = probe.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  probe.remove();
  return isVisible && !isInert(host);
}

/** In a slot, an element is also within what is around the slot. */
function isInert(node: Node | null): boolean {
  if (!node) return false;
  if (node instanceof ShadowRoot) return isInert(node.host);
  if (node instanceof HTMLElement && node.inert) return true;
  return isInert((node instanceof Element && node.assignedSlot) || node.parentNode);
}
