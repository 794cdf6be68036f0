/**
 * Where an acceptance stands, in the words of the contract. Pure. Chargebee's five processing types and five error codes are
 * translated here, and so is any that Chargebee adds later.
 */
import { EXPIRES_AFTER_MS, POLL_SLOWEST_MS, POLL_STEPS } from '../constants.js';
import type { AcceptedBy, FailureCode, Outcome } from '../contract.js';
import { isSafeRedirect, withFulfillmentId, type RedirectRules } from '../redirect.js';
import { isPayable, layoutOf, readHostedPage } from './hosted-page.js';
import type { Fulfillment } from './records.js';

interface OutcomeOptions {
  readonly now: number;
  readonly redirects: RedirectRules;
  /** Who accepted the offer, if it was not this request. */
  readonly acceptedBefore?: AcceptedBy;
}

const FAILURES: Readonly<Record<string, FailureCode>> = {
  billing_update_failed: 'billing_failed',
  checkout_abandoned: 'checkout_abandoned',
  external_fulfillment_failed: 'app_failed',
  fulfillment_expired: 'expired',
  internal_error: 'internal',
};

export function toOutcome(fulfillment: Fulfillment, { now, redirects, acceptedBefore }: OutcomeOptions): Outcome {
  const before = acceptedBefore && { acceptedBefore };
  if (fulfillment.id === null) return { status: 'already_accepted', ...before };
  const known = { fulfillmentId: fulfillment.id, ...before };
  const { redirectUrl, processingType } = fulfillment;
  const target =
    redirectUrl && isSafeRedirect(redirectUrl, redirects) && withFulfillmentId(redirectUrl, fulfillment.id, redirects);
  // Of a `billing_update` it is a page for afterwards.
  const wayOn = processingType === 'billing_update' && target ? { url: target } : {};
  if (fulfillment.status === 'completed') return { status: 'completed', ...known, ...wayOn };
  if (fulfillment.status === 'failed') return { status: 'failed', ...known, code: failureCode(fulfillment) };
  const pending = {
    status: 'pending',
    ...known,
    ...wayOn,
    pollAfterMs: pollAfterMs(Math.abs(now - fulfillment.createdAt)),
  } as const;
  switch (processingType) {
    case 'billing_update':
      return pending;
    case 'checkout': {
      const hostedPage = readHostedPage(fulfillment.hostedPage);
      if (!hostedPage || !isPayable(hostedPage, now) || !isSafeRedirect(hostedPage.url, { hosts: [] })) return pending;
      return { status: 'checkout', ...known, url: hostedPage.url, layout: layoutOf(hostedPage), hostedPage };
    }
    case 'url_redirect':
      // Only the app can go on with it, and nothing here leads to the app.
      if (!target) return { status: 'failed', ...known, code: 'unsupported' };
      return { status: 'redirect', ...known, url: target };
    case 'email':
    case 'webhook':
      return { status: 'elsewhere', ...known, channel: processingType };
    default:
      return { status: 'failed', ...known, code: 'unsupported' };
  }
}

/** Chargebee takes the app's report on these three only; it finishes the other two itself. */
export function isReportable(processingType: string | null): boolean {
  return processingType === 'url_redirect' || processingType === 'webhook' || processingType === 'email';
}

/** Of one that failed. Chargebee's documentation names two codes for the 7-day rule, and the app's own failure has one of them too. */
export function failureCode({ failureCode: code, createdAt, endedAt }: Fulfillment): FailureCode {
  const tookMs = (endedAt ?? createdAt) - createdAt;
  if (code === 'external_fulfillment_failed' && tookMs >= EXPIRES_AFTER_MS) return 'expired';
  return FAILURES[code ?? ''] ?? 'internal';
}

/** How soon to ask again how a fulfillment stands, by its age. */
export function pollAfterMs(ageMs: number): number {
  return POLL_STEPS.find((step) => ageMs < step.untilAgeMs)?.pollAfterMs ?? POLL_SLOWEST_MS;
}
