/** No customer waits longer than this for an answer, whatever it takes behind it; the work itself goes on to its end. */
import { createMiddleware } from 'hono/factory';
import { ProxyError } from '../errors.js';

export function deadline(milliseconds: number) {
  return createMiddleware(async function deadline(_, next) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const passed = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new ProxyError('upstream_unavailable')), milliseconds);
    });
    try {
      await Promise.race([next(), passed]);
    } finally {
      clearTimeout(timer);
    }
  });
}
