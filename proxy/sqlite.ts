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
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { STATEMENTS_KEPT } from './constants.js';
import { loadDriver } from './driver.js';

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
  /** There is one connection to the file: while a transaction is open, nobody else reads or writes. */
  let transaction: { readonly owner: DatabaseConnection; readonly ended: Promise<void>; end(): void } | undefined;

  function connect(): DatabaseConnection {
    const connection: DatabaseConnection = {
      async executeQuery<R>(query: CompiledQuery) {
        if (transaction && transaction.owner !== connection) await turn(connection);
        const isAlone = transaction !== undefined || SelectQueryNode.is(query.query);
        return isAlone ? execute<R>(query) : write<R>(query);
      },
      streamQuery() {
        throw new Error('Failed to stream a query: the store reads whole answers only.');
      },
    };
    return connection;
  }

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

  async function commitWaiting(): Promise<void> {
    await turn();
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

  async function turn(connection?: DatabaseConnection): Promise<void> {
    while (transaction && transaction.owner !== connection) await transaction.ended;
  }

  return {
    init: async () => {},
    acquireConnection: async () => connect(),
    async beginTransaction(owner) {
      await turn();
      let end = (): void => {};
      const ended = new Promise<void>((resolve) => (end = resolve));
      transaction = { owner, ended, end };
      database.exec('begin immediate');
    },
    commitTransaction: async () => void database.exec('commit'),
    rollbackTransaction: async () => void database.exec('rollback'),
    async releaseConnection(connection) {
      if (transaction?.owner !== connection) return;
      const { end } = transaction;
      transaction = undefined;
      end();
    },
    async destroy() {
      await commitWaiting();
      database.close();
    },
  };
}

function createExecute(database: Database.Database) {
  const statements = new Map<string, Database.Statement<unknown[]>>();

  function prepare(sql: string): Database.Statement<unknown[]> {
    const kept = statements.get(sql);
    if (kept) return kept;
    const [oldest] = statements.keys();
    if (oldest !== undefined && statements.size >= STATEMENTS_KEPT) statements.delete(oldest);
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }

  /** `R` is what the query asked for, as Kysely's types have it. */
  return function execute<R>({ sql, parameters }: CompiledQuery): QueryResult<R> {
    const statement = prepare(sql);
    if (statement.reader) return { rows: statement.all([...parameters]) as R[] };
    const { changes, lastInsertRowid } = statement.run([...parameters]);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  };
}
