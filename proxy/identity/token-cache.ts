/**
 * Whose token this is, when it was verified a moment ago: the second request of a page costs no cryptography. The whole
 * token is the key, its signature included, so whatever differs from what was verified is verified itself.
 */
import { TOKENS_KEPT, TOKEN_TRUSTED_MS } from '../constants.js';
import type { Customer } from './identity.js';

export function createTokenCache(now: () => number) {
  const verified = new Map<string, { readonly customer: Customer; readonly until: number }>();

  return {
    find(token: string): Customer | undefined {
      const kept = verified.get(token);
      return kept && kept.until > now() ? kept.customer : undefined;
    },
    /** @param expiresAt the token's own end. A key that is withdrawn ends it too, within `TOKEN_TRUSTED_MS`. */
    keep(token: string, customer: Customer, expiresAt: number): void {
      const [oldest] = verified.keys();
      if (oldest !== undefined && verified.size >= TOKENS_KEPT) verified.delete(oldest);
      verified.delete(token);
      verified.set(token, { customer, until: Math.min(expiresAt, now() + TOKEN_TRUSTED_MS) });
    },
  };
}
