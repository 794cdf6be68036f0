/**
 * Which offer this customer sees now. An issued offer is shown until it expires or the customer acts on it, so many page
 * loads cost one call.
 */
import { UpstreamFailure } from '../chargebee/call.js';
import type { Chargebee, PersonalizedOffer } from '../chargebee/chargebee.js';
import {
  DISMISSAL_SETTLES_MS,
  REFUSED_QUESTION_TTL_MS,
  UNANSWERED_QUESTION_TTL_MS,
  UNHEARD_DISMISSAL_MS,
} from '../constants.js';
import type { Offer, OfferAnswer, OfferEventQuery, OfferEventType, OfferOption, OfferRequest } from '../contract.js';
import type { Counters } from '../counters.js';
import type { Customer } from '../customer.js';
import type { Entitlements } from '../entitlements/entitlements.js';
import type { Features } from '../entitlements/features.js';
import type { UsageAlerts } from '../entitlements/usage-alerts.js';
import { RequestError } from '../errors.js';
import type { Delivery } from '../events/delivery.js';
import type { Outbox } from '../events/outbox.js';
import type { Log } from '../log.js';
import { isSafeRedirect, type RedirectRules } from '../redirect.js';
import type { IssuedOffer, IssuedOffers, IssuedToCustomer } from './issued-offers.js';
import { toAction } from './option-action.js';
import { createPreviews } from './previews.js';
import type { Prices } from './prices.js';
import type { Tracing } from './tracing.js';
import { digest, toQuestion, type BrowserContext, type Question } from './question.js';
import type { Views } from './views.js';

interface OffersOptions {
  readonly chargebee: Chargebee;
  readonly entitlements: Entitlements;
  readonly features: Features;
  readonly usageAlerts: Pick<UsageAlerts, 'inAlarm'>;
  readonly issuedOffers: IssuedOffers;
  readonly prices: Prices;
  readonly tracing: Tracing;
  readonly views: Views;
  readonly outbox: Outbox;
  readonly delivery: Delivery;
  /** Whether the configured offer is being carried out for the subscription, or was a moment ago. */
  readonly isAccepted: (offer: { subscriptionId: string; baseOfferId: string }) => Promise<boolean>;
  readonly browserContext: BrowserContext;
  readonly redirects: RedirectRules;
  readonly counters: Counters;
  readonly now: () => number;
  readonly log: Log;
}

export interface Asking {
  readonly userAgent: string | undefined;
  /** The customer wants to see an offer, or sees it already: no cap counts. */
  readonly isAsked: boolean;
}

export function createOffers(options: OffersOptions) {
  const { chargebee, entitlements, issuedOffers, views, tracing, outbox, delivery, counters, now, log } = options;
  const { browserContext, features, usageAlerts, prices, isAccepted, redirects } = options;
  /** Questions under way, by digest and by whether caps count. */
  const underWay = new Map<string, Promise<OfferAnswer>>();
  const previewOnce = createPreviews({ now });

  /** @throws RequestError `context_not_allowed`. */
  async function offerFor(customer: Customer, request: OfferRequest, asking: Asking): Promise<OfferAnswer> {
    const unpriced = await answerFor(customer, request, asking);
    const offer = unpriced.offer && (await prices.withPrices(unpriced.offer, customer, request.page?.locale));
    const answer = { ...unpriced, offer };
    if (customer.preview) return { ...answer, preview: true };
    tracing.told(customer, request.feature, answer);
    return answer;
  }

  async function answerFor(
    customer: Customer,
    request: OfferRequest,
    { userAgent, isAsked }: Asking,
  ): Promise<OfferAnswer> {
    const inAlarm = await usageAlerts.inAlarm(customer.subscriptionId);
    const question = toQuestion(customer, request, { userAgent, browserContext, inAlarm });
    const { feature, used } = request;
    const isCapped = views.hasRules && !isAsked;
    if (feature === undefined) return answerOnce(question, isCapped);
    const { access, value } = await entitlements.check(customer, feature, used);
    if (access === 'granted') return { access, offer: null, why: 'entitled' };
    if (access === 'unknown') return { access, offer: null, why: 'access_unknown' };
    // Growth would match `Advanced-Analytics` too, and sell it again to those who have `advanced-analytics`.
    const isListed = value !== undefined;
    if (!isListed && (await features.isUnknown(feature))) return { access, offer: null, why: 'unknown_feature' };
    return { access, ...(await answerOnce(question, isCapped)) };
  }

  /**
   * The event is stored when this returns; Chargebee gets it later.
   * @returns the offer. Undefined for a preview, whose events are dropped.
   * @throws RequestError `not_found`, also for another customer's offer.
   */
  async function recordEvent(
    customer: Customer,
    offerId: string,
    type: OfferEventType,
    { asked, display }: OfferEventQuery,
  ): Promise<Offer | undefined> {
    if (customer.preview) return undefined;
    const { offer, isDismissed, baseOfferId: campaignId } = await issuedOffers.issuedTo(customer, offerId);
    if (type === 'dismissed' && isDismissed) return offer;
    const isUnasked = type === 'viewed' && !asked;
    // Both at once wait for the disk once. If only one is stored, the page reports the view again, and it counts once.
    await Promise.all([
      outbox.add({ queue: offer.id, kind: type, reason: null }),
      ...(isUnasked ? [views.add(customer, { offerId, campaignId, display })] : []),
    ]);
    // If the proxy stops before this, the customer dismisses the offer again and Chargebee gets the event twice.
    if (type === 'dismissed') await issuedOffers.dismiss(offer.id);
    counters.event({ type });
    if (type === 'viewed') tracing.seen(customer, offer);
    delivery.wake();
    return offer;
  }

  /** An offer that is about to be accepted. @throws RequestError `preview`, `not_found`, also for another customer's. */
  async function toAccept(customer: Customer, offerId: string): Promise<IssuedToCustomer> {
    if (customer.preview) throw new RequestError('preview');
    return issuedOffers.issuedTo(customer, offerId);
  }

  /** The same question at the same moment is one call. */
  function answerOnce(question: Question, isCapped: boolean): Promise<OfferAnswer> {
    const key = digest(question);
    if (question.customer.preview) return previewOnce(key, () => preview(question));
    const name = `${key} ${isCapped}`;
    const shared = underWay.get(name);
    if (shared) return shared;
    const answer = answerTo(question, key, isCapped).finally(() => underWay.delete(name));
    underWay.set(name, answer);
    return answer;
  }

  async function answerTo(question: Question, key: string, isCapped: boolean): Promise<OfferAnswer> {
    const { customer } = question;
    const stored = await issuedOffers.storedAnswer(key, customer, isCapped);
    counters.lookup({ kind: 'offer', result: stored === undefined ? 'miss' : 'hit' });
    if (stored === 'none') return NONE;
    if (stored === 'unanswered') return UNANSWERED;
    if (stored === 'capped') return CAPPED;
    if (stored !== undefined) return { offer: stored };
    try {
      const sent = await chargebee.personalizedOffer(question);
      const issued = sent && (await toIssued(customer, sent));
      if (issued && (await storedUnlessEnded(key, customer, issued))) {
        if (isCapped && (await views.areReached(customer, issued.baseOfferId))) return CAPPED;
        return { offer: issued.offer };
      }
      await issuedOffers.storeNone(key, customer);
      return NONE;
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      const answer = unanswered(error);
      // A budget that is used up costs no call, and has room again at a time of its own.
      if (error.isSiteBusy) return answer;
      const isRefused = error.kind === 'refused' || error.kind === 'not_found';
      await issuedOffers.storeUnanswered(key, isRefused ? REFUSED_QUESTION_TTL_MS : UNANSWERED_QUESTION_TTL_MS);
      return answer;
    }
  }

  /**
   * Asks Chargebee, whatever the store knows, and writes nothing there: the customer's own offer stays as it is, and so does
   * what they have dismissed or accepted.
   */
  async function preview(question: Question): Promise<OfferAnswer> {
    try {
      const sent = await chargebee.personalizedOffer(question);
      const usable = sent && toUsable(sent);
      if (!usable || usable.offer.expiresAt <= now()) return NONE;
      const { offer, redirectUrls } = usable;
      const options = offer.options.map((option) => {
        const url = redirectUrls[option.id];
        return url === undefined ? option : { ...option, url };
      });
      return { offer: { ...offer, options, preview: true } };
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      return unanswered(error);
    }
  }

  function unanswered(error: UpstreamFailure): OfferAnswer {
    log.warn({ err: error }, 'Failed to ask Chargebee for an offer; the customer sees none.');
    return error.isSiteBusy ? { offer: null, why: 'budget' } : UNANSWERED;
  }

  /** @returns false if it was accepted on this subscription or dismissed, which Chargebee may not have processed yet. */
  async function storedUnlessEnded(key: string, customer: Customer, issued: IssuedOffer): Promise<boolean> {
    const { baseOfferId } = issued;
    const { subscriptionId } = customer;
    if (!(await issuedOffers.storeOffer(key, customer, issued))) return false;
    // Looked up after it is stored: an acceptance that is stored later than this look ends the offer itself.
    if (!(await isAccepted({ subscriptionId, baseOfferId }))) return true;
    await issuedOffers.end(subscriptionId, baseOfferId);
    return false;
  }

  /** @returns undefined if it contains nothing that this customer may be shown. */
  async function toIssued(customer: Customer, sent: PersonalizedOffer): Promise<IssuedOffer | undefined> {
    const hasEnded = sent.expiresAt <= now() || (await isDismissedUnheard(customer, sent.baseOfferId));
    const usable = toUsable(sent);
    return hasEnded ? undefined : usable;
  }

  /** @returns undefined if no option is left that is safe. */
  function toUsable(sent: PersonalizedOffer): IssuedOffer | undefined {
    const { baseOfferId, options: sentOptions, ...content } = sent;
    const isUsable = ({ redirectUrl }: (typeof sentOptions)[number]) =>
      redirectUrl === undefined || isSafeRedirect(redirectUrl, redirects);
    const usable = sentOptions.filter(isUsable);
    if (usable.length < sentOptions.length) {
      log.error(
        { offerId: sent.id, campaignId: baseOfferId },
        'Left out an option of an offer: its redirect URL is not https, or its host is not in ALLOWED_REDIRECT_HOSTS.',
      );
    }
    if (usable.length === 0) return undefined;
    const urls = usable.flatMap(({ id, redirectUrl }) => (redirectUrl ? [[id, redirectUrl] as const] : []));
    return {
      offer: { ...content, campaignId: baseOfferId, options: usable.map(toOption) },
      baseOfferId,
      redirectUrls: Object.fromEntries(urls),
    };
  }

  /** Chargebee may not have processed a dismissal yet, or may take no events at all, and then sends the same offer again. */
  async function isDismissedUnheard(customer: Customer, baseOfferId: string): Promise<boolean> {
    const dismissals = await issuedOffers.dismissalsOf(customer, baseOfferId);
    const [newest] = dismissals;
    if (!newest) return false;
    // Further in the future than that, it was dismissed by a clock that was wrong.
    if (Math.abs(now() - newest.dismissedAt) < DISMISSAL_SETTLES_MS) return true;
    const queues = dismissals.map(({ offerId }) => offerId);
    return outbox.hasUndelivered(queues, 'dismissed', now() - UNHEARD_DISMISSAL_MS);
  }

  return { offerFor, recordEvent, toAccept };
}

const NONE: OfferAnswer = { offer: null, why: 'no_match' };
const UNANSWERED: OfferAnswer = { offer: null, why: 'upstream_unavailable' };
const CAPPED: OfferAnswer = { offer: null, why: 'capped' };

/** What the page may know of an option: where it leads stays here until it is accepted. */
function toOption({ id, label, processingType, processingLayout }: PersonalizedOffer['options'][number]): OfferOption {
  const action = toAction(processingType);
  // Chargebee sends a layout for every option, and only a checkout has one.
  return { id, label, action, ...(action === 'checkout' && processingLayout && { layout: processingLayout }) };
}
