/**
 * Who is asking. The customer and the subscription come from a proven identity only: never from a body, a query or an
 * attribute. There is no anonymous mode: who cannot prove who they are gets no offer.
 */
import { createRemoteJWKSet, customFetch, errors, jwtVerify, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import * as v from 'valibot';
import type { Config } from '../config.js';
import { JWKS_CACHE_MS, JWKS_COOLDOWN_MS, JWKS_TIMEOUT_MS, TOKEN_CLOCK_TOLERANCE_SECONDS } from '../constants.js';
import { Context } from '../contract.js';
import { ProxyError } from '../errors.js';
import { createTokenCache } from './token-cache.js';

/** The subscription id becomes part of a path at Chargebee, where the SDK would resolve `..` and `/`. */
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

/** A customer of Chargebee Billing and, where the app says so, which of its people is at the screen. */
export interface Customer {
  readonly customerId: string;
  readonly subscriptionId: string;
  /** The app's own id of the user, when several people share a subscription. */
  readonly userId?: string | undefined;
  readonly email?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly roles?: readonly string[] | undefined;
  /** Custom fields that the app vouches for: they beat what the page says. */
  readonly custom?: Context | undefined;
}

/** @returns undefined for anybody who is not proven to be a customer; the proxy answers 401. */
export type Identify = (request: Request) => Promise<Customer | undefined>;

export interface TokenIdentityOptions {
  readonly now: () => number;
  readonly fetch: typeof fetch;
}

/**
 * Identity by a short-lived JWT that the app's backend signs. `exp` is required; the algorithms are fixed by the kind of
 * key, so a public key can never be used as an HMAC secret and `none` never passes.
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
    return tokens.find(token) ?? verify(token);
  };

  async function verify(token: string): Promise<Customer | undefined> {
    const verified = await jwtVerify(token, keys, { ...options, currentDate: new Date(now()) }).catch(refuse);
    const claims = v.safeParse(Claims, verified?.payload);
    if (!claims.success) return undefined;
    const customer = toCustomer(claims.output);
    tokens.keep(token, customer, claims.output.exp * 1_000);
    return customer;
  }
}

/** Rotated keys are found by their id. That the identity provider is down is not the customer's fault, hence its own error. */
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
      throw new ProxyError('identity_unavailable', undefined, { cause });
    }
  };
}

/** The keys were read, and the token fits none of them. */
const ABOUT_THE_TOKEN = new Set([
  errors.JWKSNoMatchingKey.code,
  errors.JWKSMultipleMatchingKeys.code,
  errors.JOSENotSupported.code,
]);

/** Whatever is wrong with a token, it is nobody's. */
function refuse(error: unknown): undefined {
  if (error instanceof ProxyError) throw error;
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
