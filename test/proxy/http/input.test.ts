import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';
import { asCustomer } from '../../support/proxy-client.js';
import { sandboxOf } from '../../support/sandbox-client.js';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

const customer = async () => {
  const who = await newCustomer('ordinary', { secret: stack.identitySecret });
  return { ...who, ...asCustomer(stack, who) };
};

it.each<[string, unknown, string]>([
  ['the body', [], 'The request'],
  ['the page', { page: [] }, 'page'],
  ['the context', { context: [] }, 'context'],
])('a list is refused where an object belongs, by name: %s', async (_, body, name) => {
  const { call, customerId } = await customer();

  const answer = await call('POST', '/offers', body);

  expect([answer.status, answer.body.detail]).toEqual([400, `${name}: must be an object, not a list.`]);
  expect((await sandboxOf(stack).records({ customerId })).calls).toEqual([]);
});

it.each(['{"used":1e999}', '{"context":{"storage_used_percent":1e999}}'])(
  'a number that JavaScript cannot hold is refused, because Chargebee would get null: %s',
  async (body) => {
    const { token } = await customer();

    const { status } = await fetch(`${stack.proxyUrl}/offers`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body,
    });

    expect(status).toBe(400);
  },
);

it.each([
  ['of a declared length', 'Content-Length: 1000', '{"feature":'],
  ['in chunks', 'Transfer-Encoding: chunked', 'b\r\n{"feature":\r\n'],
])(
  'a client whose body %s does not arrive is told so: Chargebee was once said to be away',
  async (_, length, start) => {
    const { token } = await customer();
    const { hostname, port, pathname } = new URL(`${stack.proxyUrl}/offers`);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');

    socket.write(
      `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${token}\r\n` +
        `Content-Type: application/json\r\n${length}\r\nConnection: close\r\n\r\n${start}`,
    );

    const answer = await text(socket);
    expect(answer).toContain('HTTP/1.1 408');
    expect(answer).toContain('"code":"too_slow"');
    expect(answer).not.toContain('Chargebee');
  },
);
