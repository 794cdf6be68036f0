/**
 * Accepts an offer once, however often and from wherever it is asked to. Chargebee takes no idempotency key for this, and its
 * error for a duplicate names no id. So a record is written before the call, and the id is added after it. If the answer is
 * lost, the record stays: the next request asks again, and the error for a duplicate then shows that the first call went
 * through. Only an answer that settles it removes the record of a lost one, or an operator (`settlement.ts`).
 */
import { setTimeout as wait } from 'node:timers/promises';
import { UpstreamFailure } from '../chargebee/call.js';
import type { Chargebee, UpstreamFulfillment } from '../chargebee/chargebee.js';
import {
  ACCEPTANCE_BUSY_MS,
  ACCEPTANCE_LOOK_MS,
  ACCEPTANCE_LOOKS_MAX,
  ACCEPTANCE_REFUSED_MS,
  ACCEPTANCE_REST_MS,
  ACCEPTANCE_TRIES_AT_ONCE,
  STORE_RETRY_AFTER_MS,
  STORE_WRITES_LATER,
} from '../constants.js';
import type { Outcome } from '../contract.js';
import type { Counters } from '../counters.js';
import type { Customer } from '../customer.js';
import type { Entitlements } from '../entitlements/entitlements.js';
import { RequestError } from '../errors.js';
import type { Log } from '../log.js';
import type { IssuedOffers, IssuedToCustomer } from '../offers/issued-offers.js';
import { firstSafeRedirect, type RedirectRules } from '../redirect.js';
import { countEnd } from './count-end.js';
import { withLayout } from './hosted-page.js';
import { toOutcome } from './outcome.js';
import type { Progress } from './progress.js';
import { isAbandoned, type Fulfillment, type Records } from './records.js';

interface AcceptanceOptions {
  readonly records: Records;
  readonly progress: Progress;
  readonly chargebee: Chargebee;
  readonly entitlements: Entitlements;
  readonly issuedOffers: IssuedOffers;
  readonly redirects: RedirectRules;
  readonly counters: Counters;
  /** Given work that goes on after the answer. */
  readonly keepAlive: (work: Promise<unknown>) => void;
  readonly now: () => number;
  readonly log: Log;
}

interface Acceptance {
  readonly fulfillment: Fulfillment;
  /** False if another request made the fulfillment. */
  readonly isNew: boolean;
}

/**
 * @returns `accept(customer, issued, optionId)`. It throws a RequestError: `not_found` if the offer has no such option,
 * `offer_expired`, `upstream_unavailable` (asking again is safe), `upstream_busy`, `upstream_refused`.
 */
export function createAcceptance(options: AcceptanceOptions) {
  const { records, progress, chargebee, entitlements, issuedOffers, redirects, counters, keepAlive, now, log } =
    options;

  return async function accept(customer: Customer, issued: IssuedToCustomer, optionId: string): Promise<Outcome> {
    const option = issued.offer.options.find(({ id }) => id === optionId);
    if (!option) throw new RequestError('not_found');
    const { action = 'unknown' } = option;
    try {
      const { fulfillment, isNew } = await acceptOnce(customer, issued, optionId);
      const acceptedBefore = fulfillment.userId === (customer.userId ?? '') ? 'you' : 'colleague';
      const outcome = toOutcome(fulfillment, { now: now(), redirects, ...(!isNew && { acceptedBefore }) });
      counters.acceptance({ action, outcome: isNew ? outcome.status : 'repeated' });
      return outcome;
    } catch (error) {
      counters.acceptance({ action, outcome: error instanceof RequestError ? error.code : 'internal' });
      throw error;
    }
  };

  async function acceptOnce(customer: Customer, issued: IssuedToCustomer, optionId: string): Promise<Acceptance> {
    const { offer, baseOfferId } = issued;
    const earlier = await findEarlier(customer, issued);
    if (earlier) return earlier;
    if (offer.expiresAt <= now()) throw new RequestError('offer_expired');
    await refuseAgain(offer.id, optionId);
    const checkedAt = now();
    const intent = { offerId: offer.id, baseOfferId, optionId, checkedAt };
    const held = await records.begin(customer, intent).catch((error: unknown) => {
      // It may be there all the same, and would hold back the next click although nobody asks Chargebee.
      keepAlive(writeLater(() => records.remove(intent)));
      throw error;
    });
    return held ? askChargebee(held, issued) : settled(await findOrGiveUp(offer.id), issued);
  }

  /**
   * Chargebee takes one acceptance of a configured offer, no matter who on the subscription accepts it, until it is carried
   * out. What it offers afterwards, it wants to sell again.
   */
  async function findEarlier({ subscriptionId }: Customer, issued: IssuedToCustomer): Promise<Acceptance | undefined> {
    const offerId = issued.offer.id;
    const same = await records.findByOffer(offerId);
    if (same) return settled(same, issued);
    const other = await records.findOther({ offerId, baseOfferId: issued.baseOfferId, subscriptionId }, STANDING);
    if (!other) return undefined;
    const fulfillment = await progress.refreshed(other);
    const isInTheWay =
      fulfillment.status === 'in_progress' || (issued.isEnded && STANDING.includes(fulfillment.status));
    return isInTheWay ? { fulfillment, isNew: false } : undefined;
  }

  /** What Chargebee refused a moment ago costs no second call. @throws RequestError as after that call. */
  async function refuseAgain(offerId: string, optionId: string): Promise<void> {
    const codes = new Map(REFUSALS.map((code) => [refusalOf(code, offerId, optionId), code]));
    const refusal = await issuedOffers.findUnanswered([...codes.keys()]);
    const code = refusal && codes.get(refusal.question);
    if (!code) return;
    throw new RequestError(code, undefined, code === 'upstream_busy' ? { retryAfterMs: refusal.until - now() } : {});
  }

  async function rememberRefusal({ offerId, optionId }: Fulfillment, failure: UpstreamFailure): Promise<RequestError> {
    const refused = asRefused(failure);
    const code = REFUSALS.find((each) => each === refused.code);
    if (!code || failure.isSiteBusy) return refused;
    const busyForMs = failure.retryAfterMs ?? ACCEPTANCE_BUSY_MS;
    const forMs = code === 'upstream_busy' ? Math.min(busyForMs, ACCEPTANCE_REFUSED_MS) : ACCEPTANCE_REFUSED_MS;
    await issuedOffers.storeUnanswered(refusalOf(code, offerId, optionId), forMs);
    return refused;
  }

  /** @param held the record that this request has written or taken over. */
  async function askChargebee(held: Fulfillment, issued: IssuedToCustomer): Promise<Acceptance> {
    try {
      const sent = await chargebee.createFulfillment(held.offerId, held.optionId, held);
      log.info(
        { fulfillmentId: sent.id, offerId: held.offerId, campaignId: held.baseOfferId },
        'An offer was accepted.',
      );
      return await storeAnswer(held, sent, issued);
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      return await afterFailure(held, error);
    }
  }

  async function storeAnswer(
    held: Fulfillment,
    sent: UpstreamFulfillment,
    issued: IssuedToCustomer,
  ): Promise<Acceptance> {
    const { offerId, optionId, baseOfferId, subscriptionId } = held;
    // Chargebee's tutorial omits the URL in the fulfillment and sends the customer to the option's.
    const redirectUrl = firstSafeRedirect([sent.redirectUrl, issued.redirectUrls[optionId]], redirects);
    if (sent.processingType === 'url_redirect' && redirectUrl === undefined) {
      log.error(
        { offerId, optionId, fulfillmentId: sent.id },
        'An offer was accepted that leads nowhere: neither its fulfillment nor its option has an https URL whose host is in ALLOWED_REDIRECT_HOSTS. The customer is told to contact you.',
      );
    }
    const option = issued.offer.options.find(({ id }) => id === optionId);
    const hostedPage = withLayout(sent.hostedPage, option?.layout);
    const answer = { ...sent, redirectUrl, hostedPage };
    const named = await records.name(held, answer).catch((error: unknown) => {
      keepAlive(writeLater(() => records.name(held, answer)));
      // If this process ends before that, the log is the only place that has the id.
      log.error(
        { err: error, offerId, customerId: held.customerId, subscriptionId, fulfillmentId: sent.id },
        'An offer was accepted, but the store did not take the id of its fulfillment. The proxy tries again for a minute. If it ends before, run: upgrade-offer reconcile --settle OFFER FULFILLMENT.',
      );
      throw error;
    });
    await issuedOffers.end(subscriptionId, baseOfferId);
    await entitlements.forget(subscriptionId);
    if (named) {
      if (named.status !== 'in_progress') countEnd(counters, named);
      return { fulfillment: named, isNew: true };
    }
    const stands = await asOthersLeaveIt(held);
    if (stands.fulfillment.id !== sent.id) {
      log.error(
        { offerId, subscriptionId, fulfillmentId: stands.fulfillment.id, otherFulfillmentId: sent.id },
        'Chargebee has two fulfillments of one offer; the proxy follows the first. Look up the other one in Chargebee.',
      );
    }
    return stands;
  }

  /** Tries again what the store did not take, because nobody else can do it. The store is often back within seconds. */
  async function writeLater(write: () => Promise<unknown>): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      await wait(STORE_RETRY_AFTER_MS, undefined, { ref: false });
      try {
        await write();
        return;
      } catch (error) {
        const isAway = error instanceof RequestError && error.code === 'store_unavailable';
        if (isAway && tries < STORE_WRITES_LATER) continue;
        log.error(
          { err: error },
          'Failed to write how an acceptance stands: the store did not take it later either. Run: upgrade-offer reconcile --dry-run. It lists what needs you.',
        );
        return;
      }
    }
  }

  async function afterFailure(held: Fulfillment, failure: UpstreamFailure): Promise<Acceptance> {
    const hasLostAnswer = held.lostAnswers > 0;
    if (failure.kind === 'duplicate' || failure.kind === 'conflict') {
      // No document of Chargebee has the code of a second acceptance: these lines show what it really is.
      log.info(
        { err: failure, offerId: held.offerId },
        'Chargebee did not take an acceptance: there may be one already.',
      );
      const other = await records.findOther(held, ['asking', ...STANDING]);
      // After a lost answer, the duplicate is this acceptance, unless somebody else made a later one.
      if (other && (!hasLostAnswer || other.createdAt > held.createdAt)) {
        return (await records.remove(held)) ? asDuplicateOf(other) : asOthersLeaveIt(held);
      }
      if (failure.kind === 'duplicate' || hasLostAnswer) return asUnnamed(held);
    }
    if (failure.kind !== 'unavailable' && !hasLostAnswer) {
      // Before the record goes: a click in between would be a call.
      const refused = await rememberRefusal(held, failure);
      if (await records.remove(held)) throw refused;
      return asOthersLeaveIt(held);
    }
    if (!(await records.leaveOpen(held))) return asOthersLeaveIt(held);
    const { offerId, customerId, subscriptionId } = held;
    log.error(
      { err: failure, offerId, customerId, subscriptionId, lostAnswers: held.lostAnswers + 1 },
      'Chargebee may have accepted an offer without an answer that says so. The next click finds out. If none comes, look it up in Chargebee and run: upgrade-offer reconcile --settle OFFER FULFILLMENT.',
    );
    throw failure.kind === 'not_found' ? cannotTell({ cause: failure }) : asRefused(failure);
  }

  /** Chargebee refused a second acceptance, so `other` is the first. */
  async function asDuplicateOf(other: Fulfillment): Promise<Acceptance> {
    if (other.status === 'asking' && isAbandoned(other, now())) return asUnnamed(other);
    return { fulfillment: await progress.refreshed(await whenAnswered(other)), isNew: false };
  }

  async function asUnnamed(held: Fulfillment): Promise<Acceptance> {
    const { offerId, baseOfferId, customerId, subscriptionId } = held;
    const unnamed = await records.markUnnamed(held);
    if (!unnamed) return asOthersLeaveIt(held);
    log.error(
      { offerId, customerId, subscriptionId },
      'An offer was accepted, but the id of its fulfillment never reached the proxy. Look it up in Chargebee and run: upgrade-offer reconcile --settle OFFER FULFILLMENT.',
    );
    await issuedOffers.end(subscriptionId, baseOfferId);
    await entitlements.forget(subscriptionId);
    return { fulfillment: unnamed, isNew: false };
  }

  /** For a request that no longer holds the record: what the others make of it is the answer. It does not ask again. */
  async function asOthersLeaveIt({ offerId }: Fulfillment): Promise<Acceptance> {
    return { fulfillment: await whenAnswered(await findOrGiveUp(offerId)), isNew: false };
  }

  /** Asks how it stands now, and takes over from a request whose answer was lost or that died. */
  async function settled(seen: Fulfillment, issued: IssuedToCustomer): Promise<Acceptance> {
    if (seen.status === 'asking' && isAbandoned(seen, now())) {
      const restsForMs = seen.lostAnswers < ACCEPTANCE_TRIES_AT_ONCE ? 0 : restAfter(seen.lostAt ?? 0);
      if (restsForMs > 0) throw cannotTell({ retryAfterMs: restsForMs });
      const held = await records.takeOver(seen);
      if (held) return { ...(await askChargebee(held, issued)), isNew: false };
      return asOthersLeaveIt(seen);
    }
    return { fulfillment: await progress.refreshed(await whenAnswered(seen)), isNew: false };
  }

  /** 0 also for a time that lies further in the future than any rest: it comes from a clock that was wrong. */
  function restAfter(lostAt: number): number {
    const restsForMs = lostAt + ACCEPTANCE_REST_MS - now();
    return restsForMs > 2 * ACCEPTANCE_REST_MS ? 0 : restsForMs;
  }

  /**
   * Waits while another request, here or in another instance, asks Chargebee. If its answer is lost, so is this one: a
   * request that waited does not ask again, because then each of many clicks would.
   */
  async function whenAnswered(seen: Fulfillment): Promise<Fulfillment> {
    let fulfillment = seen;
    for (let looks = 0; fulfillment.status === 'asking'; looks += 1) {
      if (fulfillment.checkedAt === 0 || looks === ACCEPTANCE_LOOKS_MAX) throw cannotTell();
      await wait(ACCEPTANCE_LOOK_MS);
      fulfillment = await findOrGiveUp(fulfillment.offerId);
    }
    return fulfillment;
  }

  async function findOrGiveUp(offerId: string): Promise<Fulfillment> {
    const fulfillment = await records.findByOffer(offerId);
    // The request that held it was refused and has removed it.
    if (!fulfillment) throw cannotTell();
    return fulfillment;
  }
}

/** What Chargebee has, as far as the proxy knows: a failed acceptance is over and explains nothing. */
const STANDING: readonly Fulfillment['status'][] = ['in_progress', 'completed', 'unnamed'];

/** They are about this acceptance and pass by themselves later, or never. */
const REFUSALS = ['upstream_refused', 'upstream_busy', 'offer_expired'] as const;

/** The name under which a refusal is remembered. */
function refusalOf(code: (typeof REFUSALS)[number], offerId: string, optionId: string): string {
  return JSON.stringify([code, offerId, optionId]);
}

function cannotTell(facts: { cause?: unknown; retryAfterMs?: number } = {}): RequestError {
  return new RequestError('upstream_unavailable', undefined, facts);
}

function asRefused(failure: UpstreamFailure): RequestError {
  switch (failure.kind) {
    case 'unavailable':
      return cannotTell({ cause: failure });
    case 'busy':
      return new RequestError('upstream_busy', undefined, { cause: failure, retryAfterMs: failure.retryAfterMs });
    case 'not_found':
      return new RequestError('offer_expired', undefined, { cause: failure });
    default:
      return new RequestError('upstream_refused', undefined, { cause: failure });
  }
}
