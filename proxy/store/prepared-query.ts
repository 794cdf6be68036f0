/**
 * A query that is built once and then executed with different values, because Kysely takes longer to build a query than
 * SQLite takes to answer it. Used where a page waits for the answer; other queries are built where they are needed.
 */
import { sql, type Compilable, type RawBuilder } from 'kysely';
import type { Store } from './store.js';

/** Stands for one of the values while the query is built. */
export interface Placeholders<Values extends object> {
  <Name extends keyof Values & string>(name: Name): RawBuilder<Values[Name]>;
}

/** @returns `execute(values)`, which resolves to the rows. */
export function preparedQuery<Values extends object, Row>(
  store: Store,
  build: (value: Placeholders<Values>) => Compilable<Row>,
) {
  /** By what marks in the built query where the value goes. */
  const names = new Map<unknown, keyof Values>();
  const query = build((name) => {
    const mark = Symbol(name);
    names.set(mark, name);
    return sql`${mark}`;
  }).compile();
  const readers = query.parameters.map((parameter) => {
    const name = names.get(parameter);
    return name === undefined ? () => parameter : (values: Values) => values[name];
  });

  return async function execute(values: Values): Promise<Row[]> {
    const parameters = readers.map((read) => read(values));
    return (await store.executeQuery<Row>({ ...query, parameters })).rows;
  };
}
