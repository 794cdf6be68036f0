/**
 * What the proxy has promised to tell Chargebee: offer events and the app's reports on its fulfillments. An entry is stored
 * before its request is answered and removed after Chargebee has it; `delivery.ts` sends it. The only SQL of the table
 * `outbox`.
 */
import { sql, type ExpressionBuilder, type Selectable } from 'kysely';
import {
  CLOCKS_DIFFER_MS,
  DEAD_LETTERS_KEPT_MS,
  OUTBOX_BATCH_SIZE,
  OUTBOX_LEASE_MS,
  OUTBOX_RETRY_CAP_MS,
} from '../constants.js';
import { OfferEventType } from '../contract.js';
import { preparedQuery, type Placeholders } from '../store/prepared-query.js';
import type { Schema, Store } from '../store/store.js';

export type OutboxEntry = Selectable<Schema['outbox']>;
type NewEntry = Pick<OutboxEntry, 'queue' | 'kind' | 'reason'>;
type FailedAttempt = Pick<OutboxEntry, 'attempts' | 'lastError' | 'nextAttemptAt' | 'diedAt'>;

/** What customers did. The other kinds are reports of the app. */
const EVENTS: readonly OutboxEntry['kind'][] = OfferEventType.options;

export type Outbox = ReturnType<typeof createOutbox>;

export function createOutbox({ store, now }: { store: Store; now: () => number }) {
  const insert = preparedQuery(store, (value: Placeholders<NewEntry & { at: number }>) =>
    store.insertInto('outbox').values({
      queue: value('queue'),
      kind: value('kind'),
      reason: value('reason'),
      createdAt: value('at'),
      nextAttemptAt: value('at'),
    }),
  );

  /** @param longestMs the longest that a right clock sets the time ahead. */
  function isReached(time: 'nextAttemptAt' | 'leasedUntil', longestMs: number) {
    return ({ or, eb }: ExpressionBuilder<Schema, 'outbox'>) =>
      or([eb(time, '<=', now()), eb(time, '>', now() + longestMs + CLOCKS_DIFFER_MS)]);
  }

  return {
    async add(entry: NewEntry): Promise<void> {
      await insert({ ...entry, at: now() });
    },

    /** @returns the report that waits for this fulfillment: the new one, or an earlier one, which may say the opposite. */
    async addReport(entry: NewEntry): Promise<OutboxEntry | undefined> {
      const added = await store
        .insertInto('outbox')
        .values({ ...entry, createdAt: now(), nextAttemptAt: now() })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst();
      const waiting = store
        .selectFrom('outbox')
        .selectAll()
        .where('queue', '=', entry.queue)
        .where('diedAt', 'is', null);
      return added ?? waiting.executeTakeFirst();
    },

    find(id: number): Promise<OutboxEntry | undefined> {
      return store.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst();
    },

    /**
     * The first entry of each queue that is not dead, if it may be sent now. A time that lies further ahead than any wait was
     * written by a clock that was wrong, and counts as reached.
     */
    due({ reportsOnly }: { reportsOnly: boolean }): Promise<OutboxEntry[]> {
      return (
        store
          .selectFrom('outbox')
          .selectAll()
          .where('diedAt', 'is', null)
          .where(isReached('nextAttemptAt', OUTBOX_RETRY_CAP_MS))
          .where(isReached('leasedUntil', OUTBOX_LEASE_MS))
          .$if(reportsOnly, (query) => query.where('kind', 'in', ['completed', 'failed']))
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('outbox as earlier')
                  .select('earlier.id')
                  .whereRef('earlier.queue', '=', 'outbox.queue')
                  .whereRef('earlier.id', '<', 'outbox.id')
                  .where('earlier.diedAt', 'is', null),
              ),
            ),
          )
          // By the index, so that a look costs the same however many wait.
          .orderBy('nextAttemptAt')
          .orderBy('id')
          .limit(OUTBOX_BATCH_SIZE)
          .execute()
      );
    },

    /** @returns when the next entry may be sent, undefined if none waits. */
    async nextAttemptAt(): Promise<number | undefined> {
      const next = await store
        .selectFrom('outbox')
        .select(({ fn }) => fn.min('nextAttemptAt').as('at'))
        .where('diedAt', 'is', null)
        .executeTakeFirst();
      return next?.at == null ? undefined : Number(next.at);
    },

    /** @returns false if another instance is sending this entry, or has sent it. */
    async lease(id: number): Promise<boolean> {
      const { numUpdatedRows } = await store
        .updateTable('outbox')
        .set({ leasedUntil: now() + OUTBOX_LEASE_MS })
        .where('id', '=', id)
        .where('diedAt', 'is', null)
        .where(isReached('leasedUntil', OUTBOX_LEASE_MS))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Ends the lease. */
    async postpone(id: number, attempt: FailedAttempt): Promise<void> {
      await store
        .updateTable('outbox')
        .set({ ...attempt, leasedUntil: 0 })
        .where('id', '=', id)
        .execute();
    },

    async remove(id: number): Promise<void> {
      await store.deleteFrom('outbox').where('id', '=', id).execute();
    },

    /** Whether the app has reported on this fulfillment and Chargebee has not taken it, or will not. */
    async hasReport(fulfillmentId: string): Promise<boolean> {
      const row = await store
        .selectFrom('outbox')
        .select('id')
        .where('queue', '=', fulfillmentId)
        .where('kind', 'in', ['completed', 'failed'])
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Removes the events that wait and were added before this time. */
    async dropEvents(addedBefore: number): Promise<void> {
      await store
        .deleteFrom('outbox')
        .where('kind', 'in', EVENTS)
        .where('diedAt', 'is', null)
        .where('createdAt', '<', addedBefore)
        .execute();
    },

    /** Whether one of these queues has an entry of this kind that waits, or that was given up after `diedAfter`. */
    async hasUndelivered(queues: readonly string[], kind: OutboxEntry['kind'], diedAfter: number): Promise<boolean> {
      const row = await store
        .selectFrom('outbox')
        .select('id')
        .where('queue', 'in', queues)
        .where('kind', '=', kind)
        .where(({ or, eb }) => or([eb('diedAt', 'is', null), eb('diedAt', '>', diedAfter)]))
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Those that were given up first, then those that wait; each in the order in which they came. */
    list(): Promise<OutboxEntry[]> {
      const isWaiting = sql<number>`case when ${sql.ref('died_at')} is null then 1 else 0 end`;
      return store.selectFrom('outbox').selectAll().orderBy(isWaiting).orderBy('id').execute();
    },

    /** The entries of these queues. */
    async listOf(queues: readonly string[]): Promise<OutboxEntry[]> {
      if (queues.length === 0) return [];
      return store.selectFrom('outbox').selectAll().where('queue', 'in', queues).orderBy('id').execute();
    },

    /**
     * Sends it with the next look, as if it were new. @returns false if it has been sent meanwhile, or if it was given up and
     * another report on its fulfillment waits.
     */
    async retry({ id, queue }: Pick<OutboxEntry, 'id' | 'queue'>): Promise<boolean> {
      const { numUpdatedRows } = await store
        .updateTable('outbox')
        .set({ diedAt: null, attempts: 0, createdAt: now(), nextAttemptAt: now() })
        .where('id', '=', id)
        .where(({ not, exists, selectFrom, or, eb }) =>
          or([
            eb('diedAt', 'is', null),
            eb('kind', 'in', EVENTS),
            not(
              exists(
                selectFrom('outbox as other')
                  .select('other.id')
                  .where('other.queue', '=', queue)
                  .where('other.kind', 'in', ['completed', 'failed'])
                  .where('other.diedAt', 'is', null),
              ),
            ),
          ]),
        )
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** @param queues at least one. @returns how many entries it has removed. */
    async forget(queues: readonly string[]): Promise<number> {
      const { numDeletedRows } = await store.deleteFrom('outbox').where('queue', 'in', queues).executeTakeFirst();
      return Number(numDeletedRows);
    },

    async count(): Promise<{ waiting: number; dead: number }> {
      const row = await store
        .selectFrom('outbox')
        .select(({ fn }) => [fn.countAll().as('all'), fn.count('diedAt').as('dead')])
        .executeTakeFirstOrThrow();
      return { waiting: Number(row.all) - Number(row.dead), dead: Number(row.dead) };
    },

    /** @returns the age of the oldest event and of the oldest report that wait, 0 if none does. */
    async oldestAgesMs(): Promise<{ event: number; report: number }> {
      const row = await store
        .selectFrom('outbox')
        .select(({ fn }) => [
          fn.min('createdAt').filterWhere('kind', 'in', EVENTS).as('event'),
          fn.min('createdAt').filterWhere('kind', 'not in', EVENTS).as('report'),
        ])
        .where('diedAt', 'is', null)
        .executeTakeFirst();
      const ageOf = (createdAt: unknown) => (createdAt == null ? 0 : now() - Number(createdAt));
      return { event: ageOf(row?.event), report: ageOf(row?.report) };
    },

    async removeOld(): Promise<void> {
      await store
        .deleteFrom('outbox')
        .where('diedAt', '<', now() - DEAD_LETTERS_KEPT_MS)
        .execute();
    },
  };
}
