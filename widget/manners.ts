/**
 * Whether an offer would come at a bad moment: the customer has said "later", or is busy and the offer is a modal.
 * Loaded only for those two.
 */
import type { Offer } from '../proxy/contract.js';
import { isShape } from './answers.js';
import { crowd } from './crowd.js';
import type { OfferHost } from './stage.js';
import type { Hold } from './offer-state.js';
import { pageMemory } from './page-memory.js';
import { recall } from './session.js';
import type { Wait } from './wait.js';

/** How often to look whether the page has become quiet. */
const LOOK_AFTER_MS = 500;

/** The longest time that a browser's timer can hold. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** @param self whoever wants to show the offer: its own dialog is no obstacle. */
export function badMoment(self: object, host: OfferHost, offer: Offer, snoozeName: string): Hold | undefined {
  if (snoozedFor(offer, snoozeName) > 0) return 'snoozed';
  return host.layout === 'modal' ? crowd(self) : undefined;
}

/** Resolves once it is worth asking again. */
export async function betterMoment(
  self: object,
  offer: Offer,
  snoozeName: string,
  wait: Wait,
  signal: AbortSignal,
): Promise<void> {
  const snoozedMs = snoozedFor(offer, snoozeName);
  if (snoozedMs > 0) return wait(Math.min(snoozedMs, TIMER_MAX_MS), signal);
  do await wait(LOOK_AFTER_MS, signal);
  while (crowd(self));
}

export function openModal(self: object): void {
  pageMemory().modal = self;
}

/** An offer that is issued anew has another id and the same words. */
function snoozedFor({ title }: Offer, snoozeName: string): number {
  const kept = recall(snoozeName);
  return isShape(kept) && kept['title'] === title ? Number(kept['until']) - Date.now() : 0;
}
