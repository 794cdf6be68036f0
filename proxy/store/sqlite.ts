/**
 * SQLite for Kysely, as quick as its promise allows: a statement is prepared once, and writes of the same moment share one
 * commit, since each commit waits for the disk and holds up the whole process meanwhile. PostgreSQL does both by itself.
 * Nobody hears of a write before it is on the disk.
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
  /** @returns what tells its caller how it went, to be called after the commit. */
  attempt(): () => void;
  reject(error: unknown): void;
}

/** @param path the folder is made when it is missing. @throws when the file cannot be opened or written. */
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

  /** One that fails is undone alone, and the others stand: they have nothing to do with each other. */
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
    // Asked once: each asking is a call into the library.
    const prepared = { statement, isReader: statement.reader };
    statements.set(sql, prepared);
    return prepared;
  }

  /** `R` is what the query asked for, as Kysely's types have it. */
  return function execute<R>({ sql, parameters, query }: CompiledQuery): QueryResult<R> {
    const { statement, isReader } = prepare(sql);
    // Without a table there is one row always; to have the library collect rows costs as much again.
    if (SelectQueryNode.is(query) && !query.from) return { rows: [statement.get([...parameters]) as R] };
    if (isReader) return { rows: statement.all([...parameters]) as R[] };
    const { changes, lastInsertRowid } = statement.run([...parameters]);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  };
}
