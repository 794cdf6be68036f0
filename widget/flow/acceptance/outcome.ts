/**
 * Reads where an acceptance stands. A newer proxy may know more than this widget: whatever comes is something that the
 * customer can be told, and never a dead button.
 */
import type { AcceptedBy, FailureCode, HostedPage } from '../../../proxy/contract.js';
import type { KnownOutcome } from '../offer-state.js';
import { isShape, type Shape } from '../question/answers.js';
import { ProxyError } from '../question/proxy-error.js';

/** Asking more often would give the proxy more work and the customer no more news. */
const POLL_AFTER_AT_LEAST_MS = 500;

/** Development runs without TLS on these hosts only. */
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

const FAILURE_CODES: Readonly<Record<FailureCode, true>> = {
  billing_failed: true,
  checkout_abandoned: true,
  app_failed: true,
  expired: true,
  internal: true,
  unsupported: true,
};

/**
 * A status that is unknown here, a missing id, or a link that is not safe to follow becomes a failure that the customer
 * can read.
 * @throws ProxyError `unreadable`
 */
export function readOutcome(body: unknown): KnownOutcome {
  // What is no object has no fields.
  const fields: Shape = Object(body);
  if (typeof fields['status'] !== 'string') throw new ProxyError('unreadable', 'the answer has no outcome.');
  const acceptedBefore = readAcceptedBy(fields['acceptedBefore']);
  const outcome = readKnown(fields) ?? { status: 'failed', code: 'unsupported' };
  return acceptedBefore ? { ...outcome, acceptedBefore } : outcome;
}

/** Undefined where this widget does not know what to do. */
function readKnown(body: Shape): KnownOutcome | undefined {
  const { status, fulfillmentId, pollAfterMs, url, layout, hostedPage, channel, code } = body;
  if (status === 'already_accepted') return { status };
  if (status === 'failed') {
    const failed = { status, code: isFailureCode(code) ? code : 'unsupported' } as const;
    return isId(fulfillmentId) ? { ...failed, fulfillmentId } : failed;
  }
  if (!isId(fulfillmentId)) return undefined;
  switch (status) {
    case 'completed':
      return { status, fulfillmentId, ...wayOn(url) };
    case 'pending':
      if (typeof pollAfterMs !== 'number') return undefined;
      return { status, fulfillmentId, ...wayOn(url), pollAfterMs: Math.max(pollAfterMs, POLL_AFTER_AT_LEAST_MS) };
    case 'redirect':
      return canBeVisited(url) ? { status, fulfillmentId, url } : undefined;
    case 'checkout':
      if (!canBeVisited(url) || !isHostedPage(hostedPage)) return undefined;
      return { status, fulfillmentId, url, hostedPage, layout: layout === 'in_app' ? layout : 'full_page' };
    case 'elsewhere':
      return channel === 'email' || channel === 'webhook' ? { status, fulfillmentId, channel } : undefined;
    default:
      return undefined;
  }
}

/** The upgrade does not depend on it, so one that is not safe is left out. */
function wayOn(url: unknown): { url?: string } {
  return canBeVisited(url) ? { url } : {};
}

/** A word that this widget does not know says that it was accepted before, too: nobody is sent away by themselves. */
function readAcceptedBy(value: unknown): AcceptedBy | undefined {
  if (typeof value !== 'string') return undefined;
  return value === 'colleague' ? value : 'you';
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isFailureCode(value: unknown): value is FailureCode {
  return typeof value === 'string' && Object.hasOwn(FAILURE_CODES, value);
}

function isHostedPage(value: unknown): value is HostedPage {
  return isShape(value) && typeof value['id'] === 'string' && typeof value['url'] === 'string';
}

function canBeVisited(value: unknown): value is string {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || (protocol === 'http:' && LOCAL_HOSTS.includes(hostname));
}
