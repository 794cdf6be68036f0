/**
 * What a fault makes of an answer. An error response is what `fetch` knows as a network failure; `listen.ts` makes a
 * closed connection of it, and of a body that fails halfway.
 */
import { ApiError, errorAnswer } from './api-error.js';
import type { Fault } from './faults.js';

const EDGE_PAGE = '<!doctype html><html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>';
const JSON_TYPE = { 'content-type': 'application/json' };

/** `lost`: the right answer, where the work was done. */
export async function faultyAnswer({ kind, retryAfter }: Fault, lost: Response | undefined): Promise<Response> {
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
      return half(lost);
    case 'drop':
    case 'slow':
      return Response.error();
    default:
      return kind satisfies never;
  }
}

async function half(whole: Response | undefined): Promise<Response> {
  const bytes = new Uint8Array((await whole?.arrayBuffer()) ?? []);
  // Half of nothing is nothing.
  if (!whole || bytes.length === 0) return Response.error();
  let isSent = false;
  const body = new ReadableStream({
    pull(controller) {
      if (isSent) controller.error(new Error('The sandbox breaks off here, as it was told to'));
      else controller.enqueue(bytes.slice(0, bytes.length / 2));
      isSent = true;
    },
  });
  return new Response(body, {
    status: whole.status,
    headers: { ...JSON_TYPE, 'content-length': String(bytes.length) },
  });
}
