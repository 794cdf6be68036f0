/** A script may rely on the markup of its own page, and should say so at once where it cannot. */
export function requiredElement<T extends Element>(element: T | null): T {
  if (!element) throw new Error('Failed to start the page: its script and its markup do not belong together.');
  return element;
}
