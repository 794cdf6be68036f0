/** Work that only one instance may do at a time. The only SQL of the table `leases`. */
import type { Store } from './store.js';

export type Leases = ReturnType<typeof createLeases>;

export function createLeases({ store, now }: { store: Store; now: () => number }) {
  return {
    /**
     * @returns false if another instance has it, or had it less than its time ago. A lease that ends much later than one
     * taken now was taken by a clock that was wrong, and does not count.
     */
    async take(name: string, milliseconds: number): Promise<boolean> {
      const until = now() + milliseconds;
      const { numInsertedOrUpdatedRows } = await store
        .insertInto('leases')
        .values({ name, until })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ until })
            .where(({ or, eb }) =>
              or([eb('leases.until', '<=', now()), eb('leases.until', '>', until + milliseconds)]),
            ),
        )
        .executeTakeFirst();
      return numInsertedOrUpdatedRows !== undefined && numInsertedOrUpdatedRows > 0n;
    },

    /** @param milliseconds for how long it is taken. @returns the time until which somebody has it, 0 if nobody has. */
    async takenUntil(name: string, milliseconds: number): Promise<number> {
      const row = await store
        .selectFrom('leases')
        .select('until')
        .where('name', '=', name)
        .where('until', '>', now())
        .where('until', '<=', now() + 2 * milliseconds)
        .executeTakeFirst();
      return row ? Number(row.until) : 0;
    },
  };
}
