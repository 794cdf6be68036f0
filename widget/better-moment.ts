/** When it is worth asking again about an offer that had to wait. Loaded with the first one that has to. */
import type { Hold } from './offer-state.js';
import type { Wait } from './wait.js';

/** How often to look whether the page has become quiet. */
const LOOK_AFTER_MS = 500;

/** The longest time that a browser's timer can hold. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/**
 * @param snoozedMs how long the page has put it off.
 * @param obstacle what stands in its way now.
 */
export async function betterMoment(
  snoozedMs: number,
  obstacle: () => Hold | undefined,
  wait: Wait,
  signal: AbortSignal,
): Promise<void> {
  if (snoozedMs > 0) return wait(Math.min(snoozedMs, TIMER_MAX_MS), signal);
  do await wait(LOOK_AFTER_MS, signal);
  while (obstacle());
}
