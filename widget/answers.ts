/**
 * Reads what the proxy answers to a question: where an unknown body becomes a type of the contract.
 * By hand, because the contract's schemas would add 2.4 kB to the 4 kB of ours that a page without an offer loads.
 */
import type { Access, OfferAnswer, Problem } from '../proxy/contract.js';
import { ProxyError } from './proxy-error.js';

export type Shape = Record<string, unknown>;

/** An answer whose offer nobody has read yet: see `offer.ts`. */
export type Answer = Omit<OfferAnswer, 'offer'> & { readonly offer: unknown };

/** @throws ProxyError `unreadable` */
export function readAnswer(body: unknown): Answer {
  if (isAnswer(body)) return body;
  throw new ProxyError('unreadable', 'the answer says nothing of an offer');
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

function isAnswer(value: unknown): value is Answer {
  return isShape(value) && (value['access'] === undefined || isAccess(value['access'])) && 'offer' in value;
}

function isProblem(value: unknown): value is Problem {
  return isShape(value) && isText(value['code']) && isText(value['title']);
}
