/**
 * One HTTP call to Chargebee that always ends: with an answer, or with an `UpstreamFailure` that says what may be done
 * next. It sees the true status and headers before the SDK turns them into something else, and it never retries.
 */
import * as v from 'valibot';

/** What a failed call means for its caller. */
export type UpstreamFailureKind =
  /** No answer, a time-out, a 5xx, or not JSON. A call that changes something may still have been carried out. */
  | 'unavailable'
  /** 429: too many calls; nothing was done. */
  | 'busy'
  /** 404: Chargebee has no such thing. */
  | 'not_found'
  /** The offer was accepted before. */
  | 'duplicate'
  /** The state of the thing does not allow it. */
  | 'conflict'
  /** Any other 4xx: our request, our key or the site's set-up is wrong. */
  | 'refused';

/** The message is for the log of the operator: it may hold Chargebee's own words, and never goes to a browser. */
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
 * Chargebee's tutorials give this message for a second acceptance; neither its status (409 or 400) nor its code is
 * documented, so the words decide.
 */
const ALREADY = /already in progress|already.*completed|in progress\/completed/i;

/** As much of `fetch` as a call needs. */
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

export interface UpstreamOptions {
  readonly fetch: UpstreamFetch;
  readonly now: () => number;
  /** Told of every call, with its status or that there was none. */
  readonly onCall?: (call: { operation: string; status: number | 'none' }) => void;
  /** Sends the calls to this origin instead of Chargebee's. */
  readonly url?: string | undefined;
}

/** @returns what the SDK takes as its `httpClient`. */
export function createUpstream({ fetch, now, url, onCall }: UpstreamOptions) {
  const origin = url === undefined ? undefined : new URL(url).origin;
  return {
    async makeApiRequest(request: Request, timeoutMs: number): Promise<Response> {
      const { pathname, search, origin: chargebee } = new URL(request.url);
      const operation = operationOf(pathname);
      const call = `${request.method} ${operation}`;
      // Not AbortSignal.timeout, which holds on to the whole call until its time is over, long after the answer.
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(new DOMException('', 'TimeoutError')), timeoutMs);
      try {
        const response = await fetch((origin ?? chargebee) + pathname + search, {
          method: request.method,
          headers: Object.fromEntries(request.headers),
          body: request.method === 'GET' ? null : await request.text(),
          // Never followed: the key would travel along.
          redirect: 'manual',
          signal: abort.signal,
        });
        const body = await response.text();
        onCall?.({ operation, status: response.status });
        if (!response.ok) throw failure(call, response.status, response.headers.get('retry-after'), body, now());
        return toAnswer(response.status, response.status === 204 ? {} : JSON.parse(body));
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

/** The SDK reads its status, its headers and `json()`: what was parsed here need not be written and parsed once more. */
function toAnswer(status: number, json: unknown): Response {
  return Object.defineProperty(new Response(null, { status }), 'json', { value: async () => json });
}

/** The resource without its ids: `/api/v2/subscriptions/sub_1/subscription_entitlements` is `subscription_entitlements`. */
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
  // Chargebee's API redirects nobody: somebody else has answered.
  if (status >= 500 || status < 400) return 'unavailable';
  if ((status === 409 || status === 400) && ALREADY.test(message)) return 'duplicate';
  return status === 409 ? 'conflict' : 'refused';
}

function parseErrorBody(body: string): v.InferOutput<typeof ErrorBody> {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), ErrorBody), body);
  return parsed.success ? parsed.output : { message: '', api_error_code: '' };
}

/** Both forms of RFC 9110: seconds, or an HTTP date. */
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
