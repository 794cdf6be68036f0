/** What Chargebee Growth is asked on a customer's behalf, and when two questions are the same. Pure. */
import { hash } from 'node:crypto';
import type { Question } from '../chargebee/chargebee.js';
import type { ContextType } from '../config.js';
import type { Context, OfferRequest } from '../contract.js';
import { ProxyError } from '../errors.js';
import type { Customer } from '../identity/identity.js';

export type BrowserContext = Readonly<Record<string, ContextType>>;

/**
 * What the app signed beats what the page says, and what the proxy worked out beats both.
 * @throws ProxyError `context_not_allowed` with the field and the mend.
 */
export function toQuestion(
  customer: Customer,
  { context, feature, page }: OfferRequest,
  { userAgent, browserContext }: { userAgent: string | undefined; browserContext: BrowserContext },
): Question {
  checkContext(context, browserContext);
  const custom = { ...context, ...customer.custom, ...(feature && { [featureFlag(feature)]: false }) };
  return { customer, custom, page: { ...page, userAgent } };
}

/** The page is left out: the same offer on every page, until it ends. The language is in: the offer may be written in it. */
export function digest({ customer, custom, page }: Question): string {
  const fields = Object.entries(custom).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return hash('sha256', JSON.stringify([customer, fields, page.locale]), 'base64url');
}

/** `advanced-analytics` becomes `has_advanced_analytics`, the field that the tutorial's audience rule reads. */
function featureFlag(feature: string): string {
  return `has_${feature.replaceAll('-', '_')}`.toLowerCase();
}

function checkContext(context: Context | undefined, allowed: Readonly<Record<string, ContextType>>): void {
  for (const [field, value] of Object.entries(context ?? {})) {
    const type = Object.hasOwn(allowed, field) ? allowed[field] : undefined;
    if (type === typeof value) continue;
    const mend = type
      ? `it must be a ${type}`
      : `add "${field}:${typeof value}" to BROWSER_CONTEXT, or sign it into the token`;
    throw new ProxyError('context_not_allowed', `context.${field}: ${mend}.`);
  }
}
