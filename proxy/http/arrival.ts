/**
 * Waits for the body of a request. A client that sends it slowly is told so; the deadline of the answer would say that
 * Chargebee is to blame. A body that breaks off is no failure of the proxy, and no operator needs to know.
 */
import * as v from 'valibot';
import { BODY_TIMEOUT_MS } from '../constants.js';
import { RequestError } from '../errors.js';

/** How hosts say that the body is larger than they allow: SvelteKit with `status`, Fastify and Express with both. */
const TooLarge = v.union([v.object({ status: v.literal(413) }), v.object({ statusCode: v.literal(413) })]);

const UNREADABLE =
  'The body could not be read: it broke off, or something in front of the proxy has read it. If so, mount the proxy before that.';

/** @throws RequestError `too_slow`, `too_large`, `invalid_request`; SyntaxError if the body is read as JSON and is none. */
export async function arrived<T>(body: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new RequestError('too_slow')), BODY_TIMEOUT_MS);
  });
  try {
    return await Promise.race([body, tooLate]);
  } catch (error) {
    if (error instanceof RequestError || error instanceof SyntaxError) throw error;
    if (v.is(TooLarge, error)) throw new RequestError('too_large', undefined, { cause: error });
    throw new RequestError('invalid_request', UNREADABLE, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
