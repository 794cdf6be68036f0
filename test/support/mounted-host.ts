/** A host application from `test/proxy/hosts` that serves the proxy beside its own routes, and its customers' browsers. */
import { getRequestListener } from '@hono/node-server';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Environment } from '../../proxy/config.js';
import type { OfferAnswer, Problem } from '../../proxy/contract.js';
import { openExpressHost } from '../proxy/hosts/express.js';
import { openFastifyHost } from '../proxy/hosts/fastify.js';
import { openHonoHost } from '../proxy/hosts/hono.js';
import { openNextHost } from '../proxy/hosts/next.js';
import { startStack } from './node-stack.js';

interface Host {
  readonly listener: RequestListener;
  close(): Promise<unknown>;
}

export type MountedHost = Awaited<ReturnType<typeof mountHost>>;

export const HOSTS = {
  async Hono(environment: Environment): Promise<Host> {
    const { app, close } = await openHonoHost(environment);
    return { listener: getRequestListener(app.fetch), close };
  },
  async Express(environment: Environment): Promise<Host> {
    const { app, close } = await openExpressHost(environment);
    return { listener: app, close };
  },
  async Fastify(environment: Environment): Promise<Host> {
    const app = await openFastifyHost(environment);
    await app.ready();
    return { listener: app.routing, close: () => app.close() };
  },
  async Next(environment: Environment): Promise<Host> {
    const { offerHandler, loginHandler, helloHandler, close } = await openNextHost(environment);
    const handle = (request: Request) => {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith('/upgrade-offer/')) return offerHandler(request);
      if (pathname === '/login') return loginHandler(request);
      return pathname === '/hello' ? helloHandler() : new Response('not here', { status: 404 });
    };
    return { listener: getRequestListener(handle), close };
  },
};

export async function mountHost(open: (environment: Environment) => Promise<Host>) {
  const stack = await startStack();
  await stack.stopProxy();
  const host = await open({ ...stack.environment, LOG_LEVEL: 'silent' });
  const server = createServer({ keepAliveTimeout: 75_000 }, host.listener).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** @param proof the headers that identify the customer. */
  function browser(proof: Record<string, string>) {
    async function call<Body>(method: string, path: string, body?: unknown, headers = {}) {
      const response = await fetch(url + path, {
        method,
        headers: { ...proof, ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
        body: body === undefined ? null : JSON.stringify(body),
      });
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      const answered: Body = isJson ? await response.json() : await response.text();
      return { status: response.status, headers: response.headers, body: answered };
    }
    const ask = (headers = {}) =>
      call<OfferAnswer & Problem>('POST', '/upgrade-offer/offers', { feature: 'advanced-analytics' }, headers);
    return { call, ask };
  }

  /** @returns the browser of a new customer, signed in through the host's own route, with a cookie or a token. */
  async function signIn(scenario = 'ordinary') {
    const user = `${scenario}_${crypto.randomUUID().slice(0, 8)}`;
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(`${url}/login`, { method: 'POST', headers, body: JSON.stringify({ user }) });
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    const proof: Record<string, string> = cookie
      ? { Cookie: cookie }
      : { Authorization: `Bearer ${(await response.json()).token}` };
    return { customerId: `cus_${user}`, subscriptionId: `sub_${user}`, ...browser(proof) };
  }

  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await host.close();
    await stack.close();
  }

  return { sandboxUrl: stack.sandboxUrl, serverKey: stack.serverKey, url, browser, signIn, close };
}

/** @returns the names of the headers, without those that Node or a framework adds by itself. */
export function addedHeaders(headers: Headers): string[] {
  const own = ['connection', 'content-length', 'content-type', 'date', 'etag', 'keep-alive', 'x-powered-by'];
  return [...headers.keys()].filter((header) => !own.includes(header));
}
