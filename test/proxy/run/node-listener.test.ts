/** `proxy.listener` in the places where Node hosts put it. */
import express, { Router, type RequestHandler } from 'express';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openOfferProxy, readConfig, type OfferProxy } from '../../../proxy/run/server.js';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';

let stack: Stack;
let proxy: OfferProxy;

beforeAll(async () => {
  stack = await startStack();
  proxy = await openOfferProxy(readConfig({ ...stack.environment, LOG_LEVEL: 'silent' }), {
    widgetFolder: 'dist/widget',
  });
});
afterAll(async () => {
  await proxy.close();
  await stack.close();
});

const HELLO: RequestHandler = (_, response) => void response.send('hello');

describe.each<[string, string, () => Parameters<typeof createServer>[1]]>([
  [
    'mounted at the base path, which Express cuts off',
    '/upgrade-offer',
    () => express().use('/upgrade-offer', proxy.listener).use(HELLO),
  ],
  ['mounted beside everything else', '/upgrade-offer', () => express().use(proxy.listener).use(HELLO)],
  [
    'behind a body parser',
    '/upgrade-offer',
    () => express().use(express.json()).use('/upgrade-offer', proxy.listener).use(HELLO),
  ],
  [
    'as the handler of a route',
    '/upgrade-offer',
    () => express().all('/upgrade-offer/*path', proxy.listener).use(HELLO),
  ],
  [
    'in a router of a router',
    '/api/upgrade-offer',
    () => express().use('/api', Router().use('/upgrade-offer', proxy.listener)).use(HELLO),
  ],
  [
    'under an address in front of the base path',
    '/api/upgrade-offer',
    () => express().use('/api', proxy.listener).use(HELLO),
  ],
  [
    'in a server of node:http',
    '/upgrade-offer',
    () => (request, response) => proxy.listener(request, response, () => response.end('hello')),
  ],
])('%s', (_, base, host) => {
  it('answers the widget, and leaves to the host what no route serves', async () => {
    const { token } = await newCustomer('ordinary', { secret: stack.identitySecret });
    const url = await serve(host());

    const asked = await fetch(`${url}${base}/offers`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ feature: 'advanced-analytics' }),
    });
    const script = await fetch(`${url}${base}/upgrade-offer.js`);
    const others = ['/offers', '/healthz', '/metrics', '/api/users', `${base}/nowhere`, `${base}x/offers`];

    expect([asked.status, await asked.json()]).toEqual([
      200,
      expect.objectContaining({ access: 'denied', offer: expect.objectContaining({ title: expect.any(String) }) }),
    ]);
    expect([script.status, script.headers.get('Content-Type')]).toEqual([200, expect.stringContaining('javascript')]);
    for (const path of others) expect([path, await (await fetch(url + path)).text()]).toEqual([path, 'hello']);
  });
});

it('alone answers everything, with the base path or without, and keeps the figures of the operator to itself', async () => {
  const url = await serve(proxy.listener);

  const statuses = await Promise.all(
    ['/upgrade-offer/upgrade-offer.js', '/upgrade-offer.js', '/metrics', '/'].map(async (path) => {
      const { status } = await fetch(url + path);
      return [path, status];
    }),
  );

  expect(statuses).toEqual([
    ['/upgrade-offer/upgrade-offer.js', 200],
    ['/upgrade-offer.js', 200],
    ['/metrics', 404],
    ['/', 404],
  ]);
});

async function serve(listener: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
