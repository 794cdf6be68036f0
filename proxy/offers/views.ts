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

/** What the condition of a query needs: the person, and when the time of each rule began. */
export type CapValues = Person & Readonly<Record<`since${number}`, number>>;

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

  const selectReached = preparedQuery(store, (value: Placeholders<CapValues & Pick<Row, 'campaignId'>>) =>
    store.selectNoFrom(reached(value, value('campaignId')).as('isReached')),
  );

  /**
   * A condition for a query: the person has seen as many as a rule allows. One read of an index for each rule.
   * @param campaignId without it, only the rules for all campaigns together count.
   */
  function reached(
    value: Placeholders<CapValues>,
    campaignId?: Expression<string>,
  ): ExpressionWrapper<Schema, never, SqlBool> {
    const { or, exists, selectFrom } = expressionBuilder<Schema>();
    const counted = caps.flatMap((cap, index) => {
      const views = selectFrom('offerViews')
        .select('viewedAt')
        .where('customerId', '=', value('customerId'))
        .where('subscriptionId', '=', value('subscriptionId'))
        .where('userId', '=', value('userId'))
        .where('viewedAt', '>', value(`since${index}`))
        // The last one that is allowed. Literals, because to bind a value costs as much as to compare it.
        .limit(sql.lit(1))
        .offset(sql.lit(cap.views - 1));
      if (cap.scope === 'all') return [exists(views)];
      return campaignId ? [exists(views.where('campaignId', '=', campaignId))] : [];
    });
    return or(counted);
  }

  /** The values of that condition. */
  function valuesFor(customer: Customer): CapValues {
    const starts = Object.fromEntries(caps.map((cap, index) => [`since${index}`, since(cap)]));
    return { ...personOf(customer), ...starts };
  }

  return {
    hasRules: caps.length > 0,
    reached,
    valuesFor,

    /** Whether this person may not be shown an offer of this campaign that they have not asked for. */
    async areReached(customer: Customer, campaignId: string): Promise<boolean> {
      const [row] = await selectReached({ ...valuesFor(customer), campaignId });
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
