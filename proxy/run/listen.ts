/** Serves a fetch handler on a port, and stops without cutting off answers under way. */
import { serve, type ServerType } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { CLOSE_GRACE_MS, IDLE_SWEEP_MS } from '../constants.js';

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

interface FetchHandler {
  fetch(request: Request): Response | Promise<Response>;
}

/** Its message is for the operator and says everything; no stack is needed. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';

  constructor(port: number) {
    super(`Port ${port} is already in use. Stop what uses it, or set PORT to another one.`);
  }
}

/** @param port 0 picks a free one. @throws PortTaken. */
export function listen({ fetch }: FetchHandler, { host, port }: { host: string; port: number }): Promise<Listening> {
  return new Promise((resolve, reject) => {
    // By default it replaces the global Response, which halves the cost of an answer. In a process of our own it may do so.
    const server = serve({ fetch, hostname: host, port }, ({ port: open }: AddressInfo) => {
      resolve({
        url: `http://${host}:${open}`,
        close: () => closeGently(server),
      });
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(isTaken ? new PortTaken(port) : error);
    });
  });
}

/** Browsers open connections that they may never use, and those must not delay the end. */
function closeGently(server: ServerType): Promise<void> {
  return new Promise((closed) => {
    const cut = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), CLOSE_GRACE_MS);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(sweep);
      closed();
    });
    // A kept-alive connection becomes idle only after its last answer.
    const sweep = setInterval(() => 'closeIdleConnections' in server && server.closeIdleConnections(), IDLE_SWEEP_MS);
  });
}
