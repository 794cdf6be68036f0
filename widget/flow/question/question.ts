/** What the widget asks the proxy: about which feature, for whom, and what the page adds. Pure apart from reading the page. */
import type { Context, OfferRequest } from '../../../proxy/contract.js';
import type { Caller } from './proxy-call.js';

/** What a question is made of. */
export interface Asker extends Caller {
  readonly feature: string | undefined;
  readonly used: number | undefined;
  readonly context: Context | undefined;
  readonly lang: string;
}

/**
 * A question, to compare with the one before. With another `subject`, nothing that is shown holds any longer. With other
 * `facts`, it holds until the answer has come. Equal values that a framework sets again are no change.
 */
export interface Question {
  readonly subject: string;
  readonly facts: string;
}

export function questionOf({ proxy, token, getToken, mock, feature, used, context }: Asker): Question {
  return {
    subject: JSON.stringify([proxy, feature, customerOf(token) ?? token, Boolean(getToken), mock]),
    facts: JSON.stringify([used, context]),
  };
}

/** Names what is remembered for this customer; a mock has a memory of its own. An unreadable token names nobody. */
export function customerKey({ proxy, token, mock }: Asker): string {
  return JSON.stringify([proxy, customerOf(token), mock]);
}

/** Names what is remembered for this customer and feature. */
export function featureKey(asker: Asker): string {
  return `${customerKey(asker)} ${asker.feature ?? ''}`;
}

/** The body of `POST /offers`. */
export function requestOf({ feature, used, context, lang }: Asker): OfferRequest {
  return {
    ...(feature && { feature }),
    ...(used !== undefined && { used }),
    ...(context && { context }),
    page: {
      url: placeOf(location.href),
      ...(document.referrer && { referrer: placeOf(document.referrer) }),
      locale: lang || document.documentElement.lang || navigator.language,
      timezone: timeZone(),
    },
  };
}

/** A fresh token of the same customer is the same question. Only for comparing: the proxy alone decides who asks. */
function customerOf(token: string | undefined): string | undefined {
  const [, payload = ''] = String(token).split('.');
  try {
    const { sub, subscription_id } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    return JSON.stringify([sub, subscription_id]);
  } catch {
    return undefined;
  }
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
