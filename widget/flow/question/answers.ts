/**
 * Reads what the proxy answers: here an unknown body becomes a type of the contract.
 * By hand, because the contract's schemas would add 2.4 kB to every page.
 */
import type { Access, Offer, OfferOption, Problem } from '../../../proxy/contract.js';
import type { Answer } from '../offer-state.js';
import { ProxyError } from './proxy-error.js';

export type Shape = Record<string, unknown>;

/** @throws ProxyError `unreadable` */
export function readAnswer(body: unknown): Answer {
  if (!isShape(body) || !('offer' in body) || !(body['access'] === undefined || isAccess(body['access']))) {
    throw new ProxyError('unreadable', 'the answer has no offer');
  }
  const { access, why } = body;
  return {
    ...(isAccess(access) && { access }),
    offer: body['offer'] === null ? null : readOffer(body['offer']),
    ...(isText(why) && { why }),
  };
}

/** An offer of the proxy, or of the tab's storage. @throws ProxyError `unreadable` */
export function readOffer(value: unknown): Offer {
  if (!isOffer(value)) throw new ProxyError('unreadable', 'the answer has no offer that can be shown');
  const { expiresAt } = value;
  return { ...value, expiresAt: typeof expiresAt === 'number' ? expiresAt : Infinity };
}

/** The error that the problem details describe. Without them, no upgrade-offer proxy has answered. */
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

function isOffer(value: unknown): value is Omit<Offer, 'expiresAt'> & { expiresAt: unknown } {
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
