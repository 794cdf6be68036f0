/** Opens the store that `DATABASE_URL` names: a file for one instance, a PostgreSQL for several. */
import { PostgresDialect, type Dialect } from 'kysely';
import { loadDriver } from './driver-missing.js';
import { sqlite } from './sqlite.js';
import { createStore, type Store } from './store.js';

/**
 * Several instances may call it at once.
 * @param url `file:<path>` (a missing folder is created) or `postgres://...`.
 * @throws if the store cannot be opened or written.
 */
export async function openStore(url: string): Promise<Store> {
  return url.startsWith('file:')
    ? createStore(await sqlite(url.slice('file:'.length)), 'sqlite')
    : createStore(await postgres(url), 'postgres');
}

async function postgres(connectionString: string): Promise<Dialect> {
  const { default: pg } = await loadDriver('pg', () => import('pg'));
  // Millisecond times fit a JavaScript number for the next 285,000 years; pg would return strings.
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  return new PostgresDialect({ pool: new pg.Pool({ connectionString, types }) });
}
