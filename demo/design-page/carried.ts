/**
 * The parameters that go with a visitor from page to page of the demo. Each page shows those that it knows, and keeps the
 * others in its URL for the next page.
 */
const CARRIED = ['theme', 'scheme', 'stage', 'language'];

/** The carried parameters of a query, without those that are named. */
export function carriedIn(search: string, without: Readonly<Record<string, unknown>> = {}): URLSearchParams {
  const query = new URLSearchParams(search);
  const carried = CARRIED.filter((name) => query.get(name) && !Object.hasOwn(without, name));
  return new URLSearchParams(carried.map((name) => [name, query.get(name) ?? '']));
}

/** A link to another page of the demo that takes along what this page's query carries. */
export function carry(href: string, search = location.search): string {
  const carried = carriedIn(search).toString();
  return carried === '' ? href : `${href}?${carried}`;
}
