/**
 * SQLite for Kysely. It never waits inside SQLite, which would stop the whole process: while another process keeps the file
 * locked, it looks again after a moment. Each statement is prepared once, and concurrent writes share one commit, because a commit waits for the
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
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SQLITE_LOCK_LOOK_MS, SQLITE_LOCK_WAIT_MS, SQLITE_START_WAIT_MS, STATEMENTS_KEPT } from '../constants.js';
import { singleStatements } from './single-statements.js';
import { loadDriver } from './driver-missing.js';
import { storable } from './storable.js';
import { codeOf, storeFailure } from './unavailable.js';

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
  database.pragma('busy_timeout = 0');
  await whenFree(SQLITE_START_WAIT_MS, () => database.pragma('journal_mode = WAL'));
  database.pragma('synchronous = FULL');
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => createDriver(database, fileAt(path)),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** Migrations of several instances that start at once run one after the other, each entirely or not at all. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** @returns a function that throws once another file, or none, has the name. A write to the deleted file would be lost. */
function fileAt(path: string): () => void {
  const idAt = () => statSync(path, { throwIfNoEntry: false })?.ino;
  const opened = idAt();
  return function mustBeThere() {
    if (opened !== undefined && idAt() !== opened) {
      throw new Error(
        `The file ${path} was deleted or replaced. Stop the proxy, put the file back, and start it again.`,
      );
    }
  };
}

function createDriver(database: Database.Database, mustBeThere: () => void): Driver {
  const execute = createExecute(database);
  const begin = () => database.exec('begin immediate');
  let waiting: Write[] = [];
  let committing: Promise<void> | undefined;
  /** True while the schema is migrated, which happens once, before anything else. */
  let isInTransaction = false;
  let lockWaitMs = SQLITE_START_WAIT_MS;

  function read<R>(query: CompiledQuery): QueryResult<R> | Promise<QueryResult<R>> {
    try {
      return execute<R>(query);
    } catch (error) {
      if (isBusy(error)) return whenFree(lockWaitMs, () => execute<R>(query));
      throw error;
    }
  }

  /** A write that fails is undone alone. The others in the same commit are independent of it and stay. */
  function write<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return new Promise((resolve, reject) => {
      function attempt(): () => void {
        try {
          const result = execute<R>(query);
          return () => resolve(result);
        } catch (error) {
          // SQLite has undone all of them, for example because the disk is full.
          if (!database.inTransaction) throw error;
          return () => reject(error);
        }
      }
      if (waiting.push({ attempt, reject }) === 1) setImmediate(commitWaiting);
    });
  }

  function commitWaiting(): Promise<void> {
    committing ??= commit().finally(() => {
      committing = undefined;
    });
    return committing;
  }

  async function commit(): Promise<void> {
    if (waiting.length === 0) return;
    try {
      mustBeThere();
      await whenFree(lockWaitMs, begin);
    } catch (error) {
      for (const { reject } of takeWaiting()) reject(error);
      return;
    }
    const writes = takeWaiting();
    try {
      const answers = writes.map((each) => each.attempt());
      database.exec('commit');
      for (const answer of answers) answer();
    } catch (error) {
      if (database.inTransaction) database.exec('rollback');
      for (const { reject } of writes) reject(error);
    }
  }

  function takeWaiting(): Write[] {
    const taken = waiting;
    waiting = [];
    return taken;
  }

  return {
    ...singleStatements({
      async execute<R>(query: CompiledQuery): Promise<QueryResult<R>> {
        try {
          return await (isInTransaction || SelectQueryNode.is(query.query) ? read<R>(query) : write<R>(query));
        } catch (error) {
          throw storeFailure(error, isFaultOfQuery);
        }
      },
      async close() {
        await commitWaiting();
        database.close();
      },
    }),
    async beginTransaction() {
      await whenFree(lockWaitMs, begin);
      isInTransaction = true;
    },
    async commitTransaction() {
      database.exec('commit');
      isInTransaction = false;
      lockWaitMs = SQLITE_LOCK_WAIT_MS;
    },
    async rollbackTransaction() {
      isInTransaction = false;
      if (database.inTransaction) database.exec('rollback');
    },
  };
}

/** @throws what `work` throws, once the file has been locked for this long. */
async function whenFree<T>(waitMs: number, work: () => T): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += SQLITE_LOCK_LOOK_MS) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || waitedMs >= waitMs) throw error;
    }
    await wait(SQLITE_LOCK_LOOK_MS);
  }
}

function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error));
}

function isFaultOfQuery(error: unknown): boolean {
  return /^SQLITE_(ERROR|CONSTRAINT|MISMATCH|RANGE|TOOBIG|MISUSE)/.test(codeOf(error));
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
    const values = parameters.map(storable);
    // A select without a table returns exactly one row. `all()` would double its cost to collect it.
    if (SelectQueryNode.is(query) && !query.from) return { rows: [statement.get(values) as R] };
    if (isReader) return { rows: statement.all(values) as R[] };
    const { changes, lastInsertRowid } = statement.run(values);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  };
}
