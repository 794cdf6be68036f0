/**
 * One HTTP call to Chargebee. It always ends, either with an answer or with an `UpstreamFailure` that says what the caller
 * may do next. It reads status and headers before the SDK turns them into something else, and it never retries.
 */
import * as v from 'valibot';
import { RETRY_AFTER_MAX_MS, RETRY_AFTER_MIN_MS } from '../constants.js';
import type { Counters } from '../counters.js';
import { API_ERROR_CODES } from './error-codes.js';

/** What a failed call means for its caller. */
export type UpstreamFailureKind =
  /**
   * No answer, a timeout, a 5xx, no JSON, a blocked site or a wrong one. It may work later, and a call that changes
   * something may still have been carried out.
   */
  | 'unavailable'
  /** 429: nothing was done. `isSiteBusy` tells whether other calls have to wait too. */
  | 'busy'
  /** 404: Chargebee has no such resource. */
  | 'not_found'
  /** The offer was accepted before. */
  | 'duplicate'
  /** The current state of the resource does not allow it. */
  | 'conflict'
  /** Any other 4xx: the request, the key or the site's setup is wrong. */
  | 'refused';

/**
 * The message is for the operator's log and must never reach a browser. It names Chargebee's error code, but quotes none of
 * Chargebee's texts, because they may contain a customer's name or e-mail address.
 */
export class UpstreamFailure extends Error {
  override readonly name = 'UpstreamFailure';
  readonly kind: UpstreamFailureKind;
  readonly status: number | undefined;
  /** Chargebee's `api_error_code`, if its answer has a readable one. */
  readonly code: string | undefined;
  /** Between `RETRY_AFTER_MIN_MS` and `RETRY_AFTER_MAX_MS`, whatever Chargebee says. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: UpstreamFailureKind,
    message: string,
    facts: { status?: number; code?: string | undefined; retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: facts.cause });
    this.kind = kind;
    this.status = facts.status;
    this.code = facts.code;
    this.retryAfterMs = facts.retryAfterMs;
  }

  /**
   * Whether the site has no room for any call. A 429 has three codes (Chargebee's OpenAPI document): the others are about
   * one resource (`lock_timeout`) or another company's API (`third_party_api_request_limit_exceeded`).
   */
  get isSiteBusy(): boolean {
    return this.kind === 'busy' && (this.code === undefined || this.code === 'api_request_limit_exceeded');
  }
}

/** Names of Chargebee's own, so they contain nothing about a customer. */
const name = (pattern: RegExp) => v.fallback(v.optional(v.pipe(v.string(), v.regex(pattern))), undefined);
const ErrorBody = v.object({
  message: v.fallback(v.string(), ''),
  api_error_code: name(/^[a-z0-9_]{1,100}$/),
  /** The field that Chargebee does not accept. */
  param: name(/^[a-z0-9_.[\]]{1,100}$/),
});
type ErrorBody = v.InferOutput<typeof ErrorBody>;
const NO_ERROR_BODY: ErrorBody = { message: '', api_error_code: undefined, param: undefined };

/**
 * Chargebee's tutorials quote the message for a second acceptance. They document neither its status (409 or 400) nor its
 * code, so the wording has to decide. The log says which one was found, in case Chargebee changes it.
 */
const DUPLICATE_WORDINGS = [/already in progress/i, /already.*completed/i, /in progress\/completed/i];

/** The part of `fetch` that a call uses. */
export type UpstreamFetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body: string | null;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<
  Pick<Response, 'ok' | 'status' | 'text'> & { readonly headers: { get(lowerCaseName: string): string | null } }
>;

export interface HttpClientOptions {
  readonly fetch: UpstreamFetch;
  readonly now: () => number;
  /** Called after every call. */
  readonly onCall?: Counters['call'];
  /** Sends the calls to this origin instead of to Chargebee. */
  readonly url?: string | undefined;
}

/** The SDK writes every other character of an id into its path segment, and a slash as a new segment. */
const SLASH = '\u{E000}';
const ENCODED_SLASH = new RegExp(encodeURIComponent(SLASH), 'g');

/** @returns the id for the SDK: a slash in it stays in its segment of the path. */
export function inPath(id: string): string {
  return id.replaceAll('/', SLASH);
}

/** @returns what the SDK takes as its `httpClient`. */
export function createHttpClient({ fetch, now, url, onCall }: HttpClientOptions) {
  const origin = url === undefined ? undefined : new URL(url).origin;
  return {
    async makeApiRequest(request: Request, timeoutMs: number): Promise<Response> {
      const { pathname, search, origin: chargebee } = new URL(request.url);
      const operation = operationOf(pathname);
      const call = `${request.method} ${operation}`;
      const startedAt = now();
      const count = (status: number | 'none', code: string | undefined) =>
        onCall?.({ operation, status, code: countable(code) }, now() - startedAt);
      // AbortSignal.timeout would keep the whole call in memory until the timeout, long after the answer.
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(new DOMException('', 'TimeoutError')), timeoutMs);
      try {
        const path = pathname.replace(ENCODED_SLASH, '%2F');
        const response = await fetch((origin ?? chargebee) + path + search, {
          method: request.method,
          headers: Object.fromEntries(request.headers),
          body: request.method === 'GET' ? null : await request.text(),
          // Never followed: the API key would be sent along.
          redirect: 'manual',
          signal: abort.signal,
        });
        const body = await response.text();
        if (!response.ok) {
          const failed = failure(call, response.status, response.headers.get('retry-after'), body, now());
          count(response.status, failed.code);
          throw failed;
        }
        count(response.status, undefined);
        return new ParsedResponse(response.status, response.status === 204 ? {} : parseAnswer(call, body));
      } catch (error) {
        if (error instanceof UpstreamFailure) throw error;
        count('none', undefined);
        throw new UpstreamFailure('unavailable', `Failed to call Chargebee (${call}): ${reason(error)}.`, {
          cause: error,
        });
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/**
 * A response whose body was parsed here already. The SDK (3.33) reads `status`, `headers` and `json()` only; to give it the
 * text to parse again would cost 17 µs more for an answer of 1 kB on Node 20.
 */
class ParsedResponse extends Response {
  readonly #body: unknown;

  constructor(status: number, body: unknown) {
    super(null, { status });
    this.#body = body;
  }

  override async json(): Promise<unknown> {
    return this.#body;
  }

  override async text(): Promise<string> {
    return JSON.stringify(this.#body);
  }
}

/** The resource without ids: `subscription_entitlements` for `/api/v2/subscriptions/sub_1/subscription_entitlements`. */
function operationOf(pathname: string): string {
  const segments = pathname.split('/').slice(3);
  return segments[2] ?? segments[0] ?? 'unknown';
}

/** A code that Chargebee adds later, or that something else has answered, makes no series of its own in the metrics. */
function countable(code: string | undefined): string {
  if (code === undefined) return 'none';
  return API_ERROR_CODES.has(code) ? code : 'other';
}

/** The SDK takes an object only. @throws UpstreamFailure without a cause: V8's message quotes the text that is no JSON. */
function parseAnswer(call: string, body: string): object {
  const unreadable = (reason: string) =>
    new UpstreamFailure('unavailable', `Failed to call Chargebee (${call}): the answer is not ${reason}.`);
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    throw unreadable('JSON');
  }
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) throw unreadable('a JSON object');
  return answer;
}

function failure(
  call: string,
  status: number,
  retryAfterHeader: string | null,
  body: string,
  now: number,
): UpstreamFailure {
  const answer = parseErrorBody(body);
  const { api_error_code: code, param } = answer;
  const wording = duplicateWording(status, answer);
  const facts = [
    code ?? 'no error code',
    ...(param === undefined ? [] : [`parameter ${param}`]),
    ...(wording === undefined ? [] : [`a text with "${wording.source}"`]),
  ].join(', ');
  return new UpstreamFailure(
    wording === undefined ? kindOf(status, code) : 'duplicate',
    `Chargebee answered ${status} to ${call}: ${facts}.${remedy(status, code)}`,
    { status, code, retryAfterMs: retryAfter(retryAfterHeader, now) },
  );
}

/** 4xx that say nothing about the request itself: it timed out, or came too early. */
const NOT_ABOUT_THE_REQUEST = new Set([408, 425]);

function duplicateWording(status: number, { message }: ErrorBody): RegExp | undefined {
  return status === 409 || status === 400 ? DUPLICATE_WORDINGS.find((wording) => wording.test(message)) : undefined;
}

function kindOf(status: number, code: string | undefined): UpstreamFailureKind {
  if (status === 429) return 'busy';
  // Chargebee's API never redirects, so something else has answered.
  if (status >= 500 || status < 400 || NOT_ABOUT_THE_REQUEST.has(status)) return 'unavailable';
  // Chargebee has blocked the site for a time.
  if (code === 'request_blocked') return 'unavailable';
  if (status === 404) return isWrongSite(status, code) ? 'unavailable' : 'not_found';
  return status === 409 ? 'conflict' : 'refused';
}

/** A site that does not exist answers 404 with this code, or with a page of HTML. Neither is about a resource. */
function isWrongSite(status: number, code: string | undefined): boolean {
  return status === 404 && (code === undefined || code === 'site_not_found');
}

function remedy(status: number, code: string | undefined): string {
  if (isWrongSite(status, code)) return ' There is no such site: correct CHARGEBEE_SITE or CHARGEBEE_URL.';
  if (code === 'request_blocked') return ' Chargebee has blocked the site for a time; the proxy tries again.';
  return '';
}

function parseErrorBody(body: string): ErrorBody {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), ErrorBody), body);
  return parsed.success ? parsed.output : NO_ERROR_BODY;
}

/**
 * `Retry-After` in either form of RFC 9110: seconds, or an HTTP date. No value may stop the proxy for long, or let it call
 * in a tight loop, so it is bounded. A date is read by the proxy's own clock, which may be wrong.
 * @returns undefined if there is none, or none that can be read.
 */
function retryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const isNumber = /^[+-]?\d+([.,]\d+)?$/.test(text);
  const isDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/i.test(text);
  const waitMs = isNumber ? Number.parseFloat(text) * 1_000 : isDate ? Date.parse(text) - now : Number.NaN;
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, RETRY_AFTER_MIN_MS), RETRY_AFTER_MAX_MS);
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  if (error.name === 'TimeoutError') return 'no answer in time';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
