/** The one error of the widget: a call to the proxy that failed. Its text is for the developer of the page and is never shown. */
import type { ErrorCode } from '../../../proxy/contract.js';

/** `unreachable`: no answer came. `unreadable`: what came is not an answer of this proxy. */
export type ProxyErrorCode = ErrorCode | 'unreachable' | 'unreadable';

const TOKEN = 'Set a valid `token`, or `getToken`.';
const FIXES: Partial<Record<ProxyErrorCode, string>> = {
  unauthenticated: TOKEN,
  token_missing: TOKEN,
  token_malformed: TOKEN,
  token_expired: TOKEN,
  token_signature: TOKEN,
  token_claim: TOKEN,
  unreachable: "Check `proxy`, and this page's origin in the proxy's ALLOWED_ORIGINS.",
  unreadable: 'Check that `proxy` is its base URL.',
};

export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly code: ProxyErrorCode;
  /** Finds the call in the proxy's log. */
  readonly requestId: string | undefined;

  constructor(code: ProxyErrorCode, why: string, options: ErrorOptions & { requestId?: string | undefined } = {}) {
    super([`Failed to ask the proxy: ${why}.`, FIXES[code]].filter(Boolean).join(' '), options);
    this.code = code;
    this.requestId = options.requestId;
  }
}

/** By name, not by class: a page that loads the script from two addresses has the class twice. */
export function isProxyError(error: unknown): error is ProxyError {
  return error instanceof Error && error.name === 'ProxyError';
}

/** Whether the offer has ended, or the proxy no longer knows it: trying again would not help. */
export function isGone(error: unknown): boolean {
  return isProxyError(error) && (error.code === 'offer_expired' || error.code === 'not_found');
}
