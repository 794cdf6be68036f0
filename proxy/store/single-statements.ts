/** The part that Kysely's drivers for SQLite and D1 share: one connection, whole answers, and no transaction. */
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';

interface Database {
  /** `R` is what the query asked for, as Kysely's types have it. */
  execute<R>(query: CompiledQuery): Promise<QueryResult<R>>;
  close(): Promise<void>;
}

export function singleStatements({ execute, close }: Database): Driver {
  const connection: DatabaseConnection = {
    executeQuery: execute,
    streamQuery() {
      throw new Error('Failed to stream a query: the store reads whole answers only.');
    },
  };
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
    destroy: close,
  };
}

async function refuse(): Promise<never> {
  throw new Error('Failed to begin a transaction: the store needs none, and D1 has none.');
}
