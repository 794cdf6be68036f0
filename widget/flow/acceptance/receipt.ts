/** What the tab keeps of an acceptance: enough to ask the proxy about it, and to show it. It proves nothing. */
import type { Offer } from '../../../proxy/contract.js';
import { isShape, isText, readOffer } from '../question/answers.js';
import { recall } from '../storage.js';

export type Receipt = SentReceipt | AnsweredReceipt;

/** Written before the acceptance is sent. The proxy may have it or not; it is safe to send it again. */
export interface SentReceipt {
  readonly offer: Offer;
  readonly optionId: string;
  /** The customer has been told that it did not get through, and decides whether to try again. */
  readonly isInterrupted?: boolean;
}

/** The proxy has answered. */
export interface AnsweredReceipt {
  readonly offer: Offer;
  readonly fulfillmentId: string;
  /** A page has heard that the offer was fulfilled. The next one that waits for the entitlement does not hear it again. */
  readonly isTold?: boolean;
}

/** Undefined when there is none, or what is kept is not a receipt: any script of this origin can have written it. */
export function readReceipt(name: string): Receipt | undefined {
  const kept = recall(name);
  if (!isShape(kept)) return undefined;
  const { fulfillmentId, optionId, isInterrupted, isTold } = kept;
  try {
    const offer = readOffer(kept['offer']);
    if (isText(fulfillmentId)) return { offer, fulfillmentId, isTold: isTold === true };
    return isText(optionId) ? { offer, optionId, isInterrupted: isInterrupted === true } : undefined;
  } catch {
    return undefined;
  }
}
