/** A body that does not arrive whole is the fault of its sender or of the host in front, and wakes no operator. */
import { getRequestListener } from '@hono/node-server';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import { openOfferProxy, readConfig } from '../../../proxy/run/server.js';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';

const logged: { readonly level: string; readonly facts: object }[] = [];
const log = {
  info: (facts: object) => void logged.push({ level: 'info', facts }),
  warn: (facts: object) => void logged.push({ level: 'warn', facts }),
  error: (facts: object) => void logged.push({ level: 'error', facts }),
};
let stack: Stack;

beforeAll(async () => {
  const settings = {
    BILLING_WEBHOOK_USERNAME: 'chargebee',
    BILLING_WEBHOOK_PASSWORD: 'webhook-password',
    GROWTH_WEBHOOK_SECRET: 'a secret of Growth',
  };
  stack = await startStack({ settings, proxy: { log } });
});
afterAll(() => stack.close());
afterEach(() => void logged.splice(0));

const OFFERS = async () =>
  `Authorization: Bearer ${(await newCustomer('ordinary', { secret: stack.identitySecret })).token}`;
const BILLING = async () => `Authorization: Basic ${btoa('chargebee:webhook-password')}`;
const GROWTH = async () => `X-Hub-Signature: ${'0'.repeat(40)}`;

it.each([
  ['/offers', 'Transfer-Encoding: chunked', OFFERS],
  ['/offers', 'Content-Length: 1000', OFFERS],
  ['/webhooks/billing', 'Transfer-Encoding: chunked', BILLING],
  ['/webhooks/billing', 'Content-Length: 1000', BILLING],
  ['/webhooks/growth', 'Content-Length: 1000', GROWTH],
])(
  'a client that hangs up in the middle of its body is logged as its own fault: %s, %s',
  async (path, length, proof) => {
    const { hostname, port, pathname } = new URL(stack.proxyUrl + path);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');

    socket.write(
      `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n${await proof()}\r\n` +
        `Content-Type: application/json\r\n${length}\r\n\r\nb\r\n{"feature":\r\n`,
      () => socket.destroy(),
    );

    await expect
      .poll(() => logged)
      .toMatchObject([{ level: 'info', facts: { path: pathname, status: 400, code: 'invalid_request' } }]);
  },
);

it.each([
  ['it is too large for the host', Object.assign(new Error('Payload Too Large'), { status: 413 }), 413, 'too_large'],
  ['it breaks off', new Error('aborted'), 400, 'invalid_request'],
])('a body that the host cuts off, because %s, was once a failure of the proxy', async (_, error, status, code) => {
  const proxy = await openOfferProxy(readConfig(stack.environment), { log });
  // As the adapter of SvelteKit does: https://github.com/sveltejs/kit/blob/main/packages/kit/src/exports/node/index.js
  const cutOff = new ReadableStream({ start: (controller) => controller.error(error) });
  const host = createServer(
    getRequestListener(({ url, headers }) =>
      proxy.app.fetch(new Request(url, Object.assign({ method: 'POST', headers, body: cutOff }, { duplex: 'half' }))),
    ),
  ).listen(0, '127.0.0.1');
  await once(host, 'listening');
  onTestFinished(async () => {
    await once(host.close(), 'close');
    await proxy.close();
  });

  const { port } = host.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/upgrade-offer/webhooks/billing`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa('chargebee:webhook-password')}` },
    body: '{}',
  });

  expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ code })]);
  expect(logged.filter(({ level }) => level !== 'info')).toEqual([]);
});
