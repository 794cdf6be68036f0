/**
 * Where an acceptance stands, in the words of the contract. Pure. Chargebee's five processing types and five error codes are
 * translated here, and so is any that Chargebee adds later.
 */
import * as v from 'valibot';
import { EXPIRES_AFTER_MS, POLL_SLOWEST_MS, POLL_STEPS } from '../constants.js';
import { HostedPage, type AcceptedBy, type FailureCode, type Outcome } from '../contract.js';
import { isSafeRedirect, withFulfillmentId, type RedirectRules } from '../redirect.js';
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
  if (fulfillment.status === 'completed') return { status: 'completed', ...known };
  if (fulfillment.status === 'failed') return { status: 'failed', ...known, code: failureCode(fulfillment) };
  const pending = {
    status: 'pending',
    ...known,
    pollAfterMs: pollAfterMs(Math.abs(now - fulfillment.createdAt)),
  } as const;
  const { redirectUrl } = fulfillment;
  switch (fulfillment.processingType) {
    case 'billing_update':
      return pending;
    case 'checkout': {
      const hostedPage = parseHostedPage(fulfillment.hostedPage);
      if (!hostedPage || hasExpired(hostedPage, now) || !isSafeRedirect(hostedPage.url, { hosts: [] })) return pending;
      const layout = hostedPage['layout'] === 'in_app' ? 'in_app' : 'full_page';
      return { status: 'checkout', ...known, url: hostedPage.url, layout, hostedPage };
    }
    case 'url_redirect':
      // Only the app can go on with it, and nothing here leads to the app.
      if (!redirectUrl || !isSafeRedirect(redirectUrl, redirects))
        return { status: 'failed', ...known, code: 'unsupported' };
      return { status: 'redirect', ...known, url: withFulfillmentId(redirectUrl, fulfillment.id, redirects) };
    case 'email':
    case 'webhook':
      return { status: 'elsewhere', ...known, channel: fulfillment.processingType };
    default:
      return { status: 'failed', ...known, code: 'unsupported' };
  }
}

/** Chargebee takes the app's report on these three only; it finishes the other two itself. */
export function isReportable(processingType: string | null): boolean {
  return processingType === 'url_redirect' || processingType === 'webhook' || processingType === 'email';
}

/** Chargebee's documentation names two codes for the 7-day rule, and the app's own failure has one of them too. */
function failureCode({ failureCode: code, createdAt, endedAt }: Fulfillment): FailureCode {
  const tookMs = (endedAt ?? createdAt) - createdAt;
  if (code === 'external_fulfillment_failed' && tookMs >= EXPIRES_AFTER_MS) return 'expired';
  return FAILURES[code ?? ''] ?? 'internal';
}

/** How soon to ask again how a fulfillment stands, by its age. */
export function pollAfterMs(ageMs: number): number {
  return POLL_STEPS.find((step) => ageMs < step.untilAgeMs)?.pollAfterMs ?? POLL_SLOWEST_MS;
}

/** Chargebee's hosted pages live for three hours, and name the end in Unix seconds. */
function hasExpired({ expires_at: seconds }: HostedPage, now: number): boolean {
  return typeof seconds === 'number' && seconds * 1_000 <= now;
}

function parseHostedPage(json: string | null): HostedPage | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), HostedPage), json);
  return parsed.success ? parsed.output : undefined;
}
