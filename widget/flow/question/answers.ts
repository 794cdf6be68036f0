/**
 * Reads what the proxy answers: here an unknown body becomes a type of the contract.
 * By hand, because the contract's schemas would add 2.4 kB to every page.
 */
import type { Access, Offer } from '../../../proxy/contract.js';
import type { Answer } from '../offer-state.js';
import { ProxyError } from './proxy-error.js';

export type Shape = Record<string, unknown>;

type Unchecked = 'brand' | 'campaignId' | 'expiresAt';
type UncheckedOffer = Omit<Offer, Unchecked> & Record<Unchecked, unknown>;

/** The statuses of a request that the proxy would refuse again. */
const LASTING = [400, 403, 404, 410, 413];

/** @throws ProxyError `unreadable` */
export function readAnswer(body: unknown): Answer {
  if (!isShape(body) || !('offer' in body) || !(body['access'] === undefined || isAccess(body['access']))) {
    throw new ProxyError('unreadable', 'the answer has no offer.');
  }
  const { access, why, now, preview } = body;
  const offer = body['offer'] === null ? null : readOffer(body['offer']);
  // The end of the offer by this browser's clock, which may be hours off. An older proxy does not say what time it is.
  if (offer && typeof now === 'number') offer.expiresAt += Date.now() - now;
  return {
    ...(isAccess(access) && { access }),
    offer,
    ...(isText(why) && { why }),
    ...(preview === true && { preview }),
  };
}

/** An offer of the proxy, or of the tab's storage. @throws ProxyError `unreadable` */
export function readOffer(value: unknown): Offer {
  if (!isOffer(value)) throw new ProxyError('unreadable', 'the answer has no offer that can be shown.');
  const { brand, campaignId, expiresAt, ...offer } = value;
  return {
    ...offer,
    ...(isText(campaignId) && { campaignId }),
    ...(hasTexts(brand, 'id', 'name') && { brand }),
    expiresAt: typeof expiresAt === 'number' ? expiresAt : Infinity,
  };
}

/** The error that the problem details describe. Without them, no upgrade-offer proxy has answered. */
export function readProblem(body: unknown, call: string, { status, headers }: Response): ProxyError {
  // An HTTP date is left out: a clock that may be wrong would read it.
  const retryAfterMs = Number(headers.get('Retry-After')) * 1_000 || 0;
  if (!hasTexts(body, 'code', 'title')) return new ProxyError('unreadable', `${call}.`, { retryAfterMs });
  const { code, title, detail, requestId } = body;
  return new ProxyError(code, `${call}: ${isText(detail) ? detail : title}`, {
    requestId: isText(requestId) ? requestId : undefined,
    retryAfterMs: LASTING.includes(status) ? Infinity : retryAfterMs,
  });
}

/** Whether it only says that nobody can tell now. */
export function isUnsure({ access, why }: Answer): boolean {
  return access === 'unknown' || why === 'budget' || why === 'upstream_unavailable';
}

/** Whether something is wrong that the developer of the page should hear of. */
export function isAmiss(answer: Answer): boolean {
  return isUnsure(answer) || answer.why === 'unknown_feature';
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

function hasTexts<Name extends string>(value: unknown, ...names: Name[]): value is Shape & Record<Name, string> {
  return isShape(value) && names.every((name) => isText(value[name]));
}

function isOffer(value: unknown): value is UncheckedOffer {
  if (!hasTexts(value, 'id', 'title', 'description')) return false;
  const { options } = value;
  return Array.isArray(options) && options.length > 0 && options.every((option) => hasTexts(option, 'id', 'label'));
}
