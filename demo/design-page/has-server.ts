/** The demo's server marks the pages that it serves; the same pages also work as static files. */
export function hasServer(): boolean {
  return document.documentElement.hasAttribute('data-served');
}
