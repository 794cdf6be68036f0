/** Database drivers are optional dependencies: the operator installs the one that `DATABASE_URL` needs. */
import { StoreNotOpened } from './not-opened.js';

type Driver = 'libsql' | 'pg';

const STORES = { libsql: 'a SQLite file', pg: 'PostgreSQL' } as const;

export class DriverMissing extends StoreNotOpened {
  override readonly name = 'DriverMissing';

  constructor(driver: Driver, cause: unknown) {
    super(
      `Failed to open the store: DATABASE_URL names ${STORES[driver]}, but its driver is not installed. Run: npm install ${driver}`,
      { cause },
    );
  }
}

/** @param load imports the driver; bundlers need to see its name. @throws DriverMissing. */
export async function loadDriver<T>(driver: Driver, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (isMissing(error, driver)) throw new DriverMissing(driver, error);
    throw error;
  }
}

/** A module that the driver itself cannot find is another problem. */
function isMissing(error: unknown, driver: Driver): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'ERR_MODULE_NOT_FOUND' &&
    error.message.includes(`'${driver}'`)
  );
}
