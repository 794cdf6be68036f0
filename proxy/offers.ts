/**
 * Which offer this customer sees now, and who may act on it. An issued offer is kept until it expires or is acted upon:
 * the store is the cache, and the proof that the offer was issued to whoever acts on it.
 */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { Chargebee, PersonalizedOffer } from './chargebee.js';
import type { ContextType } from './config.js';
import { ENDED_OFFER_QUIET_MS } from './constants.js';
import { Offer, type Context, type OfferAnswer, type OfferEventType, type OfferRequest } from './contract.js';
import type { Entitlements } from './entitlements.js';
import { ProxyError } from './errors.js';
import type { Customer } from './identity.js';
import type { Log } from './log.js';
import type { Outbox } from './outbox.js';
import { isSafeRedirect } from './redirect.js';
import type { Store } from './store.js';
import { UpstreamFailure } from './upstream.js';

export interface OffersOptions {
  readonly store: Store;
  readonly chargebee: Chargebee;
  readonly entitlements: Entitlements;
  readonly outbox: Outbox;
  readonly browserContext: Readonly<Record<string, ContextType>>;
  readonly redirectHosts: readonly string[];
  readonly now: () => number;
  readonly log: Log;
}

/** An offer as it was issued, with what stays in the proxy. */
export interface IssuedOffer {
  readonly offer: Offer;
  readonly baseOfferId: string;
  /** By option id. */
  readonly redirectUrls: Readonly<Record<string, string>>;
}

const StoredOffer = v.pipe(v.string(), v.parseJson(), Offer);
const StoredUrls = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.string()));

export type Offers = ReturnType<typeof createOffers>;

export function createOffers(options: OffersOptions) {
  const { store, chargebee, entitlements, outbox, now, log } = options;

  async function ask(customer: Customer, request: OfferRequest, userAgent: string | undefined): Promise<OfferAnswer> {
    checkContext(request.context, options.browserContext);
    const { feature } = request;
    if (feature === undefined) return find(customer, request, userAgent);
    const { access } = await entitlements.check(customer.subscriptionId, feature, request.used);
    if (access === 'granted') return { access, offer: null, why: 'entitled' };
    if (access === 'unknown') return { access, offer: null, why: 'access_unknown' };
    return { access, ...(await find(customer, request, userAgent)) };
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
      redirectUrls: v.parse(StoredUrls, row.redirectUrls),
    };
  }

  /** Durable when it returns; Chargebee hears of it later. A second dismissal of the same offer says nothing new. */
  async function record(customer: Customer, offerId: string, type: OfferEventType): Promise<void> {
    await issuedTo(customer, offerId);
    await store.transaction().execute(async (transaction) => {
      if (type === 'dismissed') {
        const { numUpdatedRows } = await transaction
          .updateTable('issuedOffers')
          .set({ endedAt: now() })
          .where('id', '=', offerId)
          .where('endedAt', 'is', null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return;
      }
      await outbox.add(transaction, { queue: offerId, kind: type, reason: null });
    });
    outbox.wake();
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

  async function find(customer: Customer, request: OfferRequest, userAgent: string | undefined): Promise<OfferAnswer> {
    const custom: Context = {
      ...request.context,
      ...customer.custom,
      ...(request.feature && { [featureFlag(request.feature)]: false }),
    };
    const question = digest(customer, custom, request.page?.locale);
    const kept = await findKept(question);
    if (kept) return { offer: kept };
    try {
      const offer = await chargebee.personalizedOffer({ customer, custom, page: { ...request.page, userAgent } });
      return offer ? await issue(customer, question, offer) : { offer: null, why: 'no_match' };
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      log.warn({ err: error }, 'Failed to ask Chargebee for an offer; the customer sees none.');
      return { offer: null, why: error.kind === 'busy' ? 'budget' : 'upstream_unavailable' };
    }
  }

  async function findKept(question: string): Promise<Offer | undefined> {
    const row = await store
      .selectFrom('issuedOffers')
      .select('offer')
      .where('question', '=', question)
      .where('expiresAt', '>', now())
      .where('endedAt', 'is', null)
      .orderBy('expiresAt', 'desc')
      .executeTakeFirst();
    return row && v.parse(StoredOffer, row.offer);
  }

  async function issue(customer: Customer, question: string, sent: PersonalizedOffer): Promise<OfferAnswer> {
    const { baseOfferId, options: sentOptions, ...content } = sent;
    const isUsable = ({ redirectUrl }: (typeof sentOptions)[number]) =>
      redirectUrl === undefined || isSafeRedirect(redirectUrl, options.redirectHosts);
    const usable = sentOptions.filter(isUsable);
    if (usable.length < sentOptions.length) {
      log.error(
        { offerId: sent.id, baseOfferId },
        'Left out an option of an offer: its redirect URL is not https, or its host is not in ALLOWED_REDIRECT_HOSTS.',
      );
    }
    const hasEnded = sent.expiresAt <= now() || (await hasJustEnded(customer, baseOfferId));
    if (usable.length === 0 || hasEnded) return { offer: null, why: 'no_match' };

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
      .values({ id: offer.id, baseOfferId, customerId, subscriptionId, userId, ...answer, endedAt: null })
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

  /** Chargebee may not have heard of a dismissal yet, and would send the same offer again. */
  async function hasJustEnded(
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
          eb('endedAt', '>', now() - ENDED_OFFER_QUIET_MS),
          exists(
            selectFrom('outbox')
              .select('outbox.id')
              .whereRef('outbox.queue', '=', 'issuedOffers.id')
              .where('outbox.kind', '=', 'dismissed')
              .where('outbox.diedAt', 'is', null),
          ),
        ]),
      )
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  return { ask, issuedTo, record, end };
}

/** `advanced-analytics` becomes `has_advanced_analytics`, the field that the tutorial's audience rule reads. */
function featureFlag(feature: string): string {
  return `has_${feature.replaceAll('-', '_')}`.toLowerCase();
}

function checkContext(context: Context | undefined, allowed: Readonly<Record<string, ContextType>>): void {
  for (const [field, value] of Object.entries(context ?? {})) {
    const type = Object.hasOwn(allowed, field) ? allowed[field] : undefined;
    if (type === typeof value) continue;
    const mend = type
      ? `it must be a ${type}`
      : `add "${field}:${typeof value}" to BROWSER_CONTEXT, or sign it into the token`;
    throw new ProxyError('context_not_allowed', `context.${field}: ${mend}.`);
  }
}

/** The page is left out: the same offer on every page, until it ends. The language is in: the offer may be written in it. */
function digest(customer: Customer, custom: Context, locale: string | undefined): string {
  const fields = Object.entries(custom).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([customer, fields, locale]))
    .digest('base64url');
}
