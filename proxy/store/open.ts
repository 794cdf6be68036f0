/** Opens the store that `DATABASE_URL` names: a file for one instance, a PostgreSQL for several. */
import type { Config } from '../config.js';
import { STORE_CONNECTIONS_DEFAULT, STORE_TIMEOUT_DEFAULT_SECONDS } from '../constants.js';
import type { Log } from '../log.js';
import { storeNotOpened } from './not-opened.js';
import { migrating, postgres, serving } from './postgres.js';
import { sqlite } from './sqlite.js';
import { createStore, storeOn, type Store } from './store.js';

interface OpenOptions {
  readonly database?: Config['database'];
  /** Hears of connections that are lost and opened again. */
  readonly log?: Log;
}

const DEFAULTS = { connections: STORE_CONNECTIONS_DEFAULT, timeoutSeconds: STORE_TIMEOUT_DEFAULT_SECONDS };
const SILENT: Log = { info() {}, warn() {}, error() {} };

/**
 * Several instances may call it at once.
 * @param url `file:<path>` (a missing folder is created) or `postgres://...`.
 * @throws StoreNotOpened if the store cannot be opened or written.
 */
export async function openStore(url: string, { database = DEFAULTS, log = SILENT }: OpenOptions = {}): Promise<Store> {
  try {
    if (url.startsWith('file:')) return await createStore(await sqlite(url.slice('file:'.length)), 'sqlite');
    const served = serving(database, log);
    // A migration may take as long as it needs, so it has connections of its own.
    const migrated = await createStore(await postgres(url, migrating(served)), 'postgres');
    await migrated.destroy();
    return storeOn(await postgres(url, served));
  } catch (error) {
    throw storeNotOpened(error);
  }
}
