/**
 * Identifies the customer of a request by a short-lived JWT that the app's backend signs. The customer and the subscription
 * never come from a body, a query or an attribute, and there is no anonymous mode: without a valid token there is no offer.
 */
import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import type { Config } from '../config.js';
import {
  TOKEN_CLOCK_TOLERANCE_SECONDS,
  TOKEN_LIFE_MAX_MS,
  TOKEN_LIFE_USUAL_MS,
  TOKEN_TRUSTED_MS,
  TOKENS_KEPT,
} from '../constants.js';
import type { Customer, Identify } from '../customer.js';
import { RequestError } from '../errors.js';
import type { Log } from '../log.js';
import { toCustomer, type FieldNames } from './claims.js';
import { createFlawLog } from './flaw-log.js';
import { publicKeys } from './public-keys.js';

interface TokenIdentityOptions {
  readonly now: () => number;
  readonly fetch: typeof fetch;
  readonly log: Log;
}

export const CLAIMS: FieldNames = {
  customerId: 'sub',
  subscriptionId: 'subscription_id',
  userId: 'external_user_id',
  email: 'email',
  firstName: 'first_name',
  lastName: 'last_name',
  roles: 'roles',
  custom: 'custom',
  preview: 'preview',
};

/**
 * `exp` is required. The kind of key decides which algorithms are allowed, so a public key can never be used as an HMAC
 * secret, and `none` never passes.
 * @returns an `identify` that throws a RequestError with the reason when a token is not valid.
 */
export function createTokenIdentity(
  { key, issuer, audience }: Config['identity'],
  { now, fetch, log }: TokenIdentityOptions,
): Identify {
  const options: JWTVerifyOptions = {
    algorithms: 'secrets' in key ? ['HS256'] : ['RS256', 'ES256', 'EdDSA'],
    requiredClaims: ['exp', 'sub', 'subscription_id'],
    clockTolerance: TOKEN_CLOCK_TOLERANCE_SECONDS,
    ...(issuer && { issuer }),
    ...(audience && { audience }),
  };
  const keys = 'secrets' in key ? key.secrets.map(constantKey) : [publicKeys(key.jwksUrl, { fetch, now })];
  const tokens = createTokenCache(now);
  const flaws = createFlawLog(log);

  return async function identifyByToken(request) {
    const [scheme, token] = request.headers.get('authorization')?.split(' ') ?? [];
    if (scheme?.toLowerCase() !== 'bearer' || !token) throw new RequestError('token_missing');
    return tokens.find(token) ?? verified(token);
  };

  async function verified(token: string): Promise<Customer> {
    const claims = await verify(token);
    const expiresAt = (claims.exp ?? 0) * 1_000;
    const lifeMs = expiresAt - now();
    if (lifeMs > TOKEN_LIFE_MAX_MS) throw new RequestError('token_claim', 'exp must be in seconds, not milliseconds.');
    if (lifeMs > TOKEN_LIFE_USUAL_MS) flaws.longLived();
    const customer = toCustomer(claims, CLAIMS, flaws.leftOut);
    tokens.remember(token, customer, expiresAt);
    return customer;
  }

  /** During a rotation either key may have signed. */
  async function verify(token: string): Promise<JWTPayload> {
    const settings = { ...options, currentDate: new Date(now()) };
    let refusal = new RequestError('token_signature');
    for (const each of keys) {
      try {
        const { payload } = await jwtVerify(token, each, settings).catch(tryEachKey(token, settings));
        return payload;
      } catch (error) {
        refusal = toRefusal(error);
        if (refusal.code !== 'token_signature') throw refusal;
      }
    }
    throw refusal;
  }
}

/** A token that names no key may be signed with any of those that fit it. */
function tryEachKey(token: string, options: JWTVerifyOptions) {
  return async (error: unknown): Promise<{ payload: JWTPayload }> => {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      try {
        return await jwtVerify(token, key, options);
      } catch (refusal) {
        if (!(refusal instanceof errors.JWSSignatureVerificationFailed)) throw refusal;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  };
}

/** What is wrong with a claim that is there, by its name. */
const EXPECTED: Readonly<Record<string, string>> = {
  exp: 'must be a number of seconds since 1970',
  nbf: 'is in the future: compare the clocks of your backend and of the proxy',
  iss: 'is not what IDENTITY_ISSUER of the proxy says',
  aud: 'does not name what IDENTITY_AUDIENCE of the proxy says',
};

/** What the developer reads, and the log. It names the claim and never its value. */
function toRefusal(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  const options = { cause: error };
  if (error instanceof errors.JWTExpired) return new RequestError('token_expired', undefined, options);
  if (error instanceof errors.JWTClaimValidationFailed) {
    const why = error.reason === 'missing' ? 'is missing' : (EXPECTED[error.claim] ?? 'is not what the proxy expects');
    return new RequestError('token_claim', `${error.claim} ${why}.`, options);
  }
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) {
    return new RequestError('token_malformed', undefined, options);
  }
  return new RequestError('token_signature', undefined, options);
}

/**
 * The customers of tokens that were verified a moment ago, so that the second request of a page costs no cryptography. The
 * key is the whole token with its signature: a token that differs in any way is verified itself.
 */
function createTokenCache(now: () => number) {
  const customers = new Map<string, { readonly customer: Customer; readonly until: number }>();

  return {
    find(token: string): Customer | undefined {
      const cached = customers.get(token);
      const leftMs = cached ? cached.until - now() : 0;
      return leftMs > 0 && leftMs <= TOKEN_TRUSTED_MS ? cached?.customer : undefined;
    },
    /** @param expiresAt when the token ends. A key that is withdrawn ends it within `TOKEN_TRUSTED_MS`. */
    remember(token: string, customer: Customer, expiresAt: number): void {
      const [oldest] = customers.keys();
      if (oldest !== undefined && customers.size >= TOKENS_KEPT) customers.delete(oldest);
      customers.delete(token);
      customers.set(token, { customer, until: Math.min(expiresAt, now() + TOKEN_TRUSTED_MS) });
    },
  };
}

function constantKey(secret: string): JWTVerifyGetKey {
  const bytes = new TextEncoder().encode(secret);
  return async () => bytes;
}
