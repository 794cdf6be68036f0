/**
 * The public keys of an identity provider. They are read again when they are old, and when a token names a key that is not
 * among them. While the provider is away, the keys that it had last stay good for a day.
 */
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import * as v from 'valibot';
import { JWKS_CACHE_MS, JWKS_COOLDOWN_MS, JWKS_KEPT_MS, JWKS_TIMEOUT_MS } from '../constants.js';
import { RequestError } from '../errors.js';

interface PublicKeysOptions {
  readonly fetch: typeof fetch;
  readonly now: () => number;
}

const KeySet = v.looseObject({ keys: v.array(v.looseObject({ kty: v.string() })) });

/** It throws RequestError `identity_unavailable` when no keys can be had: the token may be valid. */
export function publicKeys(url: string, { fetch, now }: PublicKeysOptions): JWTVerifyGetKey {
  let known: { readonly find: JWTVerifyGetKey; readonly readAt: number } | undefined;
  let triedAt = -Infinity;
  let reading: Promise<void> | undefined;

  const age = () => (known ? Math.abs(now() - known.readAt) : Infinity);
  const mayTry = () => Math.abs(now() - triedAt) >= JWKS_COOLDOWN_MS;

  return async function findKey(header, token) {
    let failure: unknown;
    const readAgain = () => {
      reading ??= read().finally(() => (reading = undefined));
      return reading.catch((error: unknown) => {
        failure = error;
      });
    };
    // The first keys are worth a try for each token, later ones only now and then.
    if (reading || !known || (age() >= JWKS_CACHE_MS && mayTry())) await readAgain();
    if (!known || age() >= JWKS_KEPT_MS) throw unavailable(failure);
    const { find } = known;
    try {
      return await find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      if (mayTry()) await readAgain();
      if (failure !== undefined || age() >= JWKS_CACHE_MS) throw unavailable(failure);
      return known.find(header, token);
    }
  };

  async function read(): Promise<void> {
    triedAt = now();
    const response = await fetch(url, { signal: AbortSignal.timeout(JWKS_TIMEOUT_MS), redirect: 'manual' });
    if (!response.ok) throw new Error(`Failed to read the identity provider's keys: it answered ${response.status}.`);
    const keys: JSONWebKeySet = v.parse(KeySet, await response.json());
    known = { find: createLocalJWKSet(keys), readAt: now() };
  }
}

function unavailable(cause: unknown): RequestError {
  return new RequestError('identity_unavailable', undefined, { cause });
}
