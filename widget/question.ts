/** What the element asks the proxy: about which feature, for whom, and what the page adds. Pure but for reading the page. */
import type { Context, OfferRequest } from '../proxy/contract.js';
import type { Caller } from './offer-api.js';

/** The attributes that a question is made of. */
export interface Asker extends Caller {
  readonly feature: string | undefined;
  readonly used: number | undefined;
  readonly context: Context | undefined;
  readonly lang: string;
}

/**
 * A question to compare with the one before. With another `topic` nothing that is shown holds any longer; with other
 * `facts` it holds until the answer has come. Equal values that a framework sets anew are no change.
 */
export interface Question {
  readonly topic: string;
  readonly facts: string;
}

export function questionOf({ proxy, token, getToken, mock, feature, used, context }: Asker): Question {
  return {
    topic: JSON.stringify([proxy, feature, customerOf(token) ?? token, Boolean(getToken), mock]),
    facts: JSON.stringify([used, context]),
  };
}

/** Names what is remembered for this customer, which a mock is not. A token that cannot be read is nobody's name to keep. */
export function ownerOf({ proxy, token, mock }: Asker): string {
  return JSON.stringify([proxy, customerOf(token), mock]);
}

/** Names what is remembered for this customer and feature. */
export function topicOf(asker: Asker): string {
  return `${ownerOf(asker)} ${asker.feature ?? ''}`;
}

export function requestOf({ feature, used, context, lang }: Asker): OfferRequest {
  return {
    ...(feature && { feature }),
    ...(used !== undefined && { used }),
    ...(context && { context }),
    page: {
      url: place(location.href),
      ...(document.referrer && { referrer: place(document.referrer) }),
      locale: lang || document.documentElement.lang || navigator.language,
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
  };
}

/** A fresh token of the same customer is no other question. For comparing only: the proxy alone decides who asks. */
function customerOf(token: string | undefined): string | undefined {
  const [, payload = ''] = String(token).split('.');
  try {
    const { sub, subscription_id } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    return JSON.stringify([sub, subscription_id]);
  } catch {
    return undefined;
  }
}

/** Without query and fragment: those may hold secrets. */
function place(address: string): string {
  const { origin, pathname } = new URL(address);
  return origin + pathname;
}
