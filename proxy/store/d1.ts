/** Cloudflare's D1 for Kysely. D1 has no transactions across statements, and the store needs none. */
import {
  sql,
  SqliteAdapter,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseIntrospector,
  type Dialect,
  type Kysely,
  type QueryResult,
} from 'kysely';
import { singleStatements } from './single-statements.js';
import { storable } from './storable.js';
import { storeFailure } from './unavailable.js';

/** The part of Cloudflare's `D1Database` that the store uses. */
export interface D1Database {
  prepare(sql: string): { bind(...values: unknown[]): { all(): Promise<D1Answer> } };
}

interface D1Answer {
  readonly results: unknown[];
  readonly meta: { readonly changes: number };
}

export function d1(database: D1Database): Dialect {
  async function execute<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { results, meta } = await database
      .prepare(sql)
      .bind(...parameters.map(storable))
      .all()
      .catch((error: unknown) => {
        throw storeFailure(error, isFaultOfQuery);
      });
    // `R` is the type that Kysely derived from the query; D1 cannot know it.
    return { rows: results as R[], numAffectedRows: BigInt(meta.changes) };
  }

  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => singleStatements({ execute, close: async () => {} }),
    createIntrospector: introspector,
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** D1 has no codes; its message ends with SQLite's. */
function isFaultOfQuery(error: unknown): boolean {
  return error instanceof Error && /SQLITE_(ERROR|CONSTRAINT|MISMATCH|RANGE|TOOBIG|MISUSE)|D1_TYPE/.test(error.message);
}

/** Lists the tables, which is all that migrations need. Kysely's own reads internal tables that D1 does not give access to. */
function introspector(db: Kysely<unknown>): DatabaseIntrospector {
  const getTables = async () => {
    const names = sql<{ name: string }>`select name from sqlite_master where type = 'table'`;
    const { rows } = await names.execute(db);
    return rows.map(({ name }) => ({ name, isView: false, columns: [] }));
  };
  return { getSchemas: async () => [], getTables, getMetadata: async () => ({ tables: await getTables() }) };
}
