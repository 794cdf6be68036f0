/** "Later", for as long as the tab is open: an offer that the page has hidden without telling anybody. */
import type { Offer } from '../../../proxy/contract.js';
import { isShape } from '../question/answers.js';
import { featureKey, type Asker } from '../question/question.js';
import { forget, keep, recall } from '../storage.js';
import { ageMs } from '../wait.js';

export function startSnooze(asker: Asker, { title }: Offer, durationMs: number): void {
  // JSON has no Infinity.
  keep(nameFor(asker), { title, at: Date.now(), ms: Math.min(durationMs, Number.MAX_SAFE_INTEGER) });
}

export function endSnooze(asker: Asker): void {
  forget(nameFor(asker));
}

/** By its title: an offer that is issued again has another id and the same words. */
export function snoozedMs(asker: Asker, { title }: Offer): number {
  const kept = recall(nameFor(asker));
  return isShape(kept) && kept['title'] === title ? Number(kept['ms']) - ageMs(Number(kept['at'])) : 0;
}

function nameFor(asker: Asker): string {
  return `snoozed ${featureKey(asker)}`;
}
