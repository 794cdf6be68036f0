import { timingSafeEqual } from 'hono/utils/buffer';

/** @param keys any of them is taken, so that one can replace another. Without a key, nothing is. */
export function knownKey(keys: readonly string[]): (given: string) => Promise<boolean> {
  return async (given) => (await Promise.all(keys.map((key) => timingSafeEqual(given, key)))).includes(true);
}
