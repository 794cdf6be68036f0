/** Serves a fetch handler on a port, and stops without cutting off answers under way. */
import { serve, type ServerType } from '@hono/node-server';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CLOSE_GRACE_MS, IDLE_SWEEP_MS, KEEP_ALIVE_DEFAULT_SECONDS } from '../constants.js';

export interface Listening {
  readonly url: string;
  /** From now on each answer closes its connection, so that clients open the next one elsewhere. */
  drain(): void;
  close(): Promise<void>;
}

interface ListenOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** How long an idle connection stays open. */
  readonly keepAliveSeconds?: number;
  /** The setting that the port is from. Default: PORT. */
  readonly setting?: string;
}

interface FetchHandler {
  fetch(request: Request): Response | Promise<Response>;
}

/** Its message is for the operator and says everything; no stack is needed. */
export class NotListening extends Error {
  override readonly name: string = 'NotListening';
}

export class PortTaken extends NotListening {
  override readonly name = 'PortTaken';

  constructor(port: number, setting = 'PORT') {
    super(`Port ${port} is already in use. Stop what uses it, or set ${setting} to another one.`);
  }
}

/** @throws NotListening. */
export function listen({ fetch }: FetchHandler, options: ListenOptions): Promise<Listening> {
  const { host, port, keepAliveSeconds = KEEP_ALIVE_DEFAULT_SECONDS, setting = 'PORT' } = options;
  return new Promise((resolve, reject) => {
    let isDraining = false;
    // By default it replaces the global Response, which halves the cost of an answer. In a process of our own it may do so.
    const serverOptions = { keepAliveTimeout: keepAliveSeconds * 1_000 };
    const server = serve({ fetch, hostname: host, port, serverOptions }, ({ port: open }: AddressInfo) => {
      resolve({
        url: `http://${host}:${open}`,
        drain() {
          isDraining = true;
        },
        close() {
          isDraining = true;
          return closeGently(server);
        },
      });
    });
    server.prependListener('request', (_request, response: ServerResponse) => {
      if (isDraining) response.shouldKeepAlive = false;
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port, setting) : notListening(host, port, setting, error));
    });
  });
}

function notListening(host: string, port: number, setting: string, error: NodeJS.ErrnoException): NotListening {
  const reason = REASONS[error.code ?? ''] ?? error.message;
  return new NotListening(`Failed to listen on ${host}:${port}: ${reason}. Correct HOST and ${setting}.`, {
    cause: error,
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this process may not use that port',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'no such host is known',
};

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
