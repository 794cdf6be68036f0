/** Answers 503 when an answer takes too long, so that no customer waits forever. The work itself still finishes. */
import { createMiddleware } from 'hono/factory';
import { RequestError } from '../errors.js';

export function deadline(milliseconds: number) {
  return createMiddleware(async function deadline(_, next) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const passed = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new RequestError('upstream_unavailable')), milliseconds);
    });
    try {
      await Promise.race([next(), passed]);
    } finally {
      clearTimeout(timer);
    }
  });
}
