/**
 * Who has seen which campaign without asking for it, and how often that may be: the rules of `OFFER_CAPS`. The views are in
 * the store, so they count for all tabs, devices and instances together. Without rules, nothing is counted. The only SQL of
 * the table `offer_views`.
 */
import { expressionBuilder, sql, type Expression, type ExpressionWrapper, type Selectable, type SqlBool } from 'kysely';
import type { Cap } from '../config.js';
import { CLOCKS_DIFFER_MS } from '../constants.js';
import type { Customer } from '../customer.js';
import { preparedQuery, type Placeholders } from '../store/prepared-query.js';
import type { Schema, Store } from '../store/store.js';

type Row = Selectable<Schema['offerViews']>;
type Person = Pick<Row, 'customerId' | 'subscriptionId' | 'userId'>;
type CapValues = Person & Pick<Row, 'campaignId'> & { readonly at: number };

/** Whose views of which campaign count now: values, or columns of the query that they are counted in. */
type Counted = { readonly [Name in keyof CapValues]: Expression<CapValues[Name]> };

interface Viewed {
  readonly offerId: string;
  readonly campaignId: string;
  /** Absent: it is no view that was reported before. */
  readonly display: string | undefined;
}

/** How often a person has seen a campaign without asking for it, and which rules that has used up. */
export interface SeenCampaign extends Pick<Row, 'campaignId' | 'subscriptionId' | 'userId'> {
  readonly views: number;
  readonly lastAt: number;
  readonly reached: readonly string[];
}

export type Views = ReturnType<typeof createViews>;

export function createViews({ store, now, caps }: { store: Store; now: () => number; caps: readonly Cap[] }) {
  const since = ({ withinMs }: Cap) => Math.max(0, now() - withinMs);

  const insert = preparedQuery(store, (value: Placeholders<Row>) =>
    store
      .insertInto('offerViews')
      .values({
        offerId: value('offerId'),
        display: value('display'),
        campaignId: value('campaignId'),
        customerId: value('customerId'),
        subscriptionId: value('subscriptionId'),
        userId: value('userId'),
        viewedAt: value('viewedAt'),
      })
      .onConflict((conflict) => conflict.doNothing()),
  );

  const selectReached = preparedQuery(store, (value: Placeholders<CapValues>) =>
    store.selectNoFrom(
      reached({
        customerId: value('customerId'),
        subscriptionId: value('subscriptionId'),
        userId: value('userId'),
        campaignId: value('campaignId'),
        at: value('at'),
      }).as('isReached'),
    ),
  );

  /**
   * A condition for a query: the person has seen as many as a rule allows. One read of an index for each rule. Give it the
   * columns that the query has anyway, because to bind a value costs as much as that read.
   */
  function reached(counted: Counted): ExpressionWrapper<Schema, never, SqlBool> {
    const { or, exists, selectFrom } = expressionBuilder<Schema>();
    const rules = caps.map(({ scope, views, withinMs }) =>
      exists(
        selectFrom('offerViews')
          .select('viewedAt')
          .where('customerId', '=', counted.customerId)
          .where('subscriptionId', '=', counted.subscriptionId)
          .where('userId', '=', counted.userId)
          .$if(scope === 'campaign', (seen) => seen.where('campaignId', '=', counted.campaignId))
          .$if(withinMs !== Infinity, (seen) =>
            // Without the cast, PostgreSQL would take the time for an integer of 4 bytes.
            seen.where('viewedAt', '>', sql<number>`${counted.at} - cast(${sql.lit(withinMs)} as bigint)`),
          )
          // The last one that is allowed.
          .limit(sql.lit(1))
          .offset(sql.lit(views - 1)),
      ),
    );
    return or(rules);
  }

  return {
    hasRules: caps.length > 0,
    reached,

    /**
     * Whether this person may not be shown an offer of this campaign that they have not asked for.
     * @param campaignId without it, only the rules for all campaigns together count.
     */
    async areReached(customer: Customer, campaignId = ''): Promise<boolean> {
      const [row] = await selectReached({ ...personOf(customer), campaignId, at: now() });
      return Boolean(row?.isReached);
    },

    /** Counts a view that nobody had asked for, once. */
    async add(customer: Customer, { offerId, campaignId, display = crypto.randomUUID() }: Viewed): Promise<void> {
      if (caps.length === 0) return;
      await insert({ ...personOf(customer), offerId, campaignId, display, viewedAt: now() });
    },

    /** By campaign, the one that was seen last first. */
    async listOf(customerId: string): Promise<SeenCampaign[]> {
      const rows = await store
        .selectFrom('offerViews')
        .selectAll()
        .where('customerId', '=', customerId)
        .orderBy('viewedAt', 'desc')
        .execute();
      const lastOfEach = rows.filter((row, index) => rows.findIndex(isOf(row, 'campaign')) === index);
      return lastOfEach.map((last) => {
        const { campaignId, subscriptionId, userId, viewedAt: lastAt } = last;
        const reached = caps.filter(
          (cap) =>
            rows.filter(isOf(last, cap.scope)).filter(({ viewedAt }) => viewedAt > since(cap)).length >= cap.views,
        );
        const views = rows.filter(isOf(last, 'campaign')).length;
        return { campaignId, subscriptionId, userId, views, lastAt, reached: reached.map(({ rule }) => rule) };
      });
    },

    /** @returns how many views of this customer it has removed. */
    async forget(customerId: string): Promise<number> {
      const { numDeletedRows } = await store
        .deleteFrom('offerViews')
        .where('customerId', '=', customerId)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },

    /** What no rule counts any more, and what a clock that was wrong has written. */
    async removeOld(): Promise<void> {
      const longestMs = Math.max(0, ...caps.map(({ withinMs }) => withinMs));
      await store
        .deleteFrom('offerViews')
        .where(({ or, eb }) =>
          or([eb('viewedAt', '<=', Math.max(0, now() - longestMs)), eb('viewedAt', '>', now() + CLOCKS_DIFFER_MS)]),
        )
        .execute();
    },
  };
}

/** Of the same person, and of the same campaign where each counts by itself. */
function isOf(one: Row, scope: Cap['scope']) {
  return (other: Row) =>
    one.subscriptionId === other.subscriptionId &&
    one.userId === other.userId &&
    (scope === 'all' || one.campaignId === other.campaignId);
}

function personOf({ customerId, subscriptionId, userId = '' }: Customer): Person {
  return { customerId, subscriptionId, userId };
}
