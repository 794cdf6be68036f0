/**
 * Every way a request can fail, and the table that turns it into an HTTP answer. What a browser reads is written here or in
 * a `detail` of the proxy; it is never a message of Chargebee.
 */
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ErrorCode, Problem } from './contract.js';

/** `detail` may be shown to anybody; `cause` is for the log only. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, detail?: string, options: { cause?: unknown; retryAfterMs?: number | undefined } = {}) {
    super(detail ?? ANSWERS[code].title, { cause: options.cause });
    this.code = code;
    this.detail = detail;
    this.retryAfterMs = options.retryAfterMs;
  }
}

const ANSWERS: Record<ErrorCode, { status: ContentfulStatusCode; title: string }> = {
  invalid_request: { status: 400, title: 'The request does not have the form that this route takes.' },
  context_not_allowed: { status: 400, title: 'The page may not set this custom field.' },
  unauthenticated: { status: 401, title: 'Nobody is signed in: the app knows no customer of this request.' },
  token_missing: {
    status: 401,
    title: 'The request has no identity token: send "Authorization: Bearer" and the token.',
  },
  token_malformed: { status: 401, title: 'The identity token is not a JWT. Send the token as your backend signed it.' },
  token_expired: { status: 401, title: 'The identity token has expired. Get a new one from your backend.' },
  token_signature: {
    status: 401,
    title: 'The identity token is signed with another key or algorithm than the proxy has in its settings.',
  },
  token_claim: { status: 401, title: 'A claim of the identity token is missing or wrong.' },
  wrong_server_key: { status: 401, title: 'This route needs the server key.' },
  wrong_webhook_credentials: { status: 401, title: 'This route takes webhooks of Chargebee only.' },
  wrong_origin: { status: 403, title: 'This page may not act for the customer: its origin is not allowed.' },
  not_entitled: { status: 403, title: 'This subscription does not include the feature.' },
  preview: { status: 403, title: 'This is a preview: nothing was accepted, and Chargebee was not asked.' },
  not_found: { status: 404, title: 'This customer has nothing with this id.' },
  unknown_route: { status: 404, title: 'The proxy has no such route.' },
  too_slow: { status: 408, title: 'The body of the request did not arrive in time. Send it again.' },
  not_reportable: { status: 409, title: 'Chargebee finishes this fulfillment itself.' },
  already_final: { status: 409, title: 'This fulfillment has already ended in another way.' },
  offer_expired: { status: 410, title: 'This offer has expired. Ask for a new one.' },
  too_large: { status: 413, title: 'The request is too large.' },
  too_many_requests: { status: 429, title: 'Too many requests from this customer. Try again in a minute.' },
  upstream_refused: { status: 502, title: 'Chargebee refused this. The log of the proxy says why.' },
  upstream_busy: { status: 503, title: 'Chargebee takes no more calls right now. Try again shortly.' },
  upstream_unavailable: { status: 503, title: 'Chargebee cannot be reached right now. Try again shortly.' },
  store_unavailable: { status: 503, title: 'The proxy cannot use its store right now. Try again shortly.' },
  identity_unavailable: { status: 503, title: 'The identity keys cannot be read right now. Try again shortly.' },
  access_unknown: {
    status: 503,
    title: 'The proxy cannot find out right now whether this subscription includes the feature. Try again shortly.',
  },
  internal: { status: 500, title: 'The proxy failed. Its log says why, under this requestId.' },
};

/** RFC 9457. `about:blank` would need the title to be the status text, so the type names the code. */
export function toProblem(error: unknown, requestId: string): Problem & { status: ContentfulStatusCode } {
  const { code, detail } = error instanceof RequestError ? error : { code: 'internal' as const, detail: undefined };
  const { status, title } = ANSWERS[code];
  return { type: `urn:upgrade-offer:${code}`, title, status, code, requestId, ...(detail && { detail }) };
}
