/**
 * Who is asking. The customer and the subscription come from a proven identity only: never from a body, a query or an
 * attribute. There is no anonymous mode: who cannot prove who they are gets no offer.
 */
import { createRemoteJWKSet, jwtVerify, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import * as v from 'valibot';
import type { Config } from './config.js';
import { TOKEN_CLOCK_TOLERANCE_SECONDS } from './constants.js';
import { Context } from './contract.js';

/** The subscription id becomes part of a path at Chargebee, where the SDK would resolve `..` and `/`. */
const ChargebeeId = v.pipe(v.string(), v.regex(/^(?!\.{1,2}$)[^/\\\p{Cc}]{1,50}$/u));

const Claims = v.object({
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

/**
 * Identity by a short-lived JWT that the app's backend signs. `exp` is required; the algorithms are fixed by the kind of
 * key, so a public key can never be used as an HMAC secret and `none` never passes.
 */
export function createTokenIdentity({ key, issuer, audience }: Config['identity'], now: () => number): Identify {
  const options: JWTVerifyOptions = {
    algorithms: 'secret' in key ? ['HS256'] : ['RS256', 'ES256', 'EdDSA'],
    requiredClaims: ['exp', 'sub', 'subscription_id'],
    clockTolerance: TOKEN_CLOCK_TOLERANCE_SECONDS,
    ...(issuer && { issuer }),
    ...(audience && { audience }),
  };
  const keys: JWTVerifyGetKey = 'secret' in key ? constantKey(key.secret) : createRemoteJWKSet(new URL(key.jwksUrl));

  return async function identifyByToken(request) {
    const [scheme, token] = request.headers.get('authorization')?.split(' ') ?? [];
    if (scheme?.toLowerCase() !== 'bearer' || !token) return undefined;
    const verified = await jwtVerify(token, keys, { ...options, currentDate: new Date(now()) }).catch(() => undefined);
    const claims = v.safeParse(Claims, verified?.payload);
    return claims.success ? toCustomer(claims.output) : undefined;
  };
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
