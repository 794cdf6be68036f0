/** Answers 503 when an answer takes too long, so that no customer waits forever. The work itself still finishes. */
import { createMiddleware } from 'hono/factory';
import { RequestError } from '../errors.js';

/** @param keepAlive given work that goes on after its answer, so that the store is not closed under it. */
export function deadline(milliseconds: number, keepAlive: (work: Promise<unknown>) => void) {
  return createMiddleware(async function deadline(_, next) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const work = next();
    const passed = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        keepAlive(work.catch(() => {}));
        reject(new RequestError('upstream_unavailable'));
      }, milliseconds);
    });
    try {
      await Promise.race([work, passed]);
    } finally {
      clearTimeout(timer);
    }
  });
}
