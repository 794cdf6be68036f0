/** What Chargebee Growth is asked for a customer, and when two questions are the same. Pure. */
import { hash } from 'node:crypto';
import type { ContextType } from '../config.js';
import type { Context, OfferRequest, Page } from '../contract.js';
import type { Customer } from '../customer.js';
import { RequestError } from '../errors.js';

export interface Question {
  readonly customer: Customer;
  /** The custom fields that Chargebee's audiences are matched against. */
  readonly custom: Context;
  readonly page: Page;
  readonly userAgent: string | undefined;
}

/** The custom fields that a page may set, with their types. */
export type BrowserContext = Readonly<Record<string, ContextType>>;

interface Surroundings {
  readonly userAgent: string | undefined;
  readonly browserContext: BrowserContext;
  /** The usage alerts of the subscription that are in alarm, by their ids. */
  readonly inAlarm: readonly string[];
}

/**
 * What the app signed overrides what the page sends, and what the proxy found out overrides both.
 * @throws RequestError `context_not_allowed` with the field and what to do.
 */
export function toQuestion(
  customer: Customer,
  { context, feature, page = {} }: OfferRequest,
  { userAgent, browserContext, inAlarm }: Surroundings,
): Question {
  checkContext(context, browserContext);
  const alarms = Object.fromEntries(inAlarm.map((id) => [`alert_${id}`, true]));
  const custom = { ...context, ...customer.custom, ...alarms, ...(feature && { [featureFlag(feature)]: false }) };
  return { customer, custom, page, userAgent };
}

/**
 * Leaves out the page's address, because an offer is the same on every page until it ends, and keeps the language, because
 * an offer may be written in it. Of the locale, only the language and the script count: a page can write any text there, and
 * each question costs a call.
 */
export function digest({ customer, custom, page }: Question): string {
  const fields = Object.entries(custom).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return hash('sha256', JSON.stringify([customer, fields, languageOf(page.locale)]), 'base64url');
}

/** @returns `pt` for `pt-BR`, `zh-hant` for `zh-Hant-TW`, and nothing for what is no language tag (RFC 5646). */
function languageOf(locale = ''): string {
  const [tag, language = '', script = ''] = LANGUAGE_TAG.exec(locale) ?? [];
  return tag === undefined ? '' : `${language}${script}`.toLowerCase();
}

const LANGUAGE_TAG = /^([a-z]{2,3})(-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?$/i;

/** `advanced-analytics` becomes `has_advanced_analytics`, the field that the audience rule of Chargebee's tutorial reads. */
function featureFlag(feature: string): string {
  return `has_${feature.replace(/[^\w]/g, '_')}`.toLowerCase();
}

function checkContext(context: Context | undefined, allowed: BrowserContext): void {
  for (const [field, value] of Object.entries(context ?? {})) {
    const type = Object.hasOwn(allowed, field) ? allowed[field] : undefined;
    if (type === typeof value) continue;
    const remedy = type
      ? `it must be a ${type}`
      : `add "${field}:${typeof value}" to BROWSER_CONTEXT, or sign it into the token`;
    throw new RequestError('context_not_allowed', `context.${field}: ${remedy}.`);
  }
}
