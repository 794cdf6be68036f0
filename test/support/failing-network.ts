/**
 * A network in front of a proxy that fails three of ten answers, each kind of failure in its turn. Which ones is decided by a
 * seed in the path, `/SEED/upgrade-offer/...`, and is the same each time. Each seed has its own order.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

const SHARE_THAT_FAILS = 0.3;

/** Shorter than any client waits. */
const SILENCE_MS = 1_500;

interface Passed {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

interface Failure {
  /** Whether the proxy gets the request, so that only its answer is lost. */
  readonly isPassedOn: boolean;
  fail(response: ServerResponse, passed: Passed, origin: string): void;
}

const refuse = (status: number, code: string, headers = {}): Failure => ({
  isPassedOn: false,
  fail(response, _, origin) {
    response.writeHead(status, {
      'Content-Type': 'application/problem+json',
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Expose-Headers': 'Retry-After',
      ...headers,
    });
    response.end(
      JSON.stringify({ type: `urn:upgrade-offer:${code}`, title: 'It failed', status, code, requestId: '1' }),
    );
  },
});

const cut = (response: ServerResponse) => void response.destroy();

/** In this order. */
const FAILURES: readonly Failure[] = [
  { isPassedOn: false, fail: cut },
  refuse(401, 'token_expired'),
  { isPassedOn: true, fail: cut },
  refuse(429, 'too_many_requests', { 'Retry-After': '1' }),
  { isPassedOn: false, fail: (response) => void setTimeout(cut, SILENCE_MS, response) },
  refuse(500, 'internal'),
  {
    isPassedOn: false,
    // A load balancer knows no CORS.
    fail: (response) => void response.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Bad Gateway</h1>'),
  },
  refuse(503, 'upstream_unavailable', { 'Retry-After': '1' }),
  {
    isPassedOn: true,
    fail(response, { status, headers, body }) {
      if (body.length === 0) return cut(response);
      response.writeHead(status, { ...headers, 'content-length': String(body.length + 1) });
      response.write(body.subarray(0, body.length / 2), () => response.destroy());
    },
  },
];

export interface FailingNetwork {
  /** Without the seed. */
  readonly url: string;
  close(): Promise<void>;
}

/** @param proxyUrl with its base path. */
export async function startFailingNetwork(proxyUrl: string): Promise<FailingNetwork> {
  const { origin } = new URL(proxyUrl);
  const orders = new Map<string, () => Failure | undefined>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, seed = '', path = ''] = /^\/([^/]+)(\/.*)$/.exec(request.url ?? '') ?? [];
    const next = orders.get(seed) ?? orderOf(seed);
    orders.set(seed, next);
    // A preflight has no consequences: the browser would only send it again.
    const failure = request.method === 'OPTIONS' ? undefined : next();
    const body = await buffer(request);
    const passed = failure?.isPassedOn === false ? NOTHING : await passOn(request, origin + path, body);
    if (failure) failure.fail(response, passed, request.headers.origin ?? '*');
    else response.writeHead(passed.status, passed.headers).end(passed.body);
  }

  const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const NOTHING: Passed = { status: 0, headers: {}, body: Buffer.alloc(0) };

/** @returns what becomes of the next answer; undefined if it arrives. */
function orderOf(seed: string): () => Failure | undefined {
  let state = [...seed].reduce((sum, character) => (Math.imul(sum, 31) + character.charCodeAt(0)) | 0, 7);
  // So that few failures of each of many seeds are of every kind.
  let failed = Math.abs(state);
  return () => {
    // mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    if (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 >= SHARE_THAT_FAILS) return undefined;
    return FAILURES[failed++ % FAILURES.length];
  };
}

/** Of one connection only, or written again for the answer of this one. */
const OF_A_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host', 'expect']);

async function passOn({ method = 'GET', headers }: IncomingMessage, url: string, body: Buffer): Promise<Passed> {
  const kept = Object.entries(headers).filter(([name]) => !OF_A_CONNECTION.has(name));
  const init = { method, headers: kept.map(([name, value]) => [name, String(value)] as [string, string]) };
  const answer = await fetch(
    url,
    method === 'GET' || method === 'OPTIONS' ? init : { ...init, body: new Uint8Array(body) },
  );
  const own = [...answer.headers].filter(([name]) => !OF_A_CONNECTION.has(name) && name !== 'content-encoding');
  return { status: answer.status, headers: Object.fromEntries(own), body: Buffer.from(await answer.arrayBuffer()) };
}
