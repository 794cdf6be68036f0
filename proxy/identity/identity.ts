/**
 * Identifies the customer of a request by a short-lived JWT that the app's backend signs. The customer and the subscription
 * never come from a body, a query or an attribute, and there is no anonymous mode: without a valid token there is no offer.
 */
import { createRemoteJWKSet, customFetch, errors, jwtVerify, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import * as v from 'valibot';
import type { Config } from '../config.js';
import {
  JWKS_CACHE_MS,
  JWKS_COOLDOWN_MS,
  JWKS_TIMEOUT_MS,
  TOKEN_CLOCK_TOLERANCE_SECONDS,
  TOKEN_TRUSTED_MS,
  TOKENS_KEPT,
} from '../constants.js';
import { Context } from '../contract.js';
import type { Customer, Identify } from '../customer.js';
import { RequestError } from '../errors.js';

/** The subscription id becomes part of a Chargebee path, in which the SDK would resolve `..` and `/`. */
const ChargebeeId = v.pipe(v.string(), v.regex(/^(?!\.{1,2}$)[^/\\\p{Cc}]{1,50}$/u));

const Claims = v.object({
  exp: v.number(),
  sub: ChargebeeId,
  subscription_id: ChargebeeId,
  email: v.optional(v.string()),
  first_name: v.optional(v.string()),
  last_name: v.optional(v.string()),
  roles: v.optional(v.array(v.string())),
  external_user_id: v.optional(v.string()),
  custom: v.optional(Context),
});

interface TokenIdentityOptions {
  readonly now: () => number;
  readonly fetch: typeof fetch;
}

/**
 * `exp` is required. The kind of key decides which algorithms are allowed, so a public key can never be used as an HMAC
 * secret, and `none` never passes.
 */
export function createTokenIdentity(
  { key, issuer, audience }: Config['identity'],
  { now, fetch }: TokenIdentityOptions,
): Identify {
  const options: JWTVerifyOptions = {
    algorithms: 'secret' in key ? ['HS256'] : ['RS256', 'ES256', 'EdDSA'],
    requiredClaims: ['exp', 'sub', 'subscription_id'],
    clockTolerance: TOKEN_CLOCK_TOLERANCE_SECONDS,
    ...(issuer && { issuer }),
    ...(audience && { audience }),
  };
  const keys = 'secret' in key ? constantKey(key.secret) : publicKeys(key.jwksUrl, fetch);
  const tokens = createTokenCache(now);

  return async function identifyByToken(request) {
    const [scheme, token] = request.headers.get('authorization')?.split(' ') ?? [];
    if (scheme?.toLowerCase() !== 'bearer' || !token) return undefined;
    return tokens.find(token) ?? verified(token);
  };

  async function verified(token: string): Promise<Customer | undefined> {
    const jwt = await jwtVerify(token, keys, { ...options, currentDate: new Date(now()) }).catch(noneIfInvalid);
    const claims = v.safeParse(Claims, jwt?.payload);
    if (!claims.success) return undefined;
    const customer = toCustomer(claims.output);
    tokens.remember(token, customer, claims.output.exp * 1_000);
    return customer;
  }
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
      return cached && cached.until > now() ? cached.customer : undefined;
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

/** Finds rotated keys by their id. An identity provider that is down has an error of its own: the token may be valid. */
function publicKeys(url: string, fetchKeys: typeof fetch): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(url), {
    timeoutDuration: JWKS_TIMEOUT_MS,
    cooldownDuration: JWKS_COOLDOWN_MS,
    cacheMaxAge: JWKS_CACHE_MS,
    [customFetch]: (address, init) => fetchKeys(address, init),
  });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (cause) {
      if (cause instanceof errors.JOSEError && ABOUT_THE_TOKEN.has(cause.code)) throw cause;
      throw new RequestError('identity_unavailable', undefined, { cause });
    }
  };
}

/** The keys were read, and the token matches none of them. */
const ABOUT_THE_TOKEN = new Set([
  errors.JWKSNoMatchingKey.code,
  errors.JWKSMultipleMatchingKeys.code,
  errors.JOSENotSupported.code,
]);

/** A token that is invalid in any way identifies nobody. */
function noneIfInvalid(error: unknown): undefined {
  if (error instanceof RequestError) throw error;
}

function constantKey(secret: string): JWTVerifyGetKey {
  const bytes = new TextEncoder().encode(secret);
  return async () => bytes;
}

function toCustomer(claims: v.InferOutput<typeof Claims>): Customer {
  return {
    customerId: claims.sub,
    subscriptionId: claims.subscription_id,
    userId: claims.external_user_id,
    email: claims.email,
    firstName: claims.first_name,
    lastName: claims.last_name,
    roles: claims.roles,
    custom: claims.custom,
  };
}
