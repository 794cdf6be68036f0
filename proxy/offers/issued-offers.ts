/**
 * The offers that were issued: the answer to a question that was asked before, and the proof that an offer was issued to
 * the customer who acts on it. Whether Chargebee is asked, and what of its answer is shown, is decided in `offers.ts`.
 * The only SQL of the tables `issued_offers`, `offer_answers`, `unoffered` and `unanswered`.
 */
import { sql, type RawBuilder, type Selectable } from 'kysely';
import * as v from 'valibot';
import {
  DISMISSALS_COMPARED,
  DISMISSAL_SETTLES_MS,
  ISSUED_OFFERS_KEPT_MS,
  NO_OFFER_TTL_MS,
  REFUSED_QUESTION_TTL_MS,
} from '../constants.js';
import { Offer } from '../contract.js';
import type { Customer } from '../customer.js';
import { RequestError } from '../errors.js';
import { preparedQuery, type Placeholders } from '../store/prepared-query.js';
import type { Schema, Store } from '../store/store.js';
import { createViews, type Views } from './views.js';

type Row = Selectable<Schema['issuedOffers']>;

/** What an operator sees of an issued offer. */
export type IssuedRow = Pick<
  Row,
  'id' | 'baseOfferId' | 'subscriptionId' | 'userId' | 'expiresAt' | 'endedAt' | 'dismissedAt'
>;

/** An offer as it was issued, with what the browser does not get. */
export interface IssuedOffer {
  readonly offer: Offer;
  readonly baseOfferId: string;
  /** By option id. */
  readonly redirectUrls: Readonly<Record<string, string>>;
}

/** An offer that this customer may act on. */
export interface IssuedToCustomer extends IssuedOffer {
  readonly isDismissed: boolean;
  /** It was dismissed, or was issued before somebody on the subscription accepted the same configured offer. */
  readonly isEnded: boolean;
}

export interface Dismissal {
  readonly offerId: string;
  readonly dismissedAt: number;
}

const StoredOffer = v.pipe(v.string(), v.parseJson(), Offer);
const StoredUrls = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.string()));

/** What the store knows of a question that it has no offer for. */
const NONE = 'none';
const UNANSWERED = 'unanswered';
/** What it knows of an offer that this person has seen often enough. */
const CAPPED = 'capped';

export type IssuedOffers = ReturnType<typeof createIssuedOffers>;

interface IssuedOffersOptions {
  readonly store: Store;
  readonly now: () => number;
  /** What limits the offers that nobody has asked for. Only questions need it. */
  readonly views?: Pick<Views, 'reached' | 'areReached'>;
}

type AnswerValues = Pick<Row, 'question' | 'customerId' | 'subscriptionId' | 'userId'> & {
  readonly at: number;
  readonly noneUntil: number;
  readonly unansweredUntil: number;
};

export function createIssuedOffers({ store, now, views = createViews({ store, now, caps: [] }) }: IssuedOffersOptions) {
  /**
   * All tables in one query, because every page load waits for it. `coalesce` looks into the others only if there is no offer
   * (https://sqlite.org/lang_corefunc.html#coalesce, and the same in PostgreSQL).
   */
  const selectAnswer = preparedQuery(store, (value: Placeholders<AnswerValues>) =>
    answerQuery(value, sql.ref('offer')),
  );

  /** The same, for a person who may have seen as many as they may. */
  const selectCappedAnswer = preparedQuery(store, (value: Placeholders<AnswerValues>) => {
    const isReached = views.reached({
      customerId: sql.ref('issuedOffers.customerId'),
      subscriptionId: sql.ref('issuedOffers.subscriptionId'),
      // Another user of the subscription may have been given the same offer.
      userId: value('userId'),
      campaignId: sql.ref('issuedOffers.baseOfferId'),
      at: value('at'),
    });
    return answerQuery(value, sql`case when ${isReached} then ${sql.lit(CAPPED)} else ${sql.ref('offer')} end`);
  });

  function answerQuery(value: Placeholders<AnswerValues>, offer: RawBuilder<string>) {
    return store.selectNoFrom(({ fn, selectFrom }) =>
      fn
        .coalesce(
          selectFrom('offerAnswers')
            .innerJoin('issuedOffers', 'issuedOffers.id', 'offerAnswers.offerId')
            .select(offer.as('offer'))
            .where('offerAnswers.question', '=', value('question'))
            .where('customerId', '=', value('customerId'))
            .where('subscriptionId', '=', value('subscriptionId'))
            .where('expiresAt', '>', value('at'))
            .where('endedAt', 'is', null),
          selectFrom('unoffered')
            .select(sql.lit(NONE).as('word'))
            .where('question', '=', value('question'))
            .where('until', '>', value('at'))
            // A later end than any was written by a wrong clock.
            .where('until', '<=', value('noneUntil')),
          selectFrom('unanswered')
            .select(sql.lit(UNANSWERED).as('word'))
            .where('question', '=', value('question'))
            .where('until', '>', value('at'))
            .where('until', '<=', value('unansweredUntil')),
        )
        .as('answer'),
    );
  }

  const selectIssued = preparedQuery(store, (value: Placeholders<Pick<Row, 'id' | 'customerId' | 'subscriptionId'>>) =>
    store
      .selectFrom('issuedOffers')
      .select(['offer', 'baseOfferId', 'redirectUrls', 'dismissedAt', 'endedAt'])
      .where('id', '=', value('id'))
      .where('customerId', '=', value('customerId'))
      .where('subscriptionId', '=', value('subscriptionId')),
  );

  /**
   * What was dismissed or accepted under the same id comes back if Chargebee offers it again, but not what was dismissed
   * while Chargebee was asked.
   */
  const insert = preparedQuery(
    store,
    (value: Placeholders<Omit<Row, 'endedAt' | 'dismissedAt'> & { settledSince: number; farthest: number }>) =>
      store
        .insertInto('issuedOffers')
        .values({
          id: value('id'),
          baseOfferId: value('baseOfferId'),
          customerId: value('customerId'),
          subscriptionId: value('subscriptionId'),
          userId: value('userId'),
          question: value('question'),
          offer: value('offer'),
          redirectUrls: value('redirectUrls'),
          expiresAt: value('expiresAt'),
        })
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet(({ ref, eb }) => {
              const justDismissed = eb
                .case()
                .when(eb.between('issuedOffers.dismissedAt', value('settledSince'), value('farthest')))
                .then(ref('issuedOffers.dismissedAt'))
                .else(null)
                .end();
              return {
                question: ref('excluded.question'),
                offer: ref('excluded.offer'),
                redirectUrls: ref('excluded.redirectUrls'),
                expiresAt: ref('excluded.expiresAt'),
                endedAt: justDismissed,
                dismissedAt: justDismissed,
              };
            })
            .whereRef('issuedOffers.customerId', '=', 'excluded.customerId')
            .whereRef('issuedOffers.subscriptionId', '=', 'excluded.subscriptionId'),
        )
        .returning('endedAt'),
  );

  const insertAnswer = preparedQuery(store, (value: Placeholders<Selectable<Schema['offerAnswers']>>) =>
    store
      .insertInto('offerAnswers')
      .values({ question: value('question'), offerId: value('offerId'), until: value('until') })
      .onConflict((conflict) =>
        conflict
          .column('question')
          .doUpdateSet(({ ref }) => ({ offerId: ref('excluded.offerId'), until: ref('excluded.until') })),
      ),
  );

  const selectDismissed = preparedQuery(
    store,
    (value: Placeholders<Pick<Row, 'customerId' | 'subscriptionId' | 'userId' | 'baseOfferId'>>) =>
      store
        .selectFrom('issuedOffers')
        .select(['id as offerId', 'dismissedAt'])
        .where('customerId', '=', value('customerId'))
        .where('subscriptionId', '=', value('subscriptionId'))
        .where('userId', '=', value('userId'))
        .where('baseOfferId', '=', value('baseOfferId'))
        .where('dismissedAt', 'is not', null)
        .$narrowType<{ dismissedAt: number }>()
        .orderBy('dismissedAt', 'desc')
        .limit(DISMISSALS_COMPARED),
  );

  return {
    /**
     * @param isCapped whether it counts how many offers this person has seen.
     * @returns an offer, that this person has seen as many as they may, or what was so a moment ago: Chargebee had none, or it
     * refused the question or did not answer it. Undefined if Chargebee has to be asked.
     */
    async storedAnswer(
      question: string,
      customer: Customer,
      isCapped: boolean,
    ): Promise<Offer | typeof NONE | typeof UNANSWERED | typeof CAPPED | undefined> {
      const { customerId, subscriptionId, userId = '' } = customer;
      const at = now();
      const noneUntil = at + NO_OFFER_TTL_MS;
      const unansweredUntil = at + REFUSED_QUESTION_TTL_MS;
      const select = isCapped ? selectCappedAnswer : selectAnswer;
      const [stored] = await select({ question, customerId, subscriptionId, userId, at, noneUntil, unansweredUntil });
      const answer = stored?.answer ?? undefined;
      // Chargebee need not be asked for a person who may see no offer at all.
      if (answer === undefined) return isCapped && (await views.areReached(customer)) ? CAPPED : undefined;
      if (answer === NONE || answer === UNANSWERED || answer === CAPPED) return answer;
      // Parsed before it was written. Parsing it again at every page load would cost more than reading it.
      return JSON.parse(answer);
    },

    /** @throws RequestError `not_found` if there is no such offer or it is another customer's; the two look the same. */
    async issuedTo({ customerId, subscriptionId }: Customer, id: string): Promise<IssuedToCustomer> {
      const [row] = await selectIssued({ id, customerId, subscriptionId });
      if (!row) throw new RequestError('not_found');
      return {
        offer: v.parse(StoredOffer, row.offer),
        baseOfferId: row.baseOfferId,
        isDismissed: row.dismissedAt !== null,
        isEnded: row.endedAt !== null,
        redirectUrls: v.parse(StoredUrls, row.redirectUrls),
      };
    },

    /** @returns false if it was dismissed meanwhile, or its id is another customer's. */
    async storeOffer(
      question: string,
      { customerId, subscriptionId, userId = '' }: Customer,
      issued: IssuedOffer,
    ): Promise<boolean> {
      const { id: offerId, expiresAt: until } = issued.offer;
      const storing = insert({
        id: offerId,
        baseOfferId: issued.baseOfferId,
        customerId,
        subscriptionId,
        userId,
        question,
        offer: JSON.stringify(issued.offer),
        redirectUrls: JSON.stringify(issued.redirectUrls),
        expiresAt: until,
        settledSince: now() - DISMISSAL_SETTLES_MS,
        farthest: now() + DISMISSAL_SETTLES_MS,
      });
      // Both at once wait for the disk once. An answer whose offer has ended, or is another customer's, is none.
      const [[stored]] = await Promise.all([storing, insertAnswer({ question, offerId, until })]);
      return stored?.endedAt === null;
    },

    async storeNone(question: string, { subscriptionId }: Customer): Promise<void> {
      const until = now() + NO_OFFER_TTL_MS;
      await store
        .insertInto('unoffered')
        .values({ question, subscriptionId, until })
        .onConflict((conflict) => conflict.column('question').doUpdateSet({ until }))
        .execute();
    },

    /** @returns which of these questions or acceptances Chargebee refused a moment ago, or did not answer, and its end. */
    findUnanswered(questions: readonly string[]): Promise<Selectable<Schema['unanswered']> | undefined> {
      return (
        store
          .selectFrom('unanswered')
          .selectAll()
          .where('question', 'in', questions)
          .where('until', '>', now())
          // A later end than any was written by a wrong clock.
          .where('until', '<=', now() + REFUSED_QUESTION_TTL_MS)
          .limit(1)
          .executeTakeFirst()
      );
    },

    async storeUnanswered(question: string, forMs: number): Promise<void> {
      const until = now() + forMs;
      await store
        .insertInto('unanswered')
        .values({ question, until })
        .onConflict((conflict) => conflict.column('question').doUpdateSet({ until }))
        .execute();
    },

    /** After a fulfillment has ended, Chargebee may have an offer where it had none. */
    async forgetNone(subscriptionId: string): Promise<void> {
      await store.deleteFrom('unoffered').where('subscriptionId', '=', subscriptionId).execute();
    },

    /** @returns this user's dismissals of one configured offer, the newest first. */
    dismissalsOf(
      { customerId, subscriptionId, userId = '' }: Customer,
      baseOfferId: string,
    ): Promise<readonly Dismissal[]> {
      return selectDismissed({ customerId, subscriptionId, userId, baseOfferId });
    },

    async dismiss(id: string): Promise<void> {
      await store
        .updateTable('issuedOffers')
        .set({ endedAt: now(), dismissedAt: now() })
        .where('id', '=', id)
        .execute();
    },

    /** After an acceptance, nobody on this subscription gets the same offer from the store again. */
    async end(subscriptionId: string, baseOfferId: string): Promise<void> {
      await store
        .updateTable('issuedOffers')
        .set({ endedAt: now() })
        .where('subscriptionId', '=', subscriptionId)
        .where('baseOfferId', '=', baseOfferId)
        .where('endedAt', 'is', null)
        .execute();
    },

    /** All that were issued to this customer, those that end last first. */
    listOf(customerId: string): Promise<IssuedRow[]> {
      return store
        .selectFrom('issuedOffers')
        .select(['id', 'baseOfferId', 'subscriptionId', 'userId', 'expiresAt', 'endedAt', 'dismissedAt'])
        .where('customerId', '=', customerId)
        .orderBy('expiresAt', 'desc')
        .execute();
    },

    /** @returns the subscriptions of these for which Chargebee had no offer a moment ago. */
    async unofferedOf(subscriptionIds: readonly string[]): Promise<string[]> {
      if (subscriptionIds.length === 0) return [];
      const rows = await store
        .selectFrom('unoffered')
        .select('subscriptionId')
        .distinct()
        .where('subscriptionId', 'in', subscriptionIds)
        .where('until', '>', now())
        .execute();
      return rows.map(({ subscriptionId }) => subscriptionId);
    },

    /** @param ids at least one. @returns how many of these offers it has removed. */
    async forget(ids: readonly string[]): Promise<number> {
      await store.deleteFrom('offerAnswers').where('offerId', 'in', ids).execute();
      const { numDeletedRows } = await store.deleteFrom('issuedOffers').where('id', 'in', ids).executeTakeFirst();
      return Number(numDeletedRows);
    },

    async removeOld(): Promise<void> {
      const ended = now() - ISSUED_OFFERS_KEPT_MS;
      await store
        .deleteFrom('issuedOffers')
        .where('expiresAt', '<', ended)
        .where(({ or, eb }) => or([eb('dismissedAt', 'is', null), eb('dismissedAt', '<', ended)]))
        .execute();
      await store.deleteFrom('offerAnswers').where('until', '<', now()).execute();
      await store.deleteFrom('unoffered').where('until', '<', now()).execute();
      await store.deleteFrom('unanswered').where('until', '<', now()).execute();
    },
  };
}
