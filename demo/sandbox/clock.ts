/**
 * The sandbox's clock: the real one, put forward on demand so that an hour, a day of cooldown or the seven days of a
 * fulfillment can pass in a moment. It never goes back, since what has ended would begin again.
 */
import * as v from 'valibot';

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

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
  /** How far it is ahead of the real one. */
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
