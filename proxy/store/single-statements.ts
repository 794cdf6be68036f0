/** What the drivers for SQLite and D1 share: one connection, complete answers, no transactions. */
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';

interface Database {
  /** `R` is the row type that Kysely derived from the query. */
  execute<R>(query: CompiledQuery): Promise<QueryResult<R>>;
  close(): Promise<void>;
}

export function singleStatements({ execute, close }: Database): Driver {
  const connection: DatabaseConnection = {
    executeQuery: execute,
    streamQuery() {
      throw new Error('Failed to stream a query: the store reads complete answers only.');
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
