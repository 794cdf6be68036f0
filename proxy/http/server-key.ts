/** Lets only the app's own backend through, by the key it shares with the proxy. */
import { bearerAuth } from 'hono/bearer-auth';
import { timingSafeEqual } from 'hono/utils/buffer';
import { RequestError } from '../errors.js';

/** @param key without a key, every request is refused. */
export function serverKey(key: string | undefined) {
  const refuse = (): never => {
    throw new RequestError('wrong_server_key');
  };
  return bearerAuth({
    verifyToken: async (token) => key !== undefined && (await timingSafeEqual(token, key)),
    noAuthenticationHeader: { message: refuse },
    invalidAuthenticationHeader: { message: refuse },
    invalidToken: { message: refuse },
  });
}
