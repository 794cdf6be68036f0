/** The one error of the widget: a call to the proxy that failed. Its text is for the developer of the page and is never shown. */
import type { ErrorCode } from '../../../proxy/contract.js';

/** `unreachable`: no answer came. `unreadable`: what came is not an answer of this proxy. */
export type ProxyErrorCode = ErrorCode | 'unreachable' | 'unreadable';

export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly code: ProxyErrorCode;
  /** Finds the call in the proxy's log. */
  readonly requestId: string | undefined;

  constructor(code: ProxyErrorCode, why: string, options: ErrorOptions & { requestId?: string | undefined } = {}) {
    super([`Failed to ask the proxy: ${why}.`, fixFor(code)].filter(Boolean).join(' '), options);
    this.code = code;
    this.requestId = options.requestId;
  }
}

/** By name, not by class: a page that loads the script from two addresses has the class twice. */
export function isProxyError(error: unknown): error is ProxyError {
  return error instanceof Error && error.name === 'ProxyError';
}

function fixFor(code: ProxyErrorCode): string | undefined {
  if (code === 'unreachable') return "Check `proxy`, and this page's origin in the proxy's ALLOWED_ORIGINS.";
  if (code === 'unreadable') return 'Check that `proxy` is its base URL.';
  if (code === 'unauthenticated' || code.startsWith('token_')) return 'Set a valid `token`, or `getToken`.';
  return undefined;
}
