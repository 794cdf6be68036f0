/** Makes a value fit every store, so that none refuses, cuts or changes what another one takes. */

/**
 * PostgreSQL refuses the character NUL, and SQLite ends the text there: it becomes U+FFFD, as half a surrogate pair does.
 * Numbers in the store are times, counts and versions: a fraction is dropped, and what is too large becomes the largest.
 */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return isPlain(value) ? value : value.toWellFormed().replaceAll('\0', '\uFFFD');
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return Math.min(Math.max(Math.trunc(value), Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

function isPlain(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
