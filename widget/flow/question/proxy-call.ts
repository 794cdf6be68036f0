/**
 * Calls to the proxy: who makes them, how long they may take, and how they fail.
 * Knows nothing of the page or of the state of the offer.
 */
import { readProblem } from './answers.js';
import type { MockScenario } from './mock-scenario.js';
import { isProxyError, ProxyError } from './proxy-error.js';
import { authorized, customerOf, freshToken, isAnother, knownToken, type TokenSource } from './token.js';

/** Where the proxy is and who asks. Read again for each call, because a page may change it at any time. */
export interface Caller extends TokenSource {
  /** The proxy's base URL, absolute or relative to the page. */
  readonly proxy: string;
  /** Answers in place of the proxy, which then hears nothing. */
  readonly mock?: string | MockScenario | undefined;
}

export interface CallOptions {
  /** Sent as JSON. With a body it is a POST, else a GET. */
  readonly body?: unknown;
  /** Encoded, such as `used=4`. */
  readonly query?: string | false | undefined;
  readonly signal?: AbortSignal;
  /** The call goes on after the page was left. */
  readonly keepalive?: boolean;
  /** Of those who wait for the answer. When none is left, a call that was refused is not sent again. */
  readonly signals?: readonly AbortSignal[];
}

/**
 * Resolves with the parsed body. Rejects with a `ProxyError`, or with the reason of its aborted signal.
 * @param path the segments of the path. They are encoded here and nowhere else.
 */
export type Call = (path: readonly string[], options?: CallOptions) => Promise<unknown>;

/** Longer than the proxy ever waits for Chargebee. After it the customer is told, not left waiting. */
const ANSWER_WITHIN_MS = 30_000;

export function createCall(caller: Caller): Call {
  return async function call(path, { signal: ended, signals, ...options } = {}) {
    const url = urlOf(caller.proxy, path, options.query);
    const signal = AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), ...(ended ? [ended] : [])]);
    const init = { ...requestInit(options), signal };
    try {
      const response = await send(url, init, signals);
      const body = await readBody(response);
      if (response.ok) return body;
      throw readProblem(body, `${url} answered ${response.status}`, response);
    } catch (error) {
      ended?.throwIfAborted();
      if (isProxyError(error)) throw error;
      throw new ProxyError('unreachable', `${url} did not answer (${error}).`, { cause: error });
    }
  };

  async function send(
    url: string,
    init: RequestInit & { signal: AbortSignal },
    signals?: readonly AbortSignal[],
  ): Promise<Response> {
    if (caller.mock) return (await import('../../developer/mock.js')).mock(caller, url, init);
    // Awaited only where it has to be fetched: with a token at hand, a click sends its request at once.
    const token = knownToken(caller) || (await freshToken(caller, init.signal));
    // Looked up for each call, because a page may wrap its own at any time.
    const response = await window.fetch(url, authorized(init, token));
    if (response.status !== 401 || !caller.getToken) return response;
    const fresh = await freshToken(caller, init.signal, token);
    // What one customer has begun, another one does not go on with.
    if (!fresh || isAnother(customerOf(token), customerOf(fresh))) {
      throw new ProxyError('unauthenticated', 'the customer is no longer signed in.');
    }
    if (signals?.every(({ aborted }) => aborted)) return response;
    return window.fetch(url, authorized(init, fresh));
  }
}

function urlOf(proxy: string, path: readonly string[], query?: CallOptions['query']): string {
  const search = query ? `?${query}` : '';
  return [proxy.replace(/\/$/, ''), ...path.map(encodeURIComponent)].join('/') + search;
}

function requestInit({ body, keepalive = false }: CallOptions): RequestInit {
  if (body === undefined) return { keepalive };
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), keepalive };
}

/** An event is answered without a body. The reader of an answer refuses what is not JSON. */
async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text && JSON.parse(text);
  } catch {
    return text;
  }
}
