/** When to try again what has failed: a question, an event, a chunk, a token. Pure; the flow waits. */
import { isProxyError } from './proxy-error.js';

const FIRST_PAUSE_MS = 1_000;

/** Also the longest `Retry-After` that is believed: a day would outlast the reason for it. */
const LONGEST_PAUSE_MS = 300_000;

/** With their pauses, 40 minutes or more. */
const TRIES = 12;

/**
 * How long to wait before the next try, in milliseconds. Undefined: it would fail again, or was tried often enough.
 * @param failure what was thrown; undefined for an answer that settles nothing.
 * @param tries how many have failed before this one.
 * @param jitter from 0 to 1, so that not all pages come back at the same moment.
 */
export function retryMs(failure: unknown, tries: number, jitter: number): number | undefined {
  const retryAfterMs = isProxyError(failure) ? failure.retryAfterMs : 0;
  if (retryAfterMs === Infinity || tries >= TRIES) return undefined;
  return Math.min(Math.max(FIRST_PAUSE_MS * 3 ** tries, retryAfterMs), LONGEST_PAUSE_MS) * (1 + jitter);
}

/** Whether it may go well the next time, with nothing changed here. */
export function isPassing(failure: unknown): boolean {
  return !isProxyError(failure) || failure.retryAfterMs < Infinity;
}
