/**
 * Fulfillments: what follows an acceptance. Each knows from the start when and how it ends if nobody intervenes. Its
 * status is computed from the clock, so nothing here needs a timer, and advancing the clock advances everything.
 *
 * Documented by Chargebee: one fulfillment per personalized offer, and one per base offer, play and subscription; only
 * the app finishes `url_redirect`, `webhook` and `email`; after seven days in progress a fulfillment fails.
 * Assumed: the status of those refusals (a setting), that a failed fulfillment frees the base offer for another one,
 * that an unpaid checkout counts as abandoned when its page expires, and which of its two documented codes an expiry
 * has (a setting, read when the offer is accepted).
 */
import { ApiError, notFound } from './api-error.js';
import { DAY_MS, HOUR_MS } from './durations.js';
import { FAILURE_MESSAGES, type FailureCode } from './failure-code.js';
import type { IssuedOffer } from './offers.js';
import type { FulfillmentReportParameters } from './parameters.js';
import type { Option, Play } from './plays.js';
import type { Settings, SettingsInForce } from './settings.js';

export interface FulfillmentError {
  readonly code: FailureCode;
  readonly message: string;
}

export type FulfillmentStatus = 'in_progress' | 'completed' | 'failed';

interface End {
  /** Unix milliseconds. */
  readonly at: number;
  readonly status: 'completed' | 'failed';
  readonly error?: FulfillmentError;
}

export interface Fulfillment {
  readonly id: string;
  readonly offer: IssuedOffer;
  readonly option: Option;
  /** Unix milliseconds. */
  readonly at: number;
  readonly end: End;
}

export interface Fulfillments {
  /** @throws ApiError for a duplicate acceptance, with the code of the settings. */
  assertNotAccepted(offer: IssuedOffer): void;
  create(offer: IssuedOffer, option: Option): Fulfillment;
  get(id: string): Fulfillment | undefined;
  /** @throws ApiError `resource_not_found`. */
  find(id: string): Fulfillment;
  /**
   * The app reports whether it provisioned the upgrade.
   *
   * @throws ApiError `invalid_state_for_request` when the fulfillment has ended, or only Chargebee can end it.
   */
  report(id: string, report: FulfillmentReportParameters): Fulfillment;
  /** The customer paid: Chargebee completes the fulfillment after a short delay. */
  pay(id: string): void;
  abandon(id: string): void;
  statusOf(fulfillment: Fulfillment): FulfillmentStatus;
  /** Whether any customer has accepted the play for this subscription, and it did not fail. */
  isTaken(play: Play, subscriptionId: string): boolean;
  all(): Fulfillment[];
  /** Those in progress that only the app can finish. */
  openForApp(): Fulfillment[];
}

export const CHECKOUT_LIFETIME_MS = 3 * HOUR_MS;
const FULFILLMENT_LIFETIME_MS = 7 * DAY_MS;

/** Word for word as Chargebee's tutorials print it. */
const DUPLICATE = 'Fulfillment is already in progress/completed. Retrieve the fulfillment to know the latest status.';

const FINISHED_BY_THE_APP: readonly string[] = ['url_redirect', 'webhook', 'email'];

export function createFulfillments(now: () => number, settings: SettingsInForce, newId: () => string): Fulfillments {
  const fulfillments = new Map<string, Fulfillment>();

  const statusOf = ({ end }: Fulfillment) => (now() < end.at ? 'in_progress' : end.status);

  const all = () => [...fulfillments.values()];

  const isTaken = (play: Play, subscriptionId: string) =>
    all().some(
      (other) =>
        other.offer.subscription_id === subscriptionId &&
        other.offer.play.name === play.name &&
        other.offer.play.offer.id === play.offer.id &&
        statusOf(other) !== 'failed',
    );

  const find = (id: string) => {
    const fulfillment = fulfillments.get(id);
    if (!fulfillment) throw notFound('Offer fulfillment', id, 'offer_fulfillment_id');
    return fulfillment;
  };

  const end = (fulfillment: Fulfillment, wanted: End) => {
    const ended = { ...fulfillment, end: soonest(wanted, expiry(fulfillment.at, settings.current())) };
    fulfillments.set(fulfillment.id, ended);
    return ended;
  };

  return {
    assertNotAccepted(offer) {
      const isAccepted = all().some((other) => other.offer.id === offer.id);
      if (!isAccepted && !isTaken(offer.play, offer.subscription_id)) return;
      throw new ApiError(settings.current().duplicateCode, DUPLICATE);
    },
    create(offer, option) {
      let id;
      do id = newId();
      while (fulfillments.has(id));
      const at = now();
      const fulfillment = { id, offer, option, at, end: plannedEnd(offer.play, option, at, settings.current()) };
      fulfillments.set(id, fulfillment);
      return fulfillment;
    },
    get: (id) => fulfillments.get(id),
    find,
    report(id, report) {
      const fulfillment = find(id);
      const type = fulfillment.option.processing_type;
      if (!FINISHED_BY_THE_APP.includes(type)) {
        throw new ApiError('invalid_state_for_request', `Only Chargebee can end a fulfillment of type ${type}`);
      }
      if (statusOf(fulfillment) !== 'in_progress') {
        throw new ApiError('invalid_state_for_request', `Offer fulfillment ${id} is already ${statusOf(fulfillment)}`);
      }
      if (report.status === 'completed') return end(fulfillment, { at: now(), status: 'completed' });
      return end(fulfillment, failure(now(), 'external_fulfillment_failed', report.failure_reason));
    },
    pay: (id) => void end(find(id), { at: now() + settings.current().fulfillmentDelayMs, status: 'completed' }),
    abandon: (id) => void end(find(id), failure(now(), 'checkout_abandoned')),
    statusOf,
    isTaken,
    all,
    openForApp: () =>
      all().filter(
        (each) => statusOf(each) === 'in_progress' && FINISHED_BY_THE_APP.includes(each.option.processing_type),
      ),
  };
}

/** A fulfillment as Chargebee writes it. Times in seconds. */
export function offerFulfillment({ id, offer, option, at, end }: Fulfillment, status: FulfillmentStatus) {
  const { processing_type, redirect_url } = option;
  return {
    id,
    personalized_offer_id: offer.id,
    option_id: option.id,
    processing_type,
    status,
    created_at: Math.floor(at / 1000),
    ...(redirect_url && { redirect_url }),
    ...(status === 'completed' && { completed_at: Math.floor(end.at / 1000) }),
    ...(status === 'failed' && { failed_at: Math.floor(end.at / 1000), error: end.error }),
  };
}

function plannedEnd({ ending }: Play, option: Option, at: number, settings: Settings): End {
  if (ending === 'at_once') return { at, status: 'completed' };
  if (ending === 'never') return expiry(at, settings);
  const finished = at + settings.fulfillmentDelayMs;
  if (ending !== undefined) return soonest(failure(finished, ending), expiry(at, settings));
  switch (option.processing_type) {
    case 'billing_update':
      return soonest({ at: finished, status: 'completed' }, expiry(at, settings));
    case 'checkout':
      return failure(at + CHECKOUT_LIFETIME_MS, 'checkout_abandoned');
    default:
      return expiry(at, settings);
  }
}

function expiry(at: number, { expiryCode }: Settings): End {
  return failure(at + FULFILLMENT_LIFETIME_MS, expiryCode, FAILURE_MESSAGES.fulfillment_expired);
}

function failure(at: number, code: FailureCode, message: string = FAILURE_MESSAGES[code]): End {
  return { at, status: 'failed', error: { code, message } };
}

function soonest(one: End, other: End): End {
  return one.at <= other.at ? one : other;
}
