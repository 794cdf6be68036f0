/**
 * SQLite for Kysely. Each statement is prepared once, and concurrent writes share one commit, because a commit waits for the
 * disk and blocks the whole process. PostgreSQL does both by itself. No caller gets its result before the commit is on disk.
 */
import type Database from 'libsql';
import {
  SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { STATEMENTS_KEPT } from '../constants.js';
import { singleStatements } from './single-statements.js';
import { loadDriver } from './driver-missing.js';

interface Prepared {
  readonly statement: Database.Statement<unknown[]>;
  readonly isReader: boolean;
}

interface Write {
  /** Executes it. @returns a function that settles the caller's promise; call it after the commit. */
  attempt(): () => void;
  reject(error: unknown): void;
}

/** @param path a missing folder is created. @throws if the file cannot be opened or written. */
export async function sqlite(path: string): Promise<Dialect> {
  const { default: Libsql } = await loadDriver('libsql', () => import('libsql'));
  mkdirSync(dirname(path), { recursive: true });
  const database = new Libsql(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('busy_timeout = 5000');
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => createDriver(database),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function createDriver(database: Database.Database): Driver {
  const execute = createExecute(database);
  let waiting: Write[] = [];

  /** A write that fails is undone alone. The others in the same commit are independent of it and stay. */
  function write<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return new Promise((resolve, reject) => {
      function attempt(): () => void {
        try {
          const result = execute<R>(query);
          return () => resolve(result);
        } catch (error) {
          return () => reject(error);
        }
      }
      if (waiting.push({ attempt, reject }) === 1) setImmediate(commitWaiting);
    });
  }

  function commitWaiting(): void {
    const writes = waiting;
    waiting = [];
    if (writes.length === 0) return;
    try {
      database.exec('begin immediate');
      const answers = writes.map((each) => each.attempt());
      database.exec('commit');
      for (const answer of answers) answer();
    } catch (error) {
      if (database.inTransaction) database.exec('rollback');
      for (const { reject } of writes) reject(error);
    }
  }

  return singleStatements({
    execute: async <R>(query: CompiledQuery) => (SelectQueryNode.is(query.query) ? execute<R>(query) : write<R>(query)),
    async close() {
      commitWaiting();
      database.close();
    },
  });
}

function createExecute(database: Database.Database) {
  const statements = new Map<string, Prepared>();

  function prepare(sql: string): Prepared {
    const kept = statements.get(sql);
    if (kept) return kept;
    const [oldest] = statements.keys();
    if (oldest !== undefined && statements.size >= STATEMENTS_KEPT) statements.delete(oldest);
    const statement = database.prepare<unknown[]>(sql);
    // Read once, because `reader` is a native call.
    const prepared = { statement, isReader: statement.reader };
    statements.set(sql, prepared);
    return prepared;
  }

  /** `R` is the row type that Kysely derived from the query; the driver cannot know it. */
  return function execute<R>({ sql, parameters, query }: CompiledQuery): QueryResult<R> {
    const { statement, isReader } = prepare(sql);
    // A select without a table returns exactly one row. `all()` would double its cost to collect it.
    if (SelectQueryNode.is(query) && !query.from) return { rows: [statement.get([...parameters]) as R] };
    if (isReader) return { rows: statement.all([...parameters]) as R[] };
    const { changes, lastInsertRowid } = statement.run([...parameters]);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  };
}
