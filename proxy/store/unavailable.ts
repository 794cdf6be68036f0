/** What a caller gets while the store cannot do its work: one short answer that says to come back. */
import { STORE_RETRY_AFTER_MS } from '../constants.js';
import { RequestError } from '../errors.js';

/**
 * @param cause the driver's error, for the log.
 * @param isFaultOfQuery whether the query itself is wrong, which is the proxy's own fault and does not pass by itself.
 * @returns what to throw.
 */
export function storeFailure(cause: unknown, isFaultOfQuery: (cause: unknown) => boolean): unknown {
  if (cause instanceof RequestError || isFaultOfQuery(cause)) return cause;
  return new RequestError('store_unavailable', undefined, { cause, retryAfterMs: STORE_RETRY_AFTER_MS });
}

/** @returns the driver's code, such as `SQLITE_BUSY` or an SQLSTATE; empty if the error has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
