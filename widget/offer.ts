/** Reads an offer that came from the proxy or from the session. Loaded with the first one. */
import type { Offer, OfferOption } from '../proxy/contract.js';
import { isShape, isText } from './answers.js';
import { ProxyError } from './proxy-error.js';

/** @throws ProxyError `unreadable` */
export function readOffer(value: unknown): Offer {
  if (isOffer(value)) return value;
  throw new ProxyError('unreadable', 'the answer has no offer that can be shown');
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
