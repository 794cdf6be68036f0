/**
 * Reads what the proxy answers to a question: where an unknown body becomes a type of the contract.
 * By hand, because the contract's schemas would add 2.4 kB to the 4 kB of ours that a page without an offer loads.
 */
import type { Access, Offer, OfferAnswer, OfferOption, Problem } from '../proxy/contract.js';
import { ProxyError } from './proxy-error.js';

export type Shape = Record<string, unknown>;

/** @throws ProxyError `unreadable` */
export function readOfferAnswer(body: unknown): OfferAnswer {
  if (isOfferAnswer(body)) return body;
  throw new ProxyError('unreadable', 'the answer has no offer that can be shown');
}

/** The error that the problem details tell of; without them it was no upgrade-offer proxy that answered. */
export function readProblem(body: unknown, call: string): ProxyError {
  if (!isProblem(body)) return new ProxyError('unreadable', call);
  return new ProxyError(body.code, `${call}, ${body.detail ?? body.title}`, { requestId: body.requestId });
}

export function isAccess(value: unknown): value is Access {
  return value === 'granted' || value === 'denied' || value === 'unknown';
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function isShape(value: unknown): value is Shape {
  return typeof value === 'object' && value !== null;
}

function isOfferAnswer(value: unknown): value is OfferAnswer {
  if (!isShape(value)) return false;
  const { access, offer } = value;
  return (access === undefined || isAccess(access)) && (offer === null || isOffer(offer));
}

function isOffer(value: unknown): value is Offer {
  if (!isShape(value)) return false;
  const { id, title, description, options } = value;
  return (
    [id, title, description].every(isText) && Array.isArray(options) && options.length > 0 && options.every(isOption)
  );
}

function isOption(value: unknown): value is OfferOption {
  return isShape(value) && isText(value['id']) && isText(value['label']);
}

function isProblem(value: unknown): value is Problem {
  return isShape(value) && isText(value['code']) && isText(value['title']);
}
