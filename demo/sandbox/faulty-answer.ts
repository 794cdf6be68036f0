/**
 * The answer that a fault produces. `Response.error()`, fetch's own network error, stands for a dropped connection:
 * `listen.ts` closes the connection for it. It also cuts an answer with the header `BREAKS_OFF` in the middle.
 */
import { ApiError, errorAnswer } from './api-error.js';
import type { Fault } from './fault.js';

const EDGE_PAGE = '<!doctype html><html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>';
const JSON_TYPE = { 'content-type': 'application/json' };

/** Marks an answer of which only the first half is sent. */
export const BREAKS_OFF = 'sandbox-breaks-off';

/** @param lost the right answer, when the work was done. */
export function faultyAnswer({ kind, retryAfter }: Fault, lost: Response | undefined): Response {
  switch (kind) {
    case 'error':
      return errorAnswer(new ApiError('internal_error', 'Something went wrong inside Chargebee'));
    case 'unavailable':
      return errorAnswer(new ApiError('internal_temporary_error', 'Chargebee is down for a moment. Try again later'));
    case 'busy':
      return errorAnswer(
        new ApiError('api_request_limit_exceeded', 'Too many API calls. Wait a minute'),
        retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
      );
    case 'html':
      return new Response(EDGE_PAGE, { status: 502, headers: { 'content-type': 'text/html' } });
    case 'empty':
      return new Response('', { headers: JSON_TYPE });
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
