/**
 * Serves a sandbox on this machine only. Unlike the listener of the proxy it cuts connections off: those that a fault
 * drops or breaks off, and all of them at the end, since nobody waits for a stand-in.
 */
import { serve, type Http2Bindings, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { BREAKS_OFF } from './faulty-answer.js';

interface Served {
  readonly app: { fetch(request: Request): Response | Promise<Response> };
  /** What has come due is done as long as it is served. */
  tick(): Promise<void>;
}

export interface ServedSandbox {
  /** Without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const TICK_MS = 100;

/** @param port 0 picks a free one. @throws an Error with one sentence when the port is taken. */
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
    const server = serve({ fetch: answer, hostname: HOST, port }, (address) => {
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
      const isTaken = error.code === 'EADDRINUSE';
      reject(isTaken ? new Error(`Port ${port} is already in use. Set PORT to another one.`) : error);
    });
  });
}

/** Promises the whole of it first, so that the reader knows that something is missing. */
async function sendHalf(response: Response, outgoing: (HttpBindings | Http2Bindings)['outgoing']): Promise<void> {
  const whole = Buffer.from(await response.arrayBuffer());
  outgoing.writeHead(response.status, { 'content-type': 'application/json', 'content-length': whole.length });
  await new Promise<void>((sent) => {
    if ('stream' in outgoing) outgoing.write(whole.subarray(0, whole.length / 2), () => sent());
    else outgoing.write(whole.subarray(0, whole.length / 2), () => sent());
  });
  outgoing.destroy();
}
