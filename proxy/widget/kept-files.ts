/**
 * The widget's chunks of this version and of those that ran lately on this store. Only names with a hash of the content: a
 * row never changes, and only a proxy writes one. The only SQL of the table `widget_files`.
 */
import { WIDGET_CHUNK_KEPT_MS } from '../constants.js';
import { preparedQuery, type Placeholders } from '../store/prepared-query.js';
import type { Store } from '../store/store.js';

export type KeptFiles = ReturnType<typeof createKeptFiles>;

export function createKeptFiles({ store, now }: { store: Store; now: () => number }) {
  const select = preparedQuery(store, (value: Placeholders<{ name: string }>) =>
    store.selectFrom('widgetFiles').select('body').where('name', '=', value('name')),
  );

  async function find(name: string): Promise<string | undefined> {
    const [row] = await select({ name });
    return row?.body;
  }

  /** @param files those of the running version, by name. */
  async function keep(files: ReadonlyMap<string, string>): Promise<void> {
    if (files.size === 0) return;
    const currentAt = now();
    await store
      .insertInto('widgetFiles')
      .values([...files].map(([name, body]) => ({ name, body, currentAt })))
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ currentAt }))
      .execute();
  }

  async function removeOld(): Promise<void> {
    await store
      .deleteFrom('widgetFiles')
      .where('currentAt', '<', now() - WIDGET_CHUNK_KEPT_MS)
      .execute();
  }

  return { find, keep, removeOld };
}
