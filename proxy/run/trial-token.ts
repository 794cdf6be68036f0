/** `upgrade-offer token`: a token to try the proxy with, before the app's backend signs its own. */
import { SignJWT } from 'jose';
import type { Config } from '../config.js';
import { TOKEN_LIFE_USUAL_MS } from '../constants.js';
import type { Context } from '../contract.js';
import { CLAIMS } from '../identity/identity.js';

export class NotSigned extends Error {}

interface TrialTokenOptions {
  readonly customerId: string;
  readonly subscriptionId: string;
  readonly custom: Context;
  /** For staff: see `Customer`. */
  readonly preview?: boolean;
  readonly now: () => number;
}

/** It lives an hour. @throws NotSigned where only the identity provider has the key. */
export async function signTrialToken(
  { key, issuer, audience }: Config['identity'],
  { customerId, subscriptionId, custom, preview = false, now }: TrialTokenOptions,
): Promise<string> {
  const secret = 'secrets' in key ? key.secrets[0] : undefined;
  if (secret === undefined) {
    throw new NotSigned(
      'Failed to sign a token: the settings have IDENTITY_JWKS_URL, and only your identity provider has the private key. Get a token from the provider, or set IDENTITY_SECRET instead while you try.',
    );
  }
  const token = new SignJWT({
    [CLAIMS.subscriptionId]: subscriptionId,
    ...(Object.keys(custom).length > 0 && { [CLAIMS.custom]: custom }),
    ...(preview && { [CLAIMS.preview]: true }),
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(customerId)
    .setIssuedAt(new Date(now()))
    .setExpirationTime(new Date(now() + TOKEN_LIFE_USUAL_MS));
  if (issuer) token.setIssuer(issuer);
  if (audience) token.setAudience(audience);
  return token.sign(new TextEncoder().encode(secret));
}

/** @param pairs `key=value`, where `80` is a number and `true` a boolean. @returns undefined if one is no pair. */
export function readCustom(pairs: readonly string[]): Context | undefined {
  const fields = pairs.map((pair): [string, string | number | boolean] | undefined => {
    const at = pair.indexOf('=');
    return at > 0 ? [pair.slice(0, at), valueOf(pair.slice(at + 1))] : undefined;
  });
  const whole = fields.filter((field) => field !== undefined);
  return whole.length === pairs.length ? Object.fromEntries(whole) : undefined;
}

function valueOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
