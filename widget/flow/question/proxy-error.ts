/** The one error of the widget: a call to the proxy that failed. Its text is for the developer of the page and is never shown. */
import type { ErrorCode } from '../../../proxy/contract.js';

/** `unreachable`: no answer came. `unreadable`: what came is not an answer of this proxy. A newer proxy may have more codes. */
export type ProxyErrorCode = ErrorCode | 'unreachable' | 'unreadable' | (string & Record<never, never>);

export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly code: ProxyErrorCode;
  /** Finds the call in the proxy's log. */
  readonly requestId: string | undefined;
  /** Not worth asking before; `Infinity`: not worth asking again. */
  readonly retryAfterMs: number;

  /** @param why one or more sentences; `developer/problem.ts` adds what to do. */
  constructor(code: ProxyErrorCode, why: string, details: ErrorOptions & ProxyErrorDetails = {}) {
    super(`Failed to ask the proxy: ${why}`, details);
    this.code = code;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs ?? 0;
  }
}

interface ProxyErrorDetails {
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number;
}

/** By name, not by class: a page that loads the script from two addresses has the class twice. */
export function isProxyError(error: unknown): error is ProxyError {
  return error instanceof Error && error.name === 'ProxyError';
}
