/** Lets only the app's own backend through, by the key it shares with the proxy. */
import { bearerAuth } from 'hono/bearer-auth';
import { RequestError } from '../errors.js';
import { knownKey } from './known-key.js';

/** @param keys any of them is taken, so that one can replace another. Without a key, every request is refused. */
export function serverKey(keys: readonly string[]) {
  const refuse = (): never => {
    throw new RequestError('wrong_server_key');
  };
  return bearerAuth({
    verifyToken: knownKey(keys),
    noAuthenticationHeader: { message: refuse },
    invalidAuthenticationHeader: { message: refuse },
    invalidToken: { message: refuse },
  });
}
