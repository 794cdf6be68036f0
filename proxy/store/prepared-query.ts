/**
 * A query that is built once and then executed with different values, because Kysely takes longer to build a query than
 * SQLite takes to answer it. Used where a page waits for the answer; other queries are built where they are needed.
 */
import { sql, type Compilable, type RawBuilder } from 'kysely';
import type { Store } from './store.js';

/** Marks in the built query where a value goes. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Stands for one of the values while the query is built. */
export interface Placeholders<Values extends object> {
  <Name extends keyof Values & string>(name: Name): RawBuilder<Values[Name]>;
}

/** @returns `execute(values)`, which resolves to the rows. */
export function preparedQuery<Values extends object, Row>(
  store: Store,
  build: (value: Placeholders<Values>) => Compilable<Row>,
) {
  const query = build((name) => sql`${new Placeholder(name)}`).compile();

  return async function execute(values: Values): Promise<Row[]> {
    const given = new Map<string, unknown>(Object.entries(values));
    const parameters = query.parameters.map((value) => (value instanceof Placeholder ? given.get(value.name) : value));
    return (await store.executeQuery<Row>({ ...query, parameters })).rows;
  };
}
