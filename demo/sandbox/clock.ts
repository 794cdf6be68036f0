/**
 * The sandbox's clock: the real time plus whatever you advance it by, so that an hour, a day of cooldown or the seven
 * days of a fulfillment pass at once. It never goes back: what has expired would be valid again.
 */
import * as v from 'valibot';
import { DAY_MS } from './durations.js';

const YEAR_MS = 365 * DAY_MS;

export const ClockMove = v.strictObject({
  advanceMs: v.pipe(
    v.number('must be a number of milliseconds'),
    v.integer('must be a whole number'),
    v.minValue(1, 'must be at least 1: the clock never goes back'),
    v.maxValue(YEAR_MS, 'must be at most a year'),
  ),
});

export interface Clock {
  /** Unix milliseconds. */
  now(): number;
  /** How far it is ahead of the real time. */
  aheadMs(): number;
  advance(ms: number): void;
}

export function createClock(realNow: () => number): Clock {
  let aheadMs = 0;
  return {
    now: () => realNow() + aheadMs,
    aheadMs: () => aheadMs,
    advance: (ms) => void (aheadMs += v.parse(ClockMove, { advanceMs: ms }).advanceMs),
  };
}
