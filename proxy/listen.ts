/** Serves a fetch handler on a port, and stops without cutting off whoever is being answered. */
import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

interface FetchHandler {
  fetch(request: Request): Response | Promise<Response>;
}

/** @param port 0 picks a free one. @throws an Error with one sentence when the port is taken. */
export function listen({ fetch }: FetchHandler, { host, port }: { host: string; port: number }): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: host, port }, ({ port: open }: AddressInfo) => {
      resolve({
        url: `http://${host}:${open}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            if ('closeIdleConnections' in server) server.closeIdleConnections();
          }),
      });
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE';
      reject(
        isTaken ? new Error(`Port ${port} is already in use. Stop what uses it, or set PORT to another one.`) : error,
      );
    });
  });
}
