/**
 * One acceptance of one offer, however often and by however many it is asked. Chargebee takes no idempotency key here and
 * its duplicate error names no id, so a row is written before the call and the id after it. A call whose answer was lost
 * is asked again, and the duplicate error then tells that the first one went through.
 */
import type { Selectable } from 'kysely';
import { setTimeout as wait } from 'node:timers/promises';
import type { Chargebee, UpstreamFulfillment } from '../chargebee/chargebee.js';
import { ACCEPTANCE_ABANDONED_MS, ACCEPTANCE_LOOK_MS } from '../constants.js';
import type { AcceptedBy } from '../contract.js';
import type { Entitlements } from '../entitlements/entitlements.js';
import { ProxyError } from '../errors.js';
import type { Customer } from '../identity/identity.js';
import type { IssuedOffer, IssuedOffers } from '../offers/issued-offers.js';
import type { Log } from '../log.js';
import type { Schema, Store } from '../store/store.js';
import { UpstreamFailure } from '../chargebee/call.js';

export type Fulfillment = Selectable<Schema['fulfillments']>;

export interface AcceptanceOptions {
  readonly store: Store;
  readonly chargebee: Chargebee;
  readonly entitlements: Entitlements;
  readonly issuedOffers: IssuedOffers;
  readonly now: () => number;
  readonly log: Log;
}

export interface Accepted {
  readonly fulfillment: Fulfillment;
  /** Absent when this very request made the fulfillment. */
  readonly acceptedBefore?: AcceptedBy;
}

/**
 * @returns `accept(customer, offerId, optionId)`. It throws a ProxyError: `not_found` (also for another customer's offer),
 * `offer_expired`, `upstream_unavailable` (asking again is safe), `upstream_busy`, `upstream_refused`.
 */
export function createAcceptance({ store, chargebee, entitlements, issuedOffers, now, log }: AcceptanceOptions) {
  return async function accept(customer: Customer, offerId: string, optionId: string): Promise<Accepted> {
    const issued = await issuedOffers.issuedTo(customer, offerId);
    if (!issued.offer.options.some((option) => option.id === optionId)) throw new ProxyError('not_found');
    const earlier = await findEarlier(customer.subscriptionId, issued);
    if (earlier) return before(customer, await settled(earlier, issued));
    if (issued.offer.expiresAt <= now()) throw new ProxyError('offer_expired');
    const intent = await writeIntent(customer, issued, optionId);
    if (!intent) return before(customer, await settled(await get(offerId), issued));
    const fulfillment = await ask(intent, issued);
    return fulfillment.offerId === offerId && fulfillment.status !== 'unnamed'
      ? { fulfillment }
      : before(customer, fulfillment);
  };

  /** Of this offer, or of the same configured offer by anybody of this subscription: Chargebee takes only one of those. */
  function findEarlier(subscriptionId: string, { offer, baseOfferId }: IssuedOffer): Promise<Fulfillment | undefined> {
    return store
      .selectFrom('fulfillments')
      .selectAll()
      .where('subscriptionId', '=', subscriptionId)
      .where(({ or, and, eb }) =>
        or([
          eb('offerId', '=', offer.id),
          and([eb('baseOfferId', '=', baseOfferId), eb('status', 'in', ['in_progress', 'completed'])]),
        ]),
      )
      .orderBy('createdAt', 'desc')
      .executeTakeFirst();
  }

  /** @returns undefined when somebody else's row for this offer is there already. */
  function writeIntent(customer: Customer, { offer, baseOfferId }: IssuedOffer, optionId: string) {
    return store
      .insertInto('fulfillments')
      .values({
        offerId: offer.id,
        baseOfferId,
        optionId,
        customerId: customer.customerId,
        subscriptionId: customer.subscriptionId,
        userId: customer.userId ?? '',
        status: 'asking',
        createdAt: now(),
        checkedAt: now(),
      })
      .onConflict((conflict) => conflict.column('offerId').doNothing())
      .returningAll()
      .executeTakeFirst();
  }

  /** Asks Chargebee for the row that we hold. */
  async function ask(intent: Fulfillment, issued: IssuedOffer): Promise<Fulfillment> {
    try {
      const sent = await chargebee.createFulfillment(intent.offerId, intent.optionId);
      log.info({ fulfillmentId: sent.id, offerId: intent.offerId }, 'An offer was accepted.');
      return await keep(intent, sent, issued);
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      return await afterFailure(intent, issued, error);
    }
  }

  async function keep(intent: Fulfillment, sent: UpstreamFulfillment, issued: IssuedOffer): Promise<Fulfillment> {
    const fulfillment = await change(intent.offerId, {
      id: sent.id,
      status: sent.status,
      processingType: sent.processingType,
      // Chargebee's tutorial leaves the URL out of the fulfillment and sends the customer to the option's.
      redirectUrl: sent.redirectUrl ?? issued.redirectUrls[intent.optionId] ?? null,
      hostedPage: sent.hostedPage ? JSON.stringify(sent.hostedPage) : null,
      failureCode: sent.failureCode ?? null,
      checkedAt: now(),
    });
    await issuedOffers.end(intent.subscriptionId, intent.baseOfferId);
    await entitlements.forget(intent.subscriptionId);
    return fulfillment;
  }

  async function afterFailure(
    intent: Fulfillment,
    issued: IssuedOffer,
    failure: UpstreamFailure,
  ): Promise<Fulfillment> {
    if (failure.kind === 'unavailable') {
      // It may have gone through. The row stays; `checkedAt: 0` lets the next request ask again at once.
      await change(intent.offerId, { checkedAt: 0 });
      throw new ProxyError('upstream_unavailable', undefined, { cause: failure });
    }
    if (failure.kind === 'duplicate' || failure.kind === 'conflict') {
      const other = await findOther(intent);
      if (other) {
        await remove(intent.offerId);
        return settled(other, issued);
      }
      if (failure.kind === 'duplicate') {
        log.error(
          { offerId: intent.offerId, subscriptionId: intent.subscriptionId },
          'An offer was accepted under a fulfillment id that never reached us. Look it up in Chargebee and complete it there.',
        );
        await issuedOffers.end(intent.subscriptionId, intent.baseOfferId);
        return change(intent.offerId, { status: 'unnamed', checkedAt: now() });
      }
    }
    await remove(intent.offerId);
    if (failure.kind === 'busy') {
      throw new ProxyError('upstream_busy', undefined, { cause: failure, retryAfterMs: failure.retryAfterMs });
    }
    throw new ProxyError(failure.kind === 'not_found' ? 'offer_expired' : 'upstream_refused', undefined, {
      cause: failure,
    });
  }

  /** Waits while another request, here or in another instance, is asking; takes over from one that died. */
  async function settled(row: Fulfillment, issued: IssuedOffer): Promise<Fulfillment> {
    let fulfillment = row;
    while (fulfillment.status === 'asking') {
      if (now() - fulfillment.checkedAt > ACCEPTANCE_ABANDONED_MS) {
        const mine = await takeOver(fulfillment);
        if (mine) return ask(mine, issued);
      }
      await wait(ACCEPTANCE_LOOK_MS);
      fulfillment = await get(fulfillment.offerId);
    }
    return fulfillment;
  }

  function takeOver({ offerId, checkedAt }: Fulfillment): Promise<Fulfillment | undefined> {
    return store
      .updateTable('fulfillments')
      .set({ checkedAt: now() })
      .where('offerId', '=', offerId)
      .where('status', '=', 'asking')
      .where('checkedAt', '=', checkedAt)
      .returningAll()
      .executeTakeFirst();
  }

  async function get(offerId: string): Promise<Fulfillment> {
    const row = await store.selectFrom('fulfillments').selectAll().where('offerId', '=', offerId).executeTakeFirst();
    // The request that held the row was refused and removed it; what it was told holds for us as well.
    if (!row) throw new ProxyError('upstream_unavailable');
    return row;
  }

  function findOther({ offerId, subscriptionId, baseOfferId }: Fulfillment): Promise<Fulfillment | undefined> {
    return store
      .selectFrom('fulfillments')
      .selectAll()
      .where('subscriptionId', '=', subscriptionId)
      .where('baseOfferId', '=', baseOfferId)
      .where('offerId', '!=', offerId)
      .orderBy('createdAt', 'desc')
      .executeTakeFirst();
  }

  function change(offerId: string, values: Partial<Fulfillment>): Promise<Fulfillment> {
    return store
      .updateTable('fulfillments')
      .set(values)
      .where('offerId', '=', offerId)
      .returningAll()
      .executeTakeFirstOrThrow();
  }

  async function remove(offerId: string): Promise<void> {
    await store.deleteFrom('fulfillments').where('offerId', '=', offerId).execute();
  }
}

function before(customer: Customer, fulfillment: Fulfillment): Accepted {
  return { fulfillment, acceptedBefore: fulfillment.userId === (customer.userId ?? '') ? 'you' : 'colleague' };
}
