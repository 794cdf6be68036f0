/**
 * The calls from the app's backend to the offer proxy: for a user, with a token that the backend signs, or for itself,
 * with the server key. Neither secret ever reaches a browser. The token does, and it expires after five minutes.
 */
import { SignJWT } from 'jose';
import * as v from 'valibot';
import { EntitlementAnswer, FulfillmentList, type FulfillmentRecord } from '../../../proxy/contract.js';
import type { User } from './users.js';

export interface ProxyCallsOptions {
  /** Includes the base path. */
  proxyUrl: string;
  /** Shared with the proxy, which trusts tokens signed with it. */
  identitySecret: string;
  serverKey: string;
}

export type ProxyCalls = ReturnType<typeof createProxyCalls>;

const TOKEN_LIFETIME = '5 minutes';
const CALL_TIMEOUT_MS = 10_000;

export function createProxyCalls({ proxyUrl, identitySecret, serverKey }: ProxyCallsOptions) {
  const signingKey = new TextEncoder().encode(identitySecret);

  /** Proves who is asking. Its claims come from the session, never from a request. */
  function token(user: User): Promise<string> {
    return new SignJWT({
      subscription_id: user.subscriptionId,
      external_user_id: user.id,
      email: user.email,
      first_name: user.firstName,
    })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(user.customerId)
      .setIssuedAt()
      .setExpirationTime(TOKEN_LIFETIME)
      .sign(signingKey);
  }

  async function call(path: string, bearer: string, body?: object): Promise<unknown> {
    const method = body ? 'POST' : 'GET';
    const response = await fetch(proxyUrl + path, {
      method,
      headers: { authorization: `Bearer ${bearer}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`Failed to ${method} ${path}: the offer proxy answered ${response.status}.`);
    return response.status === 204 ? undefined : response.json();
  }

  return {
    token,

    async entitlement(user: User, featureId: string): Promise<EntitlementAnswer> {
      return v.parse(EntitlementAnswer, await call(`/entitlements/${featureId}`, await token(user)));
    },

    /** The accepted offers of a subscription that are not fulfilled yet. */
    async openFulfillments(subscriptionId: string): Promise<FulfillmentRecord[]> {
      const query = new URLSearchParams({ status: 'in_progress', subscriptionId });
      return v.parse(FulfillmentList, await call(`/fulfillments?${query}`, serverKey)).fulfillments;
    },

    async complete(fulfillmentId: string): Promise<void> {
      await call(`/fulfillments/${fulfillmentId}/complete`, serverKey, {});
    },

    /** Chargebee keeps 100 characters of the reason. */
    async fail(fulfillmentId: string, reason: string): Promise<void> {
      await call(`/fulfillments/${fulfillmentId}/fail`, serverKey, { reason });
    },
  };
}
