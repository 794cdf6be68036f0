/**
 * What support asks about a subscription: what it was told when it last asked for an offer, and which offer was seen last. The
 * only SQL of the table `traces`.
 */
import type { Selectable } from 'kysely';
import { TRACES_KEPT_MS } from '../constants.js';
import { preparedQuery, type Placeholders } from '../store/prepared-query.js';
import type { Schema, Store } from '../store/store.js';

export type Trace = Selectable<Schema['traces']>;

export type Traces = ReturnType<typeof createTraces>;

export function createTraces({ store, now }: { store: Store; now: () => number }) {
  const upsert = preparedQuery(store, (value: Placeholders<Trace>) =>
    store
      .insertInto('traces')
      .values({
        subscriptionId: value('subscriptionId'),
        kind: value('kind'),
        customerId: value('customerId'),
        userId: value('userId'),
        feature: value('feature'),
        access: value('access'),
        why: value('why'),
        campaignId: value('campaignId'),
        offerId: value('offerId'),
        at: value('at'),
      })
      .onConflict((conflict) =>
        conflict.columns(['subscriptionId', 'kind']).doUpdateSet(({ ref }) => ({
          customerId: ref('excluded.customerId'),
          userId: ref('excluded.userId'),
          feature: ref('excluded.feature'),
          access: ref('excluded.access'),
          why: ref('excluded.why'),
          campaignId: ref('excluded.campaignId'),
          offerId: ref('excluded.offerId'),
          at: ref('excluded.at'),
        })),
      ),
  );

  return {
    async write(trace: Omit<Trace, 'at'>): Promise<void> {
      await upsert({ ...trace, at: now() });
    },

    /** Of all subscriptions of this customer, the newest first. */
    listOf(customerId: string): Promise<Trace[]> {
      return store
        .selectFrom('traces')
        .selectAll()
        .where('customerId', '=', customerId)
        .orderBy('at', 'desc')
        .execute();
    },

    /** @returns how many it has removed. */
    async forget(customerId: string): Promise<number> {
      const { numDeletedRows } = await store
        .deleteFrom('traces')
        .where('customerId', '=', customerId)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },

    async removeOld(): Promise<void> {
      await store
        .deleteFrom('traces')
        .where('at', '<', now() - TRACES_KEPT_MS)
        .execute();
    },
  };
}
