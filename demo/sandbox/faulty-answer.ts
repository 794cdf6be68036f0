/**
 * The answer that a fault produces. `Response.error()`, fetch's own network error, stands for a dropped connection:
 * `listen.ts` closes the connection for it. It also cuts an answer with the header `BREAKS_OFF` in the middle.
 */
import { ApiError, errorAnswer, type ApiErrorCode } from './api-error.js';
import type { Fault } from './fault.js';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Marks an answer of which only the first half is sent. */
export const BREAKS_OFF = 'sandbox-breaks-off';

/** @param lost the right answer, when the work was done. */
export function faultyAnswer(fault: Fault, lost: Response | undefined): Response {
  const { kind } = fault;
  switch (kind) {
    case 'refused':
      return refusal(fault, fault.code ?? 'internal_error', 'Refused, because a fault says so');
    case 'error':
      return refusal(fault, 'internal_error', 'Something went wrong inside Chargebee');
    case 'unavailable':
      return refusal(fault, 'internal_temporary_error', 'Chargebee is down for a moment. Try again later');
    case 'busy':
      return refusal(fault, 'api_request_limit_exceeded', 'Too many API calls. Wait a minute');
    case 'html':
      return new Response(edgePage(fault.status), { status: fault.status, headers: { 'content-type': 'text/html' } });
    case 'empty':
      return new Response('', { headers: JSON_TYPE });
    case 'null':
      return new Response('null', { headers: JSON_TYPE });
    case 'text':
      return new Response('OK', { headers: { 'content-type': 'text/plain' } });
    case 'half':
      // An empty answer has no half to send.
      if (!lost?.body) return Response.error();
      return new Response(lost.body, { status: lost.status, headers: { ...JSON_TYPE, [BREAKS_OFF]: '' } });
    case 'drop':
    case 'slow':
      return Response.error();
    default:
      return kind satisfies never;
  }
}

function refusal({ retryAfter, message }: Fault, code: ApiErrorCode, ownMessage: string): Response {
  return errorAnswer(
    new ApiError(code, message ?? ownMessage),
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
  );
}

function edgePage(status: number): string {
  const title = status === 404 ? '404 Not Found' : `${status} Bad Gateway`;
  return `<!doctype html><html><head><title>${title}</title></head><body>${title}</body></html>`;
}
