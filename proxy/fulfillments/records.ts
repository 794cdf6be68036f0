/**
 * The record of each acceptance: Chargebee has no list of fulfillments, so this is the only one. Each change names the state
 * that it expects and reports whether it found it, because other requests and instances work on the same record. The only
 * SQL of the table `fulfillments`.
 */
import type { ExpressionBuilder, Selectable } from 'kysely';
import * as v from 'valibot';
import type { UpstreamFulfillment } from '../chargebee/chargebee.js';
import { ACCEPTANCE_ABANDONED_MS, ACCEPTANCE_SETTLES_MS } from '../constants.js';
import { FulfillmentRecord, Id } from '../contract.js';
import type { Customer } from '../customer.js';
import { preparedQuery, type Placeholders } from '../store/prepared-query.js';
import type { Schema, Store } from '../store/store.js';

export type Fulfillment = Selectable<Schema['fulfillments']>;

/** What the app's backend can filter its list by; `after` is `next` of the page before. */
export const FulfillmentFilter = v.object({
  status: v.optional(FulfillmentRecord.entries.status),
  customerId: v.optional(v.string()),
  subscriptionId: v.optional(v.string()),
  after: v.optional(Id),
});
export type FulfillmentFilter = v.InferOutput<typeof FulfillmentFilter>;

/** An offer as configured in Chargebee, for one subscription. Chargebee takes one acceptance of it. */
type Configured = Pick<Fulfillment, 'offerId' | 'baseOfferId' | 'subscriptionId'>;

export type Records = ReturnType<typeof createRecords>;

/** Whether no request is waiting for Chargebee's answer: the last one gave the record back, or a crash ended it. */
export function isAbandoned({ checkedAt }: Pick<Fulfillment, 'checkedAt'>, now: number): boolean {
  return Math.abs(now - checkedAt) > ACCEPTANCE_ABANDONED_MS;
}

/** Whether nobody knows if Chargebee accepted it: an answer was lost, and no request found out since. */
export function isUnanswered(
  fulfillment: Pick<Fulfillment, 'status' | 'checkedAt' | 'lostAnswers'>,
  now: number,
): boolean {
  return fulfillment.status === 'asking' && (fulfillment.lostAnswers > 0 || isAbandoned(fulfillment, now));
}

export function createRecords({ store, now }: { store: Store; now: () => number }) {
  /** Still as this request left it: another one that takes it over changes `checkedAt`. */
  function isHeld({ offerId, checkedAt }: Pick<Fulfillment, 'offerId' | 'checkedAt'>) {
    return ({ and }: ExpressionBuilder<Schema, 'fulfillments'>) => and({ offerId, checkedAt, status: 'asking' });
  }

  const selectAccepted = preparedQuery(
    store,
    (value: Placeholders<Omit<Configured, 'offerId'> & { endedAfter: number }>) =>
      store
        .selectFrom('fulfillments')
        .select('offerId')
        .where('subscriptionId', '=', value('subscriptionId'))
        .where('baseOfferId', '=', value('baseOfferId'))
        .where(({ or, and, eb, fn }) =>
          or([
            eb('status', 'in', ['in_progress', 'unnamed']),
            and([eb('status', '=', 'completed'), eb(fn.coalesce('endedAt', 'createdAt'), '>', value('endedAfter'))]),
          ]),
        )
        .limit(1),
  );

  const selectOpen = preparedQuery(store, (value: Placeholders<{ subscriptionId: string; askedAfter: number }>) =>
    store
      .selectFrom('fulfillments')
      .select('offerId')
      .where('subscriptionId', '=', value('subscriptionId'))
      .where(({ or, and, eb }) =>
        or([
          eb('status', '=', 'in_progress'),
          and([eb('status', '=', 'asking'), eb('createdAt', '>', value('askedAfter'))]),
        ]),
      )
      .limit(1),
  );

  return {
    find(id: string): Promise<Fulfillment | undefined> {
      return store.selectFrom('fulfillments').selectAll().where('id', '=', id).executeTakeFirst();
    },

    findByOffer(offerId: string): Promise<Fulfillment | undefined> {
      return store.selectFrom('fulfillments').selectAll().where('offerId', '=', offerId).executeTakeFirst();
    },

    /** @returns the newest record of the same configured offer under another offer id that has one of these states. */
    findOther(
      { offerId, baseOfferId, subscriptionId }: Configured,
      states: readonly Fulfillment['status'][],
    ): Promise<Fulfillment | undefined> {
      return store
        .selectFrom('fulfillments')
        .selectAll()
        .where('subscriptionId', '=', subscriptionId)
        .where('baseOfferId', '=', baseOfferId)
        .where('offerId', '!=', offerId)
        .where('status', 'in', states)
        .orderBy('createdAt', 'desc')
        .executeTakeFirst();
    },

    /** @returns the newest fulfillment of this configured offer that is in progress. */
    findOpen({ baseOfferId, subscriptionId }: Omit<Configured, 'offerId'>): Promise<Fulfillment | undefined> {
      return store
        .selectFrom('fulfillments')
        .selectAll()
        .where((where) => where.and({ subscriptionId, baseOfferId, status: 'in_progress' }))
        .orderBy('createdAt', 'desc')
        .executeTakeFirst();
    },

    /** Whether this configured offer is being carried out, or was a moment ago, so that Chargebee may still list it. */
    async isAccepted({ baseOfferId, subscriptionId }: Omit<Configured, 'offerId'>): Promise<boolean> {
      const accepted = await selectAccepted({ baseOfferId, subscriptionId, endedAfter: now() - ACCEPTANCE_SETTLES_MS });
      return accepted.length > 0;
    },

    /** Writes down what is about to be asked. @returns undefined if there is a record of this offer already. */
    begin(
      { customerId, subscriptionId, userId = '' }: Customer,
      intent: Pick<Fulfillment, 'offerId' | 'baseOfferId' | 'optionId' | 'checkedAt'>,
    ): Promise<Fulfillment | undefined> {
      return store
        .insertInto('fulfillments')
        .values({ ...intent, customerId, subscriptionId, userId, status: 'asking', createdAt: intent.checkedAt })
        .onConflict((conflict) => conflict.column('offerId').doNothing())
        .returningAll()
        .executeTakeFirst();
    },

    /** @returns the record as this request holds it now, or undefined if `seen` has changed since it was read. */
    takeOver(seen: Fulfillment): Promise<Fulfillment | undefined> {
      // The request that held it has crashed, perhaps after Chargebee got the call.
      const lost = seen.checkedAt === 0 ? {} : { lostAnswers: seen.lostAnswers + 1, lostAt: now() };
      return store
        .updateTable('fulfillments')
        .set({ checkedAt: now(), ...lost })
        .where(isHeld(seen))
        .returningAll()
        .executeTakeFirst();
    },

    /** Chargebee may have carried it out, so the record stays. @returns false if it is no longer held. */
    async leaveOpen(held: Fulfillment): Promise<boolean> {
      const { numUpdatedRows } = await store
        .updateTable('fulfillments')
        .set({ checkedAt: 0, lostAnswers: held.lostAnswers + 1, lostAt: now() })
        .where(isHeld(held))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** @returns undefined if it is no longer held. */
    markUnnamed(held: Fulfillment): Promise<Fulfillment | undefined> {
      return store
        .updateTable('fulfillments')
        .set({ status: 'unnamed', checkedAt: now() })
        .where(isHeld(held))
        .returningAll()
        .executeTakeFirst();
    },

    /** An operator found no acceptance at Chargebee. @returns false if it has changed since `seen` was read. */
    async discard({ offerId, status, checkedAt }: Fulfillment): Promise<boolean> {
      const { numDeletedRows } = await store
        .deleteFrom('fulfillments')
        .where('id', 'is', null)
        .where((where) => where.and({ offerId, status, checkedAt }))
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    /** Nothing was accepted. @returns false if it is no longer held. */
    async remove(held: Pick<Fulfillment, 'offerId' | 'checkedAt'>): Promise<boolean> {
      const { numDeletedRows } = await store.deleteFrom('fulfillments').where(isHeld(held)).executeTakeFirst();
      return numDeletedRows > 0n;
    },

    /**
     * Stores the id that Chargebee gave. Unlike the other changes this one needs no hold: whatever other requests have made
     * of the record meanwhile, the id must not be lost. Only an id that is there already stays.
     * @param held the record to create if another request has removed it.
     * @returns undefined if it has an id already.
     */
    name(
      { offerId, baseOfferId, optionId, customerId, subscriptionId, userId, createdAt }: Fulfillment,
      sent: UpstreamFulfillment,
    ): Promise<Fulfillment | undefined> {
      const answer = {
        id: sent.id,
        status: sent.status,
        processingType: sent.processingType,
        redirectUrl: sent.redirectUrl ?? null,
        hostedPage: sent.hostedPage ? JSON.stringify(sent.hostedPage) : null,
        failureCode: sent.failureCode ?? null,
        checkedAt: now(),
        endedAt: sent.status === 'in_progress' ? null : now(),
      };
      return store
        .insertInto('fulfillments')
        .values({ offerId, baseOfferId, optionId, customerId, subscriptionId, userId, createdAt, ...answer })
        .onConflict((conflict) => conflict.column('offerId').doUpdateSet(answer).where('fulfillments.id', 'is', null))
        .returningAll()
        .executeTakeFirst();
    },

    /** Stores how it stands at Chargebee. @returns undefined if it has ended already: an end is final. */
    advance(id: string, sent: UpstreamFulfillment): Promise<Fulfillment | undefined> {
      const times = { checkedAt: now(), ...(sent.status !== 'in_progress' && { endedAt: now() }) };
      const { redirectUrl, hostedPage } = sent;
      return (
        store
          .updateTable('fulfillments')
          .set({ status: sent.status, failureCode: sent.failureCode ?? null, ...times })
          .$if(hostedPage !== undefined, (query) => query.set({ hostedPage: JSON.stringify(hostedPage) }))
          // The one from the acceptance was chosen among several.
          .$if(redirectUrl !== undefined, (query) =>
            query.set(({ fn, ref, val }) => ({
              redirectUrl: fn.coalesce(ref('redirectUrl'), val(redirectUrl ?? null)),
            })),
          )
          .where('id', '=', id)
          .where('status', '=', 'in_progress')
          .returningAll()
          .executeTakeFirst()
      );
    },

    /** By id, which only those have that Chargebee has answered. */
    list(
      { status, customerId, subscriptionId, after }: FulfillmentFilter,
      limit: number,
    ): Promise<readonly Fulfillment[]> {
      let query = store.selectFrom('fulfillments').selectAll().where('id', 'is not', null);
      if (status) query = query.where('status', '=', status);
      if (customerId) query = query.where('customerId', '=', customerId);
      if (subscriptionId) query = query.where('subscriptionId', '=', subscriptionId);
      if (after) query = query.where('id', '>', after);
      return query.orderBy('id').limit(limit).execute();
    },

    /**
     * @returns those that somebody may have to look after, those that Chargebee was asked about the longest ago first. Those
     * whose call is under way are not among them.
     */
    async unfinished(): Promise<readonly Fulfillment[]> {
      const rows = await store
        .selectFrom('fulfillments')
        .selectAll()
        .where('status', 'in', ['asking', 'in_progress', 'unnamed'])
        .orderBy('checkedAt')
        .orderBy('createdAt')
        .execute();
      return rows.filter((row) => row.status !== 'asking' || isUnanswered(row, now()));
    },

    /** @returns all that have not ended, those whose call is under way included. */
    open(): Promise<readonly Pick<Fulfillment, 'createdAt' | 'status' | 'checkedAt' | 'lostAnswers'>[]> {
      return store
        .selectFrom('fulfillments')
        .select(['createdAt', 'status', 'checkedAt', 'lostAnswers'])
        .where('status', 'in', ['asking', 'in_progress', 'unnamed'])
        .execute();
    },

    /** All acceptances of this customer, the newest first. */
    listOf(customerId: string): Promise<Fulfillment[]> {
      return store
        .selectFrom('fulfillments')
        .selectAll()
        .where('customerId', '=', customerId)
        .orderBy('createdAt', 'desc')
        .execute();
    },

    /** Removes those of this customer that have ended. @returns how many that were. */
    async forget(customerId: string): Promise<number> {
      const { numDeletedRows } = await store
        .deleteFrom('fulfillments')
        .where('customerId', '=', customerId)
        .where('status', 'in', ['completed', 'failed'])
        .executeTakeFirst();
      return Number(numDeletedRows);
    },

    async hasOpen(subscriptionId: string): Promise<boolean> {
      return (await selectOpen({ subscriptionId, askedAfter: now() - ACCEPTANCE_SETTLES_MS })).length > 0;
    },

    /** Whether a purchase of this subscription was completed a moment ago. */
    async hasJustCompleted(subscriptionId: string): Promise<boolean> {
      const row = await store
        .selectFrom('fulfillments')
        .select('offerId')
        .where('subscriptionId', '=', subscriptionId)
        .where('status', '=', 'completed')
        .where('endedAt', '>', now() - ACCEPTANCE_SETTLES_MS)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
