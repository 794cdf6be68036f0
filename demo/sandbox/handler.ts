/**
 * The sandbox as a function from request to response: for a preview deployment on a Worker, a route handler or another function
 * that has no port to listen on. It needs nothing of Node.
 */
import { createSandbox, type Sandbox } from './create-sandbox.js';
import { BREAKS_OFF } from './faulty-answer.js';
import { PATHS } from './pages/page.js';
import type { SandboxOptions } from './sandbox-options.js';

export { createSandbox } from './create-sandbox.js';

export interface SandboxHandlerOptions extends SandboxOptions {
  /** Keeps the function alive until its webhooks are sent, where the platform stops it after the answer. */
  waitUntil?: (work: Promise<void>) => void;
}

/**
 * The sandbox is made at the first request, whose origin is where redirects of its offers lead. It lives in the memory of
 * the instance, and has no timer: webhooks that are due are sent at each request.
 *
 * @returns a function that rejects when the plays have mistakes.
 */
export function createSandboxHandler({ waitUntil = () => {}, ...options }: SandboxHandlerOptions = {}): (
  request: Request,
) => Promise<Response> {
  let sandbox: Sandbox | undefined;
  return async (request) => {
    sandbox ??= createSandbox({ upgradeUrl: new URL(PATHS.landing, request.url).href, ...options });
    const response = await sandbox.app.fetch(request);
    waitUntil(sandbox.tick());
    if (response.type === 'error') return broken(new Uint8Array());
    if (!response.headers.has(BREAKS_OFF)) return response;
    const whole = new Uint8Array(await response.arrayBuffer());
    return broken(whole.subarray(0, whole.length / 2));
  };
}

/** A connection that is dropped: the body ends in an error. */
function broken(sent: Uint8Array): Response {
  const body = new ReadableStream({
    start(controller) {
      if (sent.length > 0) controller.enqueue(sent);
    },
    pull(controller) {
      controller.error(new Error('The connection breaks off, because a fault says so.'));
    },
  });
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}
