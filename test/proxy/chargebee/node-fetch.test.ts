import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createNodeFetch } from '../../../proxy/chargebee/node-fetch.js';
import { createHttpClient } from '../../../proxy/chargebee/call.js';

let closing: (() => void)[] = [];
/** A server that stands in for Chargebee. */
const answering = async (listener: RequestListener) => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  closing.push(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const call = (url: string, timeoutMs = 5_000) =>
  createHttpClient({ fetch: createNodeFetch(), now: Date.now, url }).makeApiRequest(
    new Request('https://acme.chargebee.com/api/v2/offer_events', { method: 'POST', body: '{"type":"viewed"}' }),
    timeoutMs,
  );

afterEach(() => {
  for (const close of closing) close();
  closing = [];
});

describe('a call to Chargebee', () => {
  it('carries the body there and the answer back', async () => {
    const url = await answering((request, response) => request.pipe(response));

    expect(await (await call(url)).json()).toEqual({ type: 'viewed' });
  });

  it('follows no redirect, because the key would be sent along', async () => {
    let asked = 0;
    const elsewhere = await answering((_, response) => response.end(String((asked += 1))));
    const url = await answering((_, response) => response.writeHead(307, { Location: elsewhere }).end());

    await expect(call(url)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(asked).toBe(0);
  });

  it('ends in time when the answer begins and never ends', async () => {
    const url = await answering((_, response) => response.writeHead(200).write('{'));

    await expect(call(url, 200)).rejects.toMatchObject({
      kind: 'unavailable',
      message: 'Failed to call Chargebee (POST offer_events): no answer in time.',
    });
  });

  it('waits as long as Chargebee says', async () => {
    const url = await answering((_, response) => response.writeHead(429, { 'Retry-After': '7' }).end('{}'));

    await expect(call(url)).rejects.toMatchObject({ kind: 'busy', retryAfterMs: 7_000 });
  });

  it('opens 64 connections at most, and the others wait for one of them', async () => {
    const waiting: ServerResponse[] = [];
    const url = await answering((_, response) => void waiting.push(response));
    const fetch = createNodeFetch();
    const calls = Array.from({ length: 100 }, () =>
      fetch(url, { method: 'GET', headers: {}, body: null, redirect: 'manual', signal: new AbortController().signal }),
    );
    await expect.poll(() => waiting.length).toBe(64);

    while (waiting.length > 0) waiting.pop()?.end();
    await expect.poll(() => waiting.length).toBe(36);

    for (const response of waiting) response.end();
    expect(new Set((await Promise.all(calls)).map(({ status }) => status))).toEqual(new Set([200]));
  });
});
