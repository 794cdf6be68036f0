/** Customers for tests, in Node and in the browser. Each call makes a new one, so tests share a sandbox but no state. */
import { SignJWT, type JWTPayload } from 'jose';
import { inject } from 'vitest';

export interface TestCustomer {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly token: string;
}

/**
 * @param scenario the name of a sandbox scenario, or `ordinary` for a customer without one.
 * @param options.secret by default the secret of the stack that the browser tests share.
 */
export async function newCustomer(
  scenario = 'ordinary',
  options: { secret?: string; claims?: JWTPayload; expires?: string } = {},
): Promise<TestCustomer> {
  const suffix = crypto.randomUUID().slice(0, 8);
  const customerId = `cus_${scenario}_${suffix}`;
  const subscriptionId = `sub_${scenario}_${suffix}`;
  const claims = { sub: customerId, subscription_id: subscriptionId, ...options.claims };
  const token = await signToken(claims, options.secret ?? inject('stack').identitySecret, options.expires);
  return { customerId, subscriptionId, token };
}

export function signToken(claims: JWTPayload, secret: string, expires = '5 minutes'): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(secret));
}
