/**
 * A query that is built once and then only asked: to build one with Kysely takes longer than to have it answered. For where
 * a page waits; everything else says its query where it needs it.
 */
import type { Compilable } from 'kysely';
import type { Store } from './store.js';

/** Stands in the built query for a value that each asking brings. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * @param build is called once, with stand-ins that may only be passed on to Kysely as values: nothing can be read from them.
 * @returns the rows.
 */
export function prepare<Values extends object, Row>(store: Store, build: (values: Values) => Compilable<Row>) {
  // Whatever is read from it is a stand-in under that name: Kysely takes any object for a value.
  const placeholders = new Proxy({} as Values, { get: (_, name) => new Placeholder(String(name)) });
  const query = build(placeholders).compile();

  return async function ask(values: Values): Promise<Row[]> {
    const given = new Map<string, unknown>(Object.entries(values));
    const parameters = query.parameters.map((value) => (value instanceof Placeholder ? given.get(value.name) : value));
    return (await store.executeQuery<Row>({ ...query, parameters })).rows;
  };
}
