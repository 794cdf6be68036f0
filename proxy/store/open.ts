/** The store that `DATABASE_URL` names: a file for one instance, a PostgreSQL for several. */
import { PostgresDialect, type Dialect } from 'kysely';
import { loadDriver } from './driver-missing.js';
import { sqlite } from './sqlite.js';
import { prepareStore, type Store } from './store.js';

/**
 * @param url `file:<path>` (the folder is made when it is missing) or `postgres://...`.
 * @throws when the store cannot be opened or written. Two instances may start at once.
 */
export async function openStore(url: string): Promise<Store> {
  return url.startsWith('file:')
    ? prepareStore(await sqlite(url.slice('file:'.length)), 'sqlite')
    : prepareStore(await postgres(url), 'postgres');
}

async function postgres(connectionString: string): Promise<Dialect> {
  const { default: pg } = await loadDriver('pg', () => import('pg'));
  // Times fit a JavaScript number for the next 285,000 years; pg would hand out strings.
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  return new PostgresDialect({ pool: new pg.Pool({ connectionString, types }) });
}
