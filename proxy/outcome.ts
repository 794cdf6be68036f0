/**
 * Where an acceptance stands, in the words of the contract. Pure: Chargebee's five processing types and five error codes
 * end here, and so does any that is new tomorrow.
 */
import { POLL_STEPS } from './constants.js';
import { HostedPage, type AcceptedBy, type FailureCode, type Outcome } from './contract.js';
import { isSafeRedirect } from './redirect.js';
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
}

const FAILURES: Readonly<Record<string, FailureCode>> = {
  billing_update_failed: 'billing_failed',
  checkout_abandoned: 'checkout_abandoned',
  external_fulfillment_failed: 'app_failed',
  fulfillment_expired: 'expired',
  internal_error: 'internal',
};

/** @param acceptedBefore who accepted, when it was not this request. */
export function toOutcome(
  fulfillment: KnownFulfillment,
  {
    now,
    redirectHosts,
    acceptedBefore,
  }: { now: number; redirectHosts: readonly string[]; acceptedBefore?: AcceptedBy | undefined },
): Outcome {
  const before = acceptedBefore && { acceptedBefore };
  if (fulfillment.id === null) return { status: 'already_accepted', ...before };
  const known = { fulfillmentId: fulfillment.id, ...before };
  if (fulfillment.status === 'completed') return { status: 'completed', ...known };
  if (fulfillment.status === 'failed') {
    return { status: 'failed', ...known, code: FAILURES[fulfillment.failureCode ?? ''] ?? 'internal' };
  }
  const pending = { status: 'pending', ...known, pollAfterMs: pollAfter(now - fulfillment.createdAt) } as const;
  const { redirectUrl } = fulfillment;
  switch (fulfillment.processingType) {
    case 'billing_update':
      return pending;
    case 'checkout': {
      const hostedPage = parseHostedPage(fulfillment.hostedPage);
      if (!hostedPage || !isSafeRedirect(hostedPage.url, [])) return pending;
      const layout = hostedPage['layout'] === 'in_app' ? 'in_app' : 'full_page';
      return { status: 'checkout', ...known, url: hostedPage.url, layout, hostedPage };
    }
    case 'url_redirect':
      return redirectUrl && isSafeRedirect(redirectUrl, redirectHosts)
        ? { status: 'redirect', ...known, url: redirectUrl }
        : pending;
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

function pollAfter(ageMs: number): number {
  return (POLL_STEPS.find((step) => ageMs < step.untilAgeMs) ?? POLL_STEPS[2]).pollAfterMs;
}

function parseHostedPage(json: string | null): HostedPage | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), HostedPage), json);
  return parsed.success ? parsed.output : undefined;
}
