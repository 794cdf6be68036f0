/**
 * The token that says who the customer is: the page's own, or what its `getToken` has brought. What was brought for one
 * customer is never kept for another: the page may set a token or a `getToken` while one is on its way.
 */
import { ProxyError } from './proxy-error.js';
import { unlessAborted } from '../wait.js';

/** Brings a token of the customer who is signed in, or nothing where nobody is. */
export type GetToken = () => Promise<string | null | undefined>;

/** Who asks. A page may change it at any time. */
export interface TokenSource {
  /** A JWT signed by the app's backend. Without one, the proxy has to know the customer by the app's own cookie. */
  readonly token: string | undefined;
  /** Brings a fresh token: called when there is none, and once more when the proxy refuses the one there is. */
  readonly getToken: GetToken | undefined;
}

/** What was brought while the page said this. */
interface Brought extends TokenSource {
  /** Empty: nobody is signed in. */
  readonly value: string;
}

/** Less than a call to the proxy may take: the page hears that it was `getToken` that did not answer. */
const TOKEN_WITHIN_MS = 25_000;

const brought = new WeakMap<TokenSource, Brought>();

/** What is on its way, for all who need it at the same moment. */
const coming = new WeakMap<GetToken, { readonly replaces: string | undefined; value: Promise<string> }>();

/** The token that is at hand. Empty where `getToken` has said that nobody is signed in. */
export function knownToken(source: TokenSource): string | undefined {
  const known = source.getToken && brought.get(source);
  return known && isStill(source, known) ? known.value : source.token;
}

/** Forgets what `getToken` has brought: it may speak for another customer by now. */
export function forgetToken(source: TokenSource): void {
  brought.delete(source);
}

/**
 * A token other than the refused one, where the page can bring one. Empty where nobody is signed in, which is asked again the
 * next time: somebody may have signed in by then.
 * @throws ProxyError `unauthenticated`, or the reason of its aborted signal
 */
export async function freshToken(
  source: TokenSource,
  signal: AbortSignal,
  refused?: string,
): Promise<string | undefined> {
  const { token, getToken } = source;
  const known = knownToken(source);
  if (!getToken || (known && known !== refused)) return known;
  const value = await unlessAborted(bring(getToken, token), signal);
  if (isStill(source, { token, getToken })) brought.set(source, { token, getToken, value });
  return value;
}

/**
 * The customer of a token, and the subscription; and whether it is staff who look at it, whose preview is kept apart. Only for
 * comparing: the proxy alone decides who asks. Undefined where it cannot be read; nobody is a customer of an empty name.
 */
export function customerOf(token: string | undefined): string | undefined {
  const [, payload = ''] = String(token).split('.');
  try {
    const { sub, subscription_id, preview } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    return JSON.stringify([sub, subscription_id].concat(preview || []));
  } catch {
    return token && undefined;
  }
}

/** Whether both are known, and differ. A fresh token of the same customer is no change. */
export function isAnother(customer: string | undefined, next: string | undefined): boolean {
  return customer !== undefined && next !== undefined && customer !== next;
}

/** The request, in the name of the customer. */
export function authorized(init: RequestInit, token: string | undefined): RequestInit {
  const headers = new Headers(init.headers);
  if (token) headers.set('Authorization', `Bearer ${token}`);
  return { ...init, headers };
}

function isStill(source: TokenSource, { token, getToken }: TokenSource): boolean {
  return source.token === token && source.getToken === getToken;
}

function bring(getToken: GetToken, replaces: string | undefined): Promise<string> {
  const shared = coming.get(getToken);
  if (shared && shared.replaces === replaces) return shared.value;
  const value = call(getToken).finally(() => coming.delete(getToken));
  coming.set(getToken, { replaces, value });
  return value;
}

async function call(getToken: GetToken): Promise<string> {
  let value;
  try {
    value = (await unlessAborted(getToken(), AbortSignal.timeout(TOKEN_WITHIN_MS))) ?? '';
  } catch (cause) {
    throw new ProxyError('unauthenticated', `getToken failed (${cause}).`, { cause });
  }
  // No header takes it: a page to sign in, or an object, as text.
  if (/[^!-~]/.test(value)) throw new ProxyError('token_malformed', 'getToken brought no token.', { cause: value });
  return value;
}
