/** The one error of the widget: a call to the proxy that failed. Its text is for the developer of the page, never shown. */
import type { ErrorCode } from '../proxy/contract.js';

/** `unreachable`: no answer came. `unreadable`: what came is not an answer of this proxy. */
export type ProxyErrorCode = ErrorCode | 'unreachable' | 'unreadable';

const MENDS: Partial<Record<ProxyErrorCode, string>> = {
  unauthenticated: 'Set a valid `token`, or `getToken`.',
  unreachable: "Check `proxy`, and this page's origin in the proxy's ALLOWED_ORIGINS.",
  unreadable: 'Check that `proxy` is its base URL.',
};

export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly code: ProxyErrorCode;
  /** Finds the call in the proxy's log. */
  readonly requestId: string | undefined;

  constructor(code: ProxyErrorCode, why: string, options: ErrorOptions & { requestId?: string | undefined } = {}) {
    super([`Failed to ask the proxy: ${why}.`, MENDS[code]].filter(Boolean).join(' '), options);
    this.code = code;
    this.requestId = options.requestId;
  }
}

/** Whether the offer's time is over, or nobody knows it any more: trying again would not help. */
export function isGone(error: unknown): boolean {
  return error instanceof ProxyError && (error.code === 'offer_expired' || error.code === 'not_found');
}
