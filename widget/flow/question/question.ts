/** What the widget asks the proxy: about which feature, for whom, and what the page adds. Pure apart from reading the page. */
import type { Context, OfferRequest } from '../../../proxy/contract.js';
import type { Caller } from './proxy-call.js';
import { customerOf, freshToken, isAnother, knownToken } from './token.js';

/** What a question is made of. */
export interface Asker extends Caller {
  readonly feature: string | undefined;
  readonly used: number | undefined;
  readonly context: Context | undefined;
  readonly lang: string;
  /** Of an element. */
  closest?(selector: string): { getAttribute(name: string): string | null } | null;
}

/**
 * A question, to compare with the one before. With another `subject` or customer, nothing that is shown holds any longer. With
 * other `facts`, it holds until the answer has come. Equal values that a framework sets again are no change.
 */
export interface Question {
  readonly subject: string;
  readonly facts: string;
  /** Absent until `getToken` has brought a token. All whose tokens cannot be read are one. */
  readonly customer: string | undefined;
  /** Where the page has no token. */
  readonly getToken: unknown;
}

const UNREADABLE = '?';

export function questionOf(asker: Asker): Question {
  const { proxy, token, getToken, mock, feature, used, context } = asker;
  const known = knownToken(asker);
  return {
    // Two tokens that cannot be read may be two customers'.
    subject: JSON.stringify([proxy, feature, Boolean(token || getToken), customerOf(token) ? undefined : token, mock]),
    facts: JSON.stringify([used, context]),
    customer: customerOf(known) ?? (known && UNREADABLE),
    getToken: token ? undefined : getToken,
  };
}

/** Whether what holds for one question holds for the next. Until its customer is known, it is the same one. */
export function isSameSubject(before: Question, next: Question): boolean {
  return before.subject === next.subject && !isAnother(before.customer, next.customer);
}

/**
 * Resolves once the customer is known, as far as the page can tell: with false where it says that nobody is signed in.
 * @throws ProxyError
 */
export async function identify(asker: Asker, signal: AbortSignal): Promise<boolean> {
  return Boolean(asker.mock || (await freshToken(asker, signal)) || !asker.getToken);
}

/**
 * Names what is remembered for this customer; a mock has a memory of its own. Without a token that can be read it names
 * nobody.
 */
export function customerKey(asker: Asker): string {
  return JSON.stringify([asker.proxy, customerOf(knownToken(asker)), asker.mock]);
}

/** Names what is remembered for this customer and feature. */
export function featureKey(asker: Asker): string {
  return `${customerKey(asker)} ${asker.feature ?? ''}`;
}

/** The body of `POST /offers`. */
export function requestOf(asker: Asker): OfferRequest {
  const { feature, used, context, lang } = asker;
  return {
    ...(feature && { feature }),
    ...(used !== undefined && { used }),
    ...(context && { context }),
    page: {
      url: placeOf(location.href),
      ...(document.referrer && { referrer: placeOf(document.referrer) }),
      // Of the part of the page around it, whose language the widget speaks, too.
      locale:
        lang || asker.closest?.('[lang]')?.getAttribute('lang') || document.documentElement.lang || navigator.language,
      timezone: timeZone(),
    },
  };
}

/** Through Temporal where the browser has it (Chrome 144, Firefox 139): the first use of Intl blocks a page for 20 ms. */
function timeZone(): string {
  return globalThis.Temporal?.Now.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Without query and fragment: they may hold secrets. */
function placeOf(address: string): string {
  const { origin, pathname } = new URL(address);
  return origin + pathname;
}

declare global {
  /** TypeScript's library for ES2024 does not describe it. */
  var Temporal: { readonly Now: { timeZoneId(): string } } | undefined;
}
