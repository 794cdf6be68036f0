/** A client that sends its body slowly is told so; the deadline of the answer would say that Chargebee is to blame. */
import { BODY_TIMEOUT_MS } from '../constants.js';
import { RequestError } from '../errors.js';

/** @throws RequestError `too_slow`. */
export async function arrived<T>(body: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new RequestError('too_slow')), BODY_TIMEOUT_MS);
  });
  try {
    return await Promise.race([body, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
