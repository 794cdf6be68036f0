/**
 * Serves a sandbox, on this machine only. Unlike the proxy's listener it closes connections at once: those that a fault
 * drops or cuts short, and all of them on `close`, because no client depends on an answer of a stand-in.
 */
import { serve, type Http2Bindings, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { BREAKS_OFF } from './faulty-answer.js';

interface Served {
  readonly app: { fetch(request: Request): Response | Promise<Response> };
  /** Does the work that is due; called repeatedly while the sandbox is served. */
  tick(): Promise<void>;
}

export interface ServedSandbox {
  /** Without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Its message is for the person who chose the port. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse';

  constructor(port: number) {
    super(`Port ${port} is already in use. Set PORT to another one.`);
  }
}

const HOST = '127.0.0.1';
const TICK_MS = 100;

/**
 * Longer than any client keeps an idle connection for its next call. Node's default of 5 seconds is so close to theirs that
 * on a busy machine a call now and then met a connection that was just being closed, and failed.
 */
const KEEP_ALIVE_MS = 75_000;

/**
 * @param port 0 picks a free one.
 * @throws PortInUse
 */
export function serveSandbox({ app, tick }: Served, port: number): Promise<ServedSandbox> {
  async function answer(request: Request, { outgoing }: HttpBindings | Http2Bindings): Promise<Response> {
    const response = await app.fetch(request);
    if (response.type === 'error') {
      outgoing.destroy();
      return RESPONSE_ALREADY_SENT;
    }
    if (!response.headers.has(BREAKS_OFF)) return response;
    await sendHalf(response, outgoing);
    return RESPONSE_ALREADY_SENT;
  }

  return new Promise((resolve, reject) => {
    const serverOptions = { keepAliveTimeout: KEEP_ALIVE_MS };
    const server = serve({ fetch: answer, hostname: HOST, port, serverOptions }, (address) => {
      const ticking = setInterval(tick, TICK_MS);
      const close = () =>
        new Promise<void>((closed) => {
          clearInterval(ticking);
          server.close(() => closed());
          if ('closeAllConnections' in server) server.closeAllConnections();
        });
      resolve({ url: `http://${HOST}:${address.port}`, close });
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortInUse(port) : error);
    });
  });
}

/** Announces the whole length, so that the client can tell that something is missing. */
async function sendHalf(response: Response, outgoing: (HttpBindings | Http2Bindings)['outgoing']): Promise<void> {
  const whole = Buffer.from(await response.arrayBuffer());
  outgoing.writeHead(response.status, { 'content-type': 'application/json', 'content-length': whole.length });
  const half = whole.subarray(0, whole.length / 2);
  await new Promise<void>((sent) => {
    // The types of HTTP/1 and HTTP/2 responses have no common `write` overload.
    if ('stream' in outgoing) outgoing.write(half, () => sent());
    else outgoing.write(half, () => sent());
  });
  outgoing.destroy();
}
