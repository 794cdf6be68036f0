/**
 * One HTTP call to Chargebee. It always ends, either with an answer or with an `UpstreamFailure` that says what the caller
 * may do next. It reads status and headers before the SDK turns them into something else, and it never retries.
 */
import * as v from 'valibot';

/** What a failed call means for its caller. */
export type UpstreamFailureKind =
  /** No answer, a timeout, a 5xx, or no JSON. A call that changes something may still have been carried out. */
  | 'unavailable'
  /** 429: too many calls; nothing was done. */
  | 'busy'
  /** 404: Chargebee has no such resource. */
  | 'not_found'
  /** The offer was accepted before. */
  | 'duplicate'
  /** The current state of the resource does not allow it. */
  | 'conflict'
  /** Any other 4xx: the request, the key or the site's setup is wrong. */
  | 'refused';

/** The message is for the operator's log. It may quote Chargebee and must never reach a browser. */
export class UpstreamFailure extends Error {
  override readonly name = 'UpstreamFailure';
  readonly kind: UpstreamFailureKind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: UpstreamFailureKind,
    message: string,
    facts: { status?: number; retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: facts.cause });
    this.kind = kind;
    this.status = facts.status;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

const ErrorBody = v.object({ message: v.optional(v.string(), ''), api_error_code: v.optional(v.string(), '') });

/**
 * Chargebee's tutorials quote this message for a second acceptance. They document neither its status (409 or 400) nor its
 * code, so the wording has to decide.
 */
const ALREADY = /already in progress|already.*completed|in progress\/completed/i;

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
  /** Called after every call, with its status, or `none` if there was no answer. */
  readonly onCall?: (call: { operation: string; status: number | 'none' }) => void;
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
        onCall?.({ operation, status: response.status });
        if (!response.ok) throw failure(call, response.status, response.headers.get('retry-after'), body, now());
        return new ParsedResponse(response.status, response.status === 204 ? {} : JSON.parse(body));
      } catch (error) {
        if (error instanceof UpstreamFailure) throw error;
        onCall?.({ operation, status: 'none' });
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

function failure(
  call: string,
  status: number,
  retryAfterHeader: string | null,
  body: string,
  now: number,
): UpstreamFailure {
  const { message, api_error_code } = parseErrorBody(body);
  return new UpstreamFailure(
    kindOf(status, message),
    `Chargebee answered ${status} to ${call}: ${api_error_code || 'no error code'} ${message}`.trim(),
    { status, retryAfterMs: retryAfter(retryAfterHeader, now) },
  );
}

function kindOf(status: number, message: string): UpstreamFailureKind {
  if (status === 429) return 'busy';
  if (status === 404) return 'not_found';
  // Chargebee's API never redirects, so something else has answered.
  if (status >= 500 || status < 400) return 'unavailable';
  if ((status === 409 || status === 400) && ALREADY.test(message)) return 'duplicate';
  return status === 409 ? 'conflict' : 'refused';
}

function parseErrorBody(body: string): v.InferOutput<typeof ErrorBody> {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), ErrorBody), body);
  return parsed.success ? parsed.output : { message: '', api_error_code: '' };
}

/** `Retry-After` in either form of RFC 9110: seconds, or an HTTP date. */
function retryAfter(header: string | null, now: number): number | undefined {
  if (!header) return undefined;
  const at = /^\d+$/.test(header) ? now + Number(header) * 1_000 : Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

function reason(error: unknown): string {
  if (error instanceof SyntaxError) return 'the answer is not JSON';
  if (!(error instanceof Error)) return 'unknown reason';
  if (error.name === 'TimeoutError') return 'no answer in time';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
