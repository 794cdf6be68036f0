/**
 * Ends the guessing of a secret that anybody may try: after too many wrong ones, nobody's is looked at for the rest of the
 * minute. That holds up Chargebee as well, which repeats a webhook for three days. It counts per instance.
 */
import { createMiddleware } from 'hono/factory';
import { MINUTE_MS, WRONG_CREDENTIALS_PER_MINUTE } from '../constants.js';
import { RequestError } from '../errors.js';
import type { Log } from '../log.js';

export function guessLimit({ now, log }: { now: () => number; log: Log }) {
  let minute = 0;
  let wrong = 0;

  return createMiddleware(async function guessLimit(c, next) {
    const at = now();
    const thisMinute = Math.floor(at / MINUTE_MS);
    if (thisMinute !== minute) [minute, wrong] = [thisMinute, 0];
    if (wrong >= WRONG_CREDENTIALS_PER_MINUTE) {
      const retryAfterMs = (thisMinute + 1) * MINUTE_MS - at;
      throw new RequestError(
        'too_many_requests',
        'Too many wrong credentials in this minute. Send it again in the next one.',
        { retryAfterMs },
      );
    }
    await next();
    if (c.res.status !== 401) return;
    wrong += 1;
    if (wrong === WRONG_CREDENTIALS_PER_MINUTE) {
      log.warn(
        { path: c.req.path },
        'Too many wrong credentials: somebody guesses them, or Chargebee sends old ones. Until the next minute, all are refused here. Compare those in Chargebee with your settings.',
      );
    }
  });
}
