/** What the session keeps of an acceptance: enough to ask the proxy about it, and to draw it. Proves nothing. */
import type { Offer } from '../proxy/contract.js';
import { isShape, isText } from './answers.js';
import { recall } from './session.js';

export interface Receipt {
  readonly offer: Offer;
  readonly fulfillmentId: string;
}

/** Undefined when it is no receipt; anything on this origin can have written it. */
export function readReceipt(name: string, readOffer: (value: unknown) => Offer): Receipt | undefined {
  const kept = recall(name);
  if (!isShape(kept) || !isText(kept['fulfillmentId'])) return undefined;
  try {
    return { offer: readOffer(kept['offer']), fulfillmentId: encodeURIComponent(kept['fulfillmentId']) };
  } catch {
    return undefined;
  }
}
