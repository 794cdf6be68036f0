/**
 * The offers that were issued, as the store keeps them: what a question was answered with, and the proof that an offer was
 * issued to whoever acts on it. Whether Chargebee is asked, and what of its answer is shown, stands in `offers.ts`.
 */
import type { Selectable } from 'kysely';
import * as v from 'valibot';
import { DISMISSAL_SETTLES_MS, NO_OFFER_TTL_MS, UNHEARD_DISMISSAL_MS } from '../constants.js';
import { Offer } from '../contract.js';
import { ProxyError } from '../errors.js';
import type { Customer } from '../identity/identity.js';
import { prepare } from '../store/prepared-query.js';
import type { Schema, Store } from '../store/store.js';

type Row = Selectable<Schema['issuedOffers']>;

/** An offer as it was issued, with what stays in the proxy. */
export interface IssuedOffer {
  readonly offer: Offer;
  readonly baseOfferId: string;
  /** By option id. */
  readonly redirectUrls: Readonly<Record<string, string>>;
}

const StoredOffer = v.pipe(v.string(), v.parseJson(), Offer);
const StoredUrls = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.string()));

export type IssuedOffers = ReturnType<typeof createIssuedOffers>;

export function createIssuedOffers({ store, now }: { store: Store; now: () => number }) {
  const askAnswer = prepare(store, ({ question, at }: { question: string; at: number }) =>
    store.selectNoFrom(({ selectFrom, exists }) => [
      selectFrom('issuedOffers')
        .select('offer')
        .where('question', '=', question)
        .where('expiresAt', '>', at)
        .where('endedAt', 'is', null)
        .orderBy('expiresAt', 'desc')
        .limit(1)
        .as('offer'),
      exists(
        selectFrom('unoffered').select('unoffered.question').where('question', '=', question).where('until', '>', at),
      ).as('isNone'),
    ]),
  );

  const askIssued = prepare(store, (of: Pick<Row, 'id' | 'customerId' | 'subscriptionId'>) =>
    store
      .selectFrom('issuedOffers')
      .select(['offer', 'baseOfferId', 'redirectUrls', 'dismissedAt'])
      .where('id', '=', of.id)
      .where('customerId', '=', of.customerId)
      .where('subscriptionId', '=', of.subscriptionId),
  );

  const insert = prepare(store, (row: Omit<Row, 'endedAt' | 'dismissedAt'>) =>
    store
      .insertInto('issuedOffers')
      .values({
        id: row.id,
        baseOfferId: row.baseOfferId,
        customerId: row.customerId,
        subscriptionId: row.subscriptionId,
        userId: row.userId,
        question: row.question,
        offer: row.offer,
        redirectUrls: row.redirectUrls,
        expiresAt: row.expiresAt,
      })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet(({ ref }) => ({
            question: ref('excluded.question'),
            offer: ref('excluded.offer'),
            redirectUrls: ref('excluded.redirectUrls'),
            expiresAt: ref('excluded.expiresAt'),
          }))
          .whereRef('issuedOffers.customerId', '=', 'excluded.customerId')
          .whereRef('issuedOffers.subscriptionId', '=', 'excluded.subscriptionId'),
      ),
  );

  const askDismissed = prepare(
    store,
    (of: Pick<Row, 'customerId' | 'subscriptionId' | 'userId' | 'baseOfferId'> & { settled: number; heard: number }) =>
      store
        .selectFrom('issuedOffers')
        .select('id')
        .where('customerId', '=', of.customerId)
        .where('subscriptionId', '=', of.subscriptionId)
        .where('userId', '=', of.userId)
        .where('baseOfferId', '=', of.baseOfferId)
        .where('dismissedAt', 'is not', null)
        .where(({ or, eb, exists, selectFrom }) =>
          or([
            eb('dismissedAt', '>', of.settled),
            exists(
              selectFrom('outbox')
                .select('outbox.id')
                .whereRef('outbox.queue', '=', 'issuedOffers.id')
                .where('outbox.kind', '=', 'dismissed')
                .where((entry) => entry.or([entry('diedAt', 'is', null), entry('diedAt', '>', of.heard)])),
            ),
          ]),
        )
        .limit(1),
  );

  return {
    /** @returns null when Chargebee had no offer a moment ago, undefined when it has to be asked. */
    async answerTo(question: string): Promise<Offer | null | undefined> {
      const [answer] = await askAnswer({ question, at: now() });
      // Checked before it was written, and read at every page load: to check it again would cost more than to read it.
      if (answer?.offer) return JSON.parse(answer.offer);
      return answer?.isNone ? null : undefined;
    },

    /** @throws ProxyError `not_found` when there is no such offer, or it is somebody else's: the two look the same. */
    async issuedTo(
      { customerId, subscriptionId }: Customer,
      id: string,
    ): Promise<IssuedOffer & { isDismissed: boolean }> {
      const [row] = await askIssued({ id, customerId, subscriptionId });
      if (!row) throw new ProxyError('not_found');
      return {
        offer: v.parse(StoredOffer, row.offer),
        baseOfferId: row.baseOfferId,
        isDismissed: row.dismissedAt !== null,
        redirectUrls: v.parse(StoredUrls, row.redirectUrls),
      };
    },

    async keep(question: string, { customerId, subscriptionId, userId = '' }: Customer, issued: IssuedOffer) {
      await insert({
        id: issued.offer.id,
        baseOfferId: issued.baseOfferId,
        customerId,
        subscriptionId,
        userId,
        question,
        offer: JSON.stringify(issued.offer),
        redirectUrls: JSON.stringify(issued.redirectUrls),
        expiresAt: issued.offer.expiresAt,
      });
    },

    async keepNone(question: string, { subscriptionId }: Customer): Promise<void> {
      const until = now() + NO_OFFER_TTL_MS;
      await store
        .insertInto('unoffered')
        .values({ question, subscriptionId, until })
        .onConflict((conflict) => conflict.column('question').doUpdateSet({ until }))
        .execute();
    },

    /** Chargebee may not have heard of a dismissal yet, or takes no events at all, and would send the same offer again. */
    async isJustDismissed(
      { customerId, subscriptionId, userId = '' }: Customer,
      baseOfferId: string,
    ): Promise<boolean> {
      const settled = now() - DISMISSAL_SETTLES_MS;
      const heard = now() - UNHEARD_DISMISSAL_MS;
      const rows = await askDismissed({ customerId, subscriptionId, userId, baseOfferId, settled, heard });
      return rows.length > 0;
    },

    async dismiss(id: string): Promise<void> {
      await store
        .updateTable('issuedOffers')
        .set({ endedAt: now(), dismissedAt: now() })
        .where('id', '=', id)
        .execute();
    },

    /** After an acceptance nobody of this subscription is offered the same again from here. */
    async end(subscriptionId: string, baseOfferId: string): Promise<void> {
      await store
        .updateTable('issuedOffers')
        .set({ endedAt: now() })
        .where('subscriptionId', '=', subscriptionId)
        .where('baseOfferId', '=', baseOfferId)
        .where('endedAt', 'is', null)
        .execute();
    },
  };
}
