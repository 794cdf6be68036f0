/**
 * Calls to the proxy: who makes them, how long they may take, and how they fail.
 * Knows nothing of the page or of the state of the offer.
 */
import { readProblem } from './answers.js';
import type { MockScenario } from './mock-scenario.js';
import { isProxyError, ProxyError } from './proxy-error.js';

/** Where the proxy is and who asks. Read again for each call, because a page may change it at any time. */
export interface Caller {
  /** The proxy's base URL, absolute or relative to the page. */
  readonly proxy: string;
  /** A JWT signed by the app's backend. Without one, the proxy has to know the customer by the app's own cookie. */
  readonly token: string | undefined;
  /** Brings a fresh token: called when there is none, and once more when the proxy refuses the one there is. */
  readonly getToken: (() => Promise<string>) | undefined;
  /** Answers in place of the proxy, which then hears nothing. */
  readonly mock?: string | MockScenario | undefined;
}

export interface CallOptions {
  /** Sent as JSON. With a body it is a POST, else a GET. */
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal;
  /** The call goes on after the page was left. */
  readonly keepalive?: boolean;
}

/**
 * Resolves with the parsed body. Rejects with a `ProxyError`, or with the reason of its aborted signal.
 * @param path the segments of the path. They are encoded here and nowhere else.
 */
export type Call = (path: readonly string[], options?: CallOptions) => Promise<unknown>;

/** Longer than the proxy ever waits for Chargebee. After it the customer is told, not left waiting. */
const ANSWER_WITHIN_MS = 30_000;

/** @param fetch looked up for each call by default, because a page may wrap its own at any time. */
export function createCall(caller: Caller, fetch = (url: string, init: RequestInit) => window.fetch(url, init)): Call {
  const token = tokenOf(caller);

  return async function call(path, { signal: ended, ...options } = {}) {
    const url = urlOf(caller.proxy, path, options.query);
    const signal = AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), ...(ended ? [ended] : [])]);
    const init = { ...requestInit(options), signal };
    try {
      let response = await send(url, init);
      if (response.status === 401 && caller.getToken) response = await send(url, init, { isFresh: true });
      const body = await readBody(response);
      if (response.ok) return body;
      throw readProblem(body, `${url} answered ${response.status}`);
    } catch (error) {
      ended?.throwIfAborted();
      if (isProxyError(error)) throw error;
      throw new ProxyError('unreachable', `${url} did not answer (${error})`, { cause: error });
    }
  };

  async function send(url: string, init: RequestInit, { isFresh = false } = {}): Promise<Response> {
    if (caller.mock) return (await import('../../developer/mock.js')).mock(caller, url, init);
    const headers = new Headers(init.headers);
    // Awaited only where it has to be fetched: with a token at hand, a click sends its request at once.
    const bearer = isFresh || !token.current() ? await token.fresh() : token.current();
    if (bearer) headers.set('Authorization', `Bearer ${bearer}`);
    return fetch(url, { ...init, headers });
  }
}

function urlOf(proxy: string, path: readonly string[], query?: CallOptions['query']): string {
  const search = query ? `?${new URLSearchParams(query)}` : '';
  return [proxy.replace(/\/$/, ''), ...path.map(encodeURIComponent)].join('/') + search;
}

function requestInit({ body, keepalive = false }: CallOptions): RequestInit {
  if (body === undefined) return { keepalive };
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), keepalive };
}

/** The token of the page while it has one, else the last one that `getToken` brought. */
function tokenOf(caller: Caller) {
  let given: string | undefined;
  let known: string | undefined;

  function current(): string | undefined {
    if (caller.token !== given) known = given = caller.token;
    return known;
  }

  async function fresh(): Promise<string | undefined> {
    known = (await freshToken(caller)) ?? known;
    return known;
  }

  return { current, fresh };
}

async function freshToken({ getToken }: Caller): Promise<string | undefined> {
  try {
    return await getToken?.();
  } catch (cause) {
    throw new ProxyError('unauthenticated', `getToken failed (${cause})`, { cause });
  }
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
