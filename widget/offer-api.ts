/**
 * Calls to the proxy: who makes them, how long they may take, and how they fail.
 * Knows nothing of the page or of the state of the offer.
 */
import type { OfferRequest } from '../proxy/contract.js';
import { readAnswer, readProblem, type Answer } from './answers.js';
import type { MockScenario } from './mock-proxy.js';
import { ProxyError } from './proxy-error.js';

/** Where the proxy is and who asks; read anew for each call, because a page may change them at any time. */
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

/** Resolves with the parsed body; rejects with a `ProxyError`, or with the reason of its aborted signal. */
export type Call = (path: string, init: RequestInit) => Promise<unknown>;

/** Longer than the proxy ever waits for Chargebee; after it the customer is told, not left waiting. */
const ANSWER_WITHIN_MS = 30_000;

/** @param fetch found anew at each call by default, because a page may wrap its own at any time. */
export function createCall(caller: Caller, fetch = (url: string, init: RequestInit) => window.fetch(url, init)): Call {
  const token = tokenOf(caller);

  return async function call(path, init) {
    const url = `${caller.proxy.replace(/\/$/, '')}/${path}`;
    const deadline = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const signal = init.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
    try {
      let response = await send(url, { ...init, signal });
      if (response.status === 401 && caller.getToken)
        response = await send(url, { ...init, signal }, { isFresh: true });
      const body = await readBody(response);
      if (response.ok) return body;
      throw readProblem(body, `${url} answered ${response.status}`);
    } catch (error) {
      init.signal?.throwIfAborted();
      if (error instanceof ProxyError) throw error;
      throw new ProxyError('unreachable', `${url} did not answer (${error})`, { cause: error });
    }
  };

  async function send(url: string, init: RequestInit, { isFresh = false } = {}): Promise<Response> {
    if (caller.mock) return (await import('./mock.js')).mock(caller, url, init);
    const headers = new Headers(init.headers);
    const bearer = await token(isFresh);
    if (bearer) headers.set('Authorization', `Bearer ${bearer}`);
    return fetch(url, { ...init, headers });
  }
}

/** `POST /offers` */
export async function askForOffer(call: Call, request: OfferRequest, signal: AbortSignal): Promise<Answer> {
  return readAnswer(await call('offers', { ...post(request), signal }));
}

export function post(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

/** The token of the page while it has one, else what `getToken` brought last. */
function tokenOf(caller: Caller) {
  let given = caller.token;
  let current = given;

  return async function token(isFresh: boolean): Promise<string | undefined> {
    if (given !== caller.token) current = given = caller.token;
    if (isFresh || !current) current = (await freshToken(caller)) ?? current;
    return current;
  };
}

async function freshToken({ getToken }: Caller): Promise<string | undefined> {
  try {
    return await getToken?.();
  } catch (cause) {
    throw new ProxyError('unauthenticated', `getToken failed (${cause})`, { cause });
  }
}

/** An event is answered without a body; what is not JSON is for the reader of the answer to refuse. */
async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text && JSON.parse(text);
  } catch {
    return text;
  }
}
