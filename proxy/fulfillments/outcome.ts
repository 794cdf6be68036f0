/**
 * Where an acceptance stands, in the words of the contract. Pure: Chargebee's five processing types and five error codes
 * end here, and so does any that is new tomorrow.
 */
import { EXPIRES_AFTER_MS, POLL_STEPS } from '../constants.js';
import { HostedPage, type AcceptedBy, type FailureCode, type Outcome } from '../contract.js';
import { isSafeRedirect, withFulfillmentId, type RedirectRules } from '../redirect.js';
import * as v from 'valibot';

/** What is known about one fulfillment: a row of the store. */
export interface KnownFulfillment {
  readonly id: string | null;
  readonly status: 'asking' | 'unnamed' | 'in_progress' | 'completed' | 'failed';
  readonly processingType: string | null;
  readonly redirectUrl: string | null;
  readonly hostedPage: string | null;
  readonly failureCode: string | null;
  readonly createdAt: number;
  readonly endedAt: number | null;
}

export interface OutcomeOptions {
  readonly now: number;
  readonly redirects: RedirectRules;
  /** Who accepted, when it was not this request. */
  readonly acceptedBefore?: AcceptedBy | undefined;
}

const FAILURES: Readonly<Record<string, FailureCode>> = {
  billing_update_failed: 'billing_failed',
  checkout_abandoned: 'checkout_abandoned',
  external_fulfillment_failed: 'app_failed',
  fulfillment_expired: 'expired',
  internal_error: 'internal',
};

export function toOutcome(fulfillment: KnownFulfillment, { now, redirects, acceptedBefore }: OutcomeOptions): Outcome {
  const before = acceptedBefore && { acceptedBefore };
  if (fulfillment.id === null) return { status: 'already_accepted', ...before };
  const known = { fulfillmentId: fulfillment.id, ...before };
  if (fulfillment.status === 'completed') return { status: 'completed', ...known };
  if (fulfillment.status === 'failed') return { status: 'failed', ...known, code: failureCode(fulfillment) };
  const pending = { status: 'pending', ...known, pollAfterMs: pollAfter(now - fulfillment.createdAt) } as const;
  const { redirectUrl } = fulfillment;
  switch (fulfillment.processingType) {
    case 'billing_update':
      return pending;
    case 'checkout': {
      const hostedPage = parseHostedPage(fulfillment.hostedPage);
      if (!hostedPage || !isSafeRedirect(hostedPage.url, { hosts: [] })) return pending;
      const layout = hostedPage['layout'] === 'in_app' ? 'in_app' : 'full_page';
      return { status: 'checkout', ...known, url: hostedPage.url, layout, hostedPage };
    }
    case 'url_redirect':
      if (!redirectUrl || !isSafeRedirect(redirectUrl, redirects)) return pending;
      return { status: 'redirect', ...known, url: withFulfillmentId(redirectUrl, fulfillment.id, redirects) };
    case 'email':
    case 'webhook':
      return { status: 'elsewhere', ...known, channel: fulfillment.processingType };
    default:
      return { status: 'failed', ...known, code: 'unsupported' };
  }
}

/** Chargebee lets the app report on these three only; the other two it finishes itself. */
export function isReportable(processingType: string | null): boolean {
  return processingType === 'url_redirect' || processingType === 'webhook' || processingType === 'email';
}

/** Chargebee's documents name two codes for the 7-day rule; the app's own failure shares one of them. */
function failureCode({ failureCode: code, createdAt, endedAt }: KnownFulfillment): FailureCode {
  const lasted = (endedAt ?? createdAt) - createdAt;
  if (code === 'external_fulfillment_failed' && lasted >= EXPIRES_AFTER_MS) return 'expired';
  return FAILURES[code ?? ''] ?? 'internal';
}

function pollAfter(ageMs: number): number {
  return (POLL_STEPS.find((step) => ageMs < step.untilAgeMs) ?? POLL_STEPS[2]).pollAfterMs;
}

function parseHostedPage(json: string | null): HostedPage | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), HostedPage), json);
  return parsed.success ? parsed.output : undefined;
}
