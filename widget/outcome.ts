/**
 * Reads where an acceptance stands. A newer proxy may know more ways than this widget: none of them is a dead button.
 */
import type { Outcome } from '../proxy/contract.js';
import { isShape, isText, type Shape } from './answers.js';
import { ProxyError } from './proxy-error.js';

/** Asked more often, the proxy would have more work and the customer no more news. */
const POLL_AFTER_AT_LEAST_MS = 500;

/** Development runs without TLS on these only. */
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** What an outcome must carry for its face to work. */
const OUTCOMES: Record<Outcome['status'], (outcome: Shape) => boolean> = {
  completed: () => true,
  pending: ({ fulfillmentId, pollAfterMs }) => isText(fulfillmentId) && typeof pollAfterMs === 'number',
  redirect: ({ url }) => canBeVisited(url),
  checkout: ({ url }) => canBeVisited(url),
  elsewhere: ({ channel }) => channel === 'email' || channel === 'webhook',
  failed: ({ code }) => isText(code),
  already_accepted: () => true,
};

/**
 * A status that is unknown here, or a link that is not safe to follow, becomes a failure that the customer can read.
 * @throws ProxyError `unreadable`
 */
export function readOutcome(body: unknown): Outcome {
  if (!isShape(body) || !isText(body['status'])) throw new ProxyError('unreadable', 'the answer has no outcome');
  if (!isOutcome(body)) return { status: 'failed', fulfillmentId: String(body['fulfillmentId']), code: 'unsupported' };
  if (body.status !== 'pending') return body;
  return { ...body, pollAfterMs: Math.max(body.pollAfterMs, POLL_AFTER_AT_LEAST_MS) };
}

function isOutcome(value: Shape): value is Outcome {
  const { status } = value;
  return isStatus(status) && OUTCOMES[status](value);
}

function isStatus(value: unknown): value is Outcome['status'] {
  return isText(value) && Object.hasOwn(OUTCOMES, value);
}

function canBeVisited(value: unknown): boolean {
  const url = isText(value) ? URL.parse(value) : null;
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && LOCAL_HOSTS.includes(url.hostname));
}
