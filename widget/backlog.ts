/** Events that found no network. They wait in this tab, also for the next page, and go out once. */
import type { OfferEventType } from '../proxy/contract.js';
import { isShape, isText } from './answers.js';
import { recall, remember } from './session.js';

export interface UnsentEvent {
  readonly offerId: string;
  readonly type: OfferEventType;
}

/** The oldest go first: what a customer did long ago says least about now. */
const KEPT_EVENTS = 20;

export function keepUnsent(name: string, event: UnsentEvent): void {
  remember(name, [...unsent(name), event].slice(-KEPT_EVENTS));
}

/** Hands them out once, so that of several elements only one sends them. */
export function takeUnsent(name: string): readonly UnsentEvent[] {
  const events = unsent(name);
  remember(name);
  return events;
}

function unsent(name: string): UnsentEvent[] {
  const kept = recall(name);
  return Array.isArray(kept) ? kept.filter(isUnsent) : [];
}

function isUnsent(value: unknown): value is UnsentEvent {
  return isShape(value) && isText(value['offerId']) && (value['type'] === 'viewed' || value['type'] === 'dismissed');
}
