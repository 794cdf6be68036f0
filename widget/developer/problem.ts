/** Says in the console what is wrong and how to fix it, once on a page. For its developer, never for customers. */
import type { Why } from '../../proxy/contract.js';
import type { AnyWhy } from '../flow/offer-state.js';
import { endOf, readToken, tokenFlaw } from './token.js';

/** The element, or who else asks. */
export interface Asker {
  readonly feature?: string | undefined;
  readonly getToken?: unknown;
  readonly mock?: unknown;
}

/** What a `ProxyError` adds, as far as the error is one. */
interface Failure extends Error {
  readonly code?: string;
  readonly requestId?: string | undefined;
}

const SEE_LOG = 'The log of the proxy says why, and `npx upgrade-offer doctor` what to correct.';

export const REASONS: Record<Why, string> = {
  entitled: 'The customer may use the feature already.',
  no_match:
    'Chargebee has no offer for this customer now. The usual causes: no active play matches what was sent; a field of ' +
    '`context` is not mapped in Growth, and so ignored; the offer was accepted before; it was dismissed and is cooling down.',
  budget: 'The proxy did not ask Chargebee for an offer, to stay within the calls per minute that the site may make.',
  upstream_unavailable: `Chargebee did not answer the proxy, or refused its call. Nothing is sold meanwhile. ${SEE_LOG}`,
  access_unknown:
    'Nobody can tell now whether the customer may use the feature, so it is neither unlocked nor sold to somebody who may ' +
    `have paid: Chargebee did not answer the proxy, or refused its call. ${SEE_LOG}`,
  unknown_feature:
    'The Chargebee site has no feature with the id in `feature`. Check its spelling against the id of the feature in Chargebee.',
  capped:
    'The customer has seen as many offers that they did not ask for as OFFER_CAPS of the proxy allows. show() and gate() are ' +
    'never capped. `npx upgrade-offer why CUSTOMER` says which rule it is.',
  signed_out:
    'Nobody is signed in: `getToken` brought no token, or the app that the proxy is part of knows no customer of this request. ' +
    'Another `getToken` or `token`, or refresh(), asks again.',
};

/** Of each failure that was said, by its message. */
const said = new Map<string, string>();
const printed = new Set<string>();

/** @param token what was sent, or would have been. */
export function sayProblem(problem: Failure | AnyWhy, asker: Asker, token: unknown): void {
  const words = problem instanceof Error ? withFix(problem, asker, token) : reasonOf(problem);
  if (problem instanceof Error) said.set(problem.message, words);
  const line = `<upgrade-offer${asker.feature ? ` feature="${asker.feature}"` : ''}> ${words}`;
  // A mock fails because the page wants it to, unless there is no such mock.
  const isWanted = Boolean(asker.mock) && !(problem instanceof Error && problem.code === 'unknown_mock');
  if (isWanted || printed.has(line)) return;
  printed.add(line);
  const requestId = problem instanceof Error && problem.requestId;
  console.warn(requestId ? `${line} In the log of the proxy: requestId ${requestId}.` : line);
}

/** The same words, for a failure of which only the message is left. */
export function whatWasSaid(message: string): string {
  return said.get(message) ?? message;
}

export function reasonOf(why: AnyWhy): string {
  if (isKnown(why)) return REASONS[why];
  return `The proxy has no offer, for a reason that this version of the widget does not know: ${why}.`;
}

function isKnown(why: AnyWhy): why is Why {
  return Object.hasOwn(REASONS, why);
}

function withFix(failure: Failure, asker: Asker, token: unknown): string {
  return [failure.message, fixFor(failure, asker, token)].filter(Boolean).join(' ');
}

function fixFor({ code, cause }: Failure, { getToken }: Asker, token: unknown): string {
  const read = readToken(token);
  switch (code) {
    case 'unreachable':
      // Such a token cannot even be sent.
      return /[^!-~]/.test(String(token))
        ? tokenFlaw(token)
        : `Check that \`proxy\` is the address of a proxy that runs, and that its ALLOWED_ORIGINS have ${location.origin}.`;
    case 'unreadable':
      return 'Check that `proxy` is its base URL, such as https://app.example/upgrade-offer.';
    case 'token_missing':
      return 'Set `token`, or `getToken`, to a token that your backend has signed.';
    case 'token_malformed':
      return tokenFlaw(cause ?? token);
    case 'token_expired':
      return `It ended at ${read && endOf(read)}. ${
        getToken
          ? 'Let `getToken` ask your backend for a new one each time, and keep none.'
          : 'Set `getToken`: it is asked for a new one when a token has ended.'
      }`;
    case 'token_signature':
      return (
        "Let your backend sign with HS256 and the proxy's IDENTITY_SECRET, or give the proxy the IDENTITY_JWKS_URL of the " +
        `keys that sign. This one is signed with ${read?.header['alg']}.`
      );
    case 'token_claim':
      return `Correct it where your backend signs the token. It has: ${Object.keys(read?.claims ?? {}).join(', ')}.`;
    default:
      return '';
  }
}
