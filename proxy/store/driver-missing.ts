/** The drivers of the stores. A host installs the one that its store needs; a page's host needs neither. */
type Driver = 'libsql' | 'pg';

const STORES = { libsql: 'a SQLite file', pg: 'PostgreSQL' } as const;

/** Its message is a sentence for whoever started the process. */
export class DriverMissing extends Error {
  override readonly name = 'DriverMissing';

  constructor(driver: Driver, cause: unknown) {
    super(
      `Failed to open the store: DATABASE_URL names ${STORES[driver]}, and its driver is not installed. Run: npm install ${driver}`,
      { cause },
    );
  }
}

/** @param load imports it: bundlers have to see the name. @throws DriverMissing. */
export async function loadDriver<T>(driver: Driver, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (isMissing(error, driver)) throw new DriverMissing(driver, error);
    throw error;
  }
}

/** Something that the driver itself fails to find is another problem. */
function isMissing(error: unknown, driver: Driver): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === 'ERR_MODULE_NOT_FOUND' &&
    error.message.includes(`'${driver}'`)
  );
}
