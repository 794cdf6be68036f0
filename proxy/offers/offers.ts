/**
 * Which offer this customer sees now. An issued offer is shown until it expires or is acted upon, so that many page loads
 * cost one call.
 */
import type { Chargebee, PersonalizedOffer, Question } from '../chargebee/chargebee.js';
import type { OfferAnswer, OfferEventType, OfferRequest } from '../contract.js';
import type { Counters } from '../counters.js';
import type { Entitlements } from '../entitlements/entitlements.js';
import type { Customer } from '../identity/identity.js';
import type { IssuedOffer, IssuedOffers } from './issued-offers.js';
import type { Log } from '../log.js';
import type { NewEntry, Outbox } from '../events/outbox.js';
import { digest, toQuestion, type BrowserContext } from './question.js';
import { isSafeRedirect, type RedirectRules } from '../redirect.js';
import { UpstreamFailure } from '../chargebee/call.js';

export interface OffersOptions {
  readonly chargebee: Chargebee;
  readonly entitlements: Entitlements;
  readonly issuedOffers: IssuedOffers;
  readonly outbox: Outbox;
  readonly browserContext: BrowserContext;
  readonly redirects: RedirectRules;
  readonly counters: Counters;
  readonly now: () => number;
  readonly log: Log;
}

export type Offers = ReturnType<typeof createOffers>;

export function createOffers(options: OffersOptions) {
  const { chargebee, entitlements, issuedOffers, outbox, counters, now, log } = options;
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

  /** Durable when it returns; Chargebee hears of it later. @throws ProxyError `not_found`, also for somebody else's offer. */
  async function record(customer: Customer, offerId: string, type: OfferEventType): Promise<void> {
    const { isDismissed } = await issuedOffers.issuedTo(customer, offerId);
    const entry = { queue: offerId, kind: type, reason: null };
    // A second dismissal of the same offer says nothing new.
    if (type === 'dismissed' && isDismissed) return;
    await (type === 'dismissed' ? dismiss(entry) : outbox.add(entry));
    outbox.wake();
  }

  /** Stopped between the two, the event is told twice when the customer asks again: better than never. */
  async function dismiss(entry: NewEntry): Promise<void> {
    await outbox.add(entry);
    await issuedOffers.dismiss(entry.queue);
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
    const kept = await issuedOffers.answerTo(key);
    counters.lookup({ kind: 'offer', result: kept === undefined ? 'miss' : 'hit' });
    if (kept !== undefined) return kept ? { offer: kept } : NONE;
    try {
      const sent = await chargebee.personalizedOffer(question);
      const issued = sent && (await toIssued(question.customer, sent));
      if (issued) await issuedOffers.keep(key, question.customer, issued);
      else await issuedOffers.keepNone(key, question.customer);
      return issued ? { offer: issued.offer } : NONE;
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      log.warn({ err: error }, 'Failed to ask Chargebee for an offer; the customer sees none.');
      return { offer: null, why: error.kind === 'busy' ? 'budget' : 'upstream_unavailable' };
    }
  }

  /** @returns undefined when there is nothing in it that this customer may be shown. */
  async function toIssued(customer: Customer, sent: PersonalizedOffer): Promise<IssuedOffer | undefined> {
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
    const hasEnded = sent.expiresAt <= now() || (await issuedOffers.isJustDismissed(customer, baseOfferId));
    if (usable.length === 0 || hasEnded) return undefined;
    const urls = usable.flatMap(({ id, redirectUrl }) => (redirectUrl ? [[id, redirectUrl] as const] : []));
    return {
      offer: { ...content, options: usable.map(({ id, label }) => ({ id, label })) },
      baseOfferId,
      redirectUrls: Object.fromEntries(urls),
    };
  }

  return { ask, record };
}

const NONE: OfferAnswer = { offer: null, why: 'no_match' };
