/**
 * PostgreSQL for Kysely. A database restarts, fails over, falls silent or becomes read-only; none of it ends the process, and
 * each query ends in time. A connection that failed is closed, and so are those opened before: they lead to the same place.
 */
import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import type { Pool, PoolClient, QueryResult as Answer } from 'pg';
import type { Config } from '../config.js';
import {
  STORE_CONNECTION_LIFE_SECONDS,
  STORE_IDLE_MS,
  STORE_KEEP_ALIVE_MS,
  STORE_TIMEOUT_MARGIN_MS,
} from '../constants.js';
import type { Log } from '../log.js';
import { loadDriver } from './driver-missing.js';
import { storable } from './storable.js';
import { codeOf, storeFailure } from './unavailable.js';

interface PostgresOptions {
  readonly connections: number;
  /** How long connecting may take. */
  readonly connectTimeoutMs: number;
  /** How long a query may take. Undefined: as long as it needs, for migrations, which may build an index. */
  readonly queryTimeoutMs: number | undefined;
  readonly log: Log;
}

/** What serves requests: each query ends in time. */
export function serving({ connections, timeoutSeconds }: Config['database'], log: Log): PostgresOptions {
  const timeoutMs = timeoutSeconds * 1_000;
  return { connections, connectTimeoutMs: timeoutMs, queryTimeoutMs: timeoutMs, log };
}

/** Two connections: one holds the lock, the other looks what was done before. */
export function migrating(served: PostgresOptions): PostgresOptions {
  return { ...served, connections: 2, queryTimeoutMs: undefined };
}

/** @throws StoreNotOpened if the driver is not installed. It connects when the first query is made. */
export async function postgres(connectionString: string, options: PostgresOptions): Promise<Dialect> {
  const { default: pg } = await loadDriver('pg', () => import('pg'));
  // Millisecond times fit a JavaScript number for the next 285,000 years; pg would return strings.
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const createPool = () =>
    new pg.Pool({
      connectionString,
      types,
      max: options.connections,
      connectionTimeoutMillis: options.connectTimeoutMs,
      ...(options.queryTimeoutMs !== undefined && { query_timeout: options.queryTimeoutMs }),
      idleTimeoutMillis: STORE_IDLE_MS,
      maxLifetimeSeconds: STORE_CONNECTION_LIFE_SECONDS,
      keepAlive: true,
      keepAliveInitialDelayMillis: STORE_KEEP_ALIVE_MS,
    });
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => createDriver(createPool(), options),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

function createDriver(pool: Pool, { queryTimeoutMs, log }: PostgresOptions): Driver {
  /** Counts failures of connections. A connection is used only if none happened since it was opened. */
  let failures = 0;
  const openedAfter = new WeakMap<PoolClient, number>();
  const hasTimeout = new WeakSet<PoolClient>();
  const releases = new WeakMap<DatabaseConnection, () => void>();

  // Without a listener, Node ends the process. The listener of the connection has logged the error already.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    openedAfter.set(client, failures);
    // The pool listens to idle connections only.
    client.on('error', (error) => {
      failed(client);
      const facts = { reason: error.message, code: codeOf(error) };
      log.warn(facts, 'Lost a connection to PostgreSQL; the proxy opens another one.');
    });
  });

  /** Counts once for all connections that fail together, so that the new ones are kept. */
  function failed(client: PoolClient): void {
    if (openedAfter.get(client) === failures) failures += 1;
  }

  async function acquireConnection(): Promise<DatabaseConnection> {
    let client = await connect();
    while (openedAfter.get(client) !== failures) {
      client.release(true);
      client = await connect();
    }
    const connection = lend(client);
    if (!hasTimeout.has(client)) await limitTime(client, connection);
    return connection;
  }

  async function connect(): Promise<PoolClient> {
    try {
      return await pool.connect();
    } catch (error) {
      throw storeFailure(error, isFaultOfQuery);
    }
  }

  /** By a query, because PgBouncer refuses it as a parameter of the connection. */
  async function limitTime(client: PoolClient, connection: DatabaseConnection): Promise<void> {
    hasTimeout.add(client);
    if (queryTimeoutMs === undefined) return;
    try {
      await run(`set statement_timeout = ${queryTimeoutMs - STORE_TIMEOUT_MARGIN_MS}`)(connection);
    } catch (error) {
      releases.get(connection)?.();
      throw error;
    }
  }

  function lend(client: PoolClient): DatabaseConnection {
    let isBroken = false;
    const connection: DatabaseConnection = {
      async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
        try {
          // `R` is the row type that Kysely derived from the query; the driver cannot know it.
          return toResult<R>(await client.query(sql, parameters.map(storable)));
        } catch (error) {
          if (isFaultOfConnection(error)) {
            isBroken = true;
            failed(client);
          }
          throw storeFailure(error, isFaultOfQuery);
        }
      },
      streamQuery() {
        throw new Error('Failed to stream a query: the store reads complete answers only.');
      },
    };
    releases.set(connection, () => client.release(isBroken));
    return connection;
  }

  return {
    init: async () => {},
    acquireConnection,
    beginTransaction: run('begin'),
    commitTransaction: run('commit'),
    rollbackTransaction: run('rollback'),
    releaseConnection: async (connection) => releases.get(connection)?.(),
    destroy: () => pool.end(),
  };
}

function run(sql: string) {
  return async function run(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(sql));
  };
}

const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE']);

function toResult<R>({ command, rowCount, rows }: Answer): QueryResult<R> {
  return { rows: rows as R[], ...(CHANGES.has(command) && { numAffectedRows: BigInt(rowCount ?? 0) }) };
}

/** SQLSTATE classes: cardinality, data, constraints, syntax and privileges, limits, features. */
function isFaultOfQuery(error: unknown): boolean {
  return /^(21|22|23|42|54|0A)/.test(codeOf(error));
}

/**
 * No answer (pg gives no code, or Node's), a server that stops, or one that has become read-only: its name may lead to
 * another one by now. 57014, a query that took too long, leaves the connection sound.
 */
function isFaultOfConnection(error: unknown): boolean {
  const code = codeOf(error);
  return code === '' || /^(E|08|57P|25006)/.test(code);
}
