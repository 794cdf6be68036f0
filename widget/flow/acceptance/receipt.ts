/** What the tab keeps of an acceptance: enough to ask the proxy about it, and to show it. It proves nothing. */
import type { Offer } from '../../../proxy/contract.js';
import { isShape, isText, readOffer } from '../question/answers.js';
import { recall } from '../tab-storage.js';

export interface Receipt {
  readonly offer: Offer;
  readonly fulfillmentId: string;
}

/** Undefined when there is none, or what is kept is not a receipt: any script of this origin can have written it. */
export function readReceipt(name: string): Receipt | undefined {
  const kept = recall(name);
  if (!isShape(kept) || !isText(kept['fulfillmentId'])) return undefined;
  try {
    return { offer: readOffer(kept['offer']), fulfillmentId: kept['fulfillmentId'] };
  } catch {
    return undefined;
  }
}
