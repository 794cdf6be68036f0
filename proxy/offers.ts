/**
 * Which offer this customer sees now, and who may act on it. An issued offer is kept until it expires or is acted upon:
 * the store is the cache, and the proof that the offer was issued to whoever acts on it.
 */
import * as v from 'valibot';
import type { Chargebee, PersonalizedOffer, Question } from './chargebee.js';
import { DISMISSAL_SETTLES_MS, NO_OFFER_TTL_MS, UNHEARD_DISMISSAL_MS } from './constants.js';
import { Offer, type OfferAnswer, type OfferEventType, type OfferRequest } from './contract.js';
import type { Counters } from './counters.js';
import type { Entitlements } from './entitlements.js';
import { ProxyError } from './errors.js';
import type { Customer } from './identity.js';
import type { Log } from './log.js';
import type { NewEntry, Outbox } from './outbox.js';
import { digest, toQuestion, type BrowserContext } from './question.js';
import { isSafeRedirect, type RedirectRules } from './redirect.js';
import type { Store } from './store.js';
import { UpstreamFailure } from './upstream.js';

export interface OffersOptions {
  readonly store: Store;
  readonly chargebee: Chargebee;
  readonly entitlements: Entitlements;
  readonly outbox: Outbox;
  readonly browserContext: BrowserContext;
  readonly redirects: RedirectRules;
  readonly counters: Counters;
  readonly now: () => number;
  readonly log: Log;
}

/** An offer as it was issued, with what stays in the proxy. */
export interface IssuedOffer {
  readonly offer: Offer;
  readonly baseOfferId: string;
  readonly isDismissed: boolean;
  /** By option id. */
  readonly redirectUrls: Readonly<Record<string, string>>;
}

const StoredOffer = v.pipe(v.string(), v.parseJson(), Offer);
const StoredUrls = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.string()));

export type Offers = ReturnType<typeof createOffers>;

export function createOffers(options: OffersOptions) {
  const { store, chargebee, entitlements, outbox, counters, now, log } = options;
  const asking = new Map<string, Promise<OfferAnswer>>();

  async function ask(customer: Customer, request: OfferRequest, userAgent: string | undefined): Promise<OfferAnswer> {
    const question = toQuestion(customer, request, { userAgent, browserContext: options.browserContext });
    const { feature, used } = request;
    if (feature === undefined) return find(question);
    const { access } = await entitlements.check(customer, feature, used);
    if (access === 'granted') return { access, offer: null, why: 'entitled' };
    if (access === 'unknown') return { access, offer: null, why: 'access_unknown' };
    return { access, ...(await find(question)) };
  }

  /** @throws ProxyError `not_found` when there is no such offer, or it is somebody else's: the two look the same. */
  async function issuedTo(customer: Customer, offerId: string): Promise<IssuedOffer> {
    const row = await store
      .selectFrom('issuedOffers')
      .selectAll()
      .where('id', '=', offerId)
      .where('customerId', '=', customer.customerId)
      .where('subscriptionId', '=', customer.subscriptionId)
      .executeTakeFirst();
    if (!row) throw new ProxyError('not_found');
    return {
      offer: v.parse(StoredOffer, row.offer),
      baseOfferId: row.baseOfferId,
      isDismissed: row.dismissedAt !== null,
      redirectUrls: v.parse(StoredUrls, row.redirectUrls),
    };
  }

  /** Durable when it returns; Chargebee hears of it later. */
  async function record(customer: Customer, offerId: string, type: OfferEventType): Promise<void> {
    const { isDismissed } = await issuedTo(customer, offerId);
    const entry = { queue: offerId, kind: type, reason: null };
    // A second dismissal of the same offer says nothing new.
    if (type === 'dismissed' && isDismissed) return;
    await (type === 'dismissed' ? dismiss(entry) : outbox.add(entry));
    outbox.wake();
  }

  /** Stopped between the two, the event is told twice when the customer asks again: better than never. */
  async function dismiss(entry: NewEntry): Promise<void> {
    await outbox.add(entry);
    await store
      .updateTable('issuedOffers')
      .set({ endedAt: now(), dismissedAt: now() })
      .where('id', '=', entry.queue)
      .execute();
  }

  /** After an acceptance nobody of this subscription is offered the same again from here. */
  async function end(subscriptionId: string, baseOfferId: string): Promise<void> {
    await store
      .updateTable('issuedOffers')
      .set({ endedAt: now() })
      .where('subscriptionId', '=', subscriptionId)
      .where('baseOfferId', '=', baseOfferId)
      .where('endedAt', 'is', null)
      .execute();
  }

  /** The same question at the same moment is one call. */
  function find(question: Question): Promise<OfferAnswer> {
    const key = digest(question);
    const underWay = asking.get(key);
    if (underWay) return underWay;
    const answer = answerTo(question, key).finally(() => asking.delete(key));
    asking.set(key, answer);
    return answer;
  }

  async function answerTo(question: Question, key: string): Promise<OfferAnswer> {
    const kept = await findKept(key);
    counters.lookup({ kind: 'offer', result: kept ? 'hit' : 'miss' });
    if (kept) return kept;
    try {
      const offer = await chargebee.personalizedOffer(question);
      const answer = offer && (await issue(question.customer, key, offer));
      return answer ?? (await keepNone(key, question.customer));
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      log.warn({ err: error }, 'Failed to ask Chargebee for an offer; the customer sees none.');
      return { offer: null, why: error.kind === 'busy' ? 'budget' : 'upstream_unavailable' };
    }
  }

  async function findKept(question: string): Promise<OfferAnswer | undefined> {
    const row = await store
      .selectFrom('issuedOffers')
      .select('offer')
      .where('question', '=', question)
      .where('expiresAt', '>', now())
      .where('endedAt', 'is', null)
      .orderBy('expiresAt', 'desc')
      .executeTakeFirst();
    if (row) return { offer: v.parse(StoredOffer, row.offer) };
    const none = await store
      .selectFrom('unoffered')
      .select('until')
      .where('question', '=', question)
      .where('until', '>', now())
      .executeTakeFirst();
    return none && { offer: null, why: 'no_match' };
  }

  async function keepNone(question: string, { subscriptionId }: Customer): Promise<OfferAnswer> {
    const until = now() + NO_OFFER_TTL_MS;
    await store
      .insertInto('unoffered')
      .values({ question, subscriptionId, until })
      .onConflict((conflict) => conflict.column('question').doUpdateSet({ until }))
      .execute();
    return { offer: null, why: 'no_match' };
  }

  /** @returns undefined when there is nothing in it that this customer may be shown. */
  async function issue(
    customer: Customer,
    question: string,
    sent: PersonalizedOffer,
  ): Promise<OfferAnswer | undefined> {
    const { baseOfferId, options: sentOptions, ...content } = sent;
    const isUsable = ({ redirectUrl }: (typeof sentOptions)[number]) =>
      redirectUrl === undefined || isSafeRedirect(redirectUrl, options.redirects);
    const usable = sentOptions.filter(isUsable);
    if (usable.length < sentOptions.length) {
      log.error(
        { offerId: sent.id, baseOfferId },
        'Left out an option of an offer: its redirect URL is not https, or its host is not in ALLOWED_REDIRECT_HOSTS.',
      );
    }
    const hasEnded = sent.expiresAt <= now() || (await isJustDismissed(customer, baseOfferId));
    if (usable.length === 0 || hasEnded) return undefined;

    const offer: Offer = { ...content, options: usable.map(({ id, label }) => ({ id, label })) };
    const urls = usable.flatMap(({ id, redirectUrl }) => (redirectUrl ? [[id, redirectUrl] as const] : []));
    const answer = {
      question,
      offer: JSON.stringify(offer),
      redirectUrls: JSON.stringify(Object.fromEntries(urls)),
      expiresAt: offer.expiresAt,
    };
    const { customerId, subscriptionId, userId = '' } = customer;
    await store
      .insertInto('issuedOffers')
      .values({
        id: offer.id,
        baseOfferId,
        customerId,
        subscriptionId,
        userId,
        ...answer,
        endedAt: null,
        dismissedAt: null,
      })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet(answer)
          .where('issuedOffers.customerId', '=', customerId)
          .where('issuedOffers.subscriptionId', '=', subscriptionId),
      )
      .execute();
    return { offer };
  }

  /** Chargebee may not have heard of a dismissal yet, or takes no events at all, and would send the same offer again. */
  async function isJustDismissed(
    { customerId, subscriptionId, userId = '' }: Customer,
    baseOfferId: string,
  ): Promise<boolean> {
    const row = await store
      .selectFrom('issuedOffers')
      .select('id')
      .where('customerId', '=', customerId)
      .where('subscriptionId', '=', subscriptionId)
      .where('userId', '=', userId)
      .where('baseOfferId', '=', baseOfferId)
      .where(({ or, eb, exists, selectFrom }) =>
        or([
          eb('dismissedAt', '>', now() - DISMISSAL_SETTLES_MS),
          exists(
            selectFrom('outbox')
              .select('outbox.id')
              .whereRef('outbox.queue', '=', 'issuedOffers.id')
              .where('outbox.kind', '=', 'dismissed')
              .where(({ or: either, eb: is }) =>
                either([is('outbox.diedAt', 'is', null), is('outbox.diedAt', '>', now() - UNHEARD_DISMISSAL_MS)]),
              ),
          ),
        ]),
      )
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  return { ask, issuedTo, record, end };
}
