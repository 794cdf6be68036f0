/**
 * An element that the page's markup must contain.
 *
 * @throws when it is missing.
 */
export function requiredElement<T extends Element>(element: T | null): T {
  if (!element) throw new Error('Failed to start the page: an element that its script needs is missing.');
  return element;
}
