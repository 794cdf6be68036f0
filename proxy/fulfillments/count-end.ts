import type { Counters } from '../counters.js';
import { toAction } from '../offers/option-action.js';
import { failureCode } from './outcome.js';
import type { Fulfillment } from './records.js';

/** @param ended it has just been stored as completed or failed, so that each is counted once, by one instance. */
export function countEnd(counters: Counters, ended: Fulfillment): void {
  const end = ended.status === 'failed' ? failureCode(ended) : 'completed';
  counters.fulfillment({ action: toAction(ended.processingType ?? ''), end });
}
