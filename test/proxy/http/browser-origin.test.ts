/** Which pages may change something in a customer's name, as browsers and reverse proxies write it. */
import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newCustomer } from '../../support/customer.js';
import { startStack, type Stack } from '../../support/node-stack.js';

/** The warnings in the log. */
const warned: [facts: object, words: string][] = [];
const log = { info() {}, error() {}, warn: (...line: [object, string]) => void warned.push(line) };

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ settings: { ALLOWED_ORIGINS: 'https://allowed.example' }, proxy: { log } });
});
afterAll(() => stack.close());

/** `fetch` would write a Host of its own. */
async function ask(headers: Record<string, string>) {
  const { token } = await newCustomer('ordinary', { secret: stack.identitySecret });
  return new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const call = request(`${stack.proxyUrl}/offers`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}`, ...headers },
    });
    call.on('error', reject);
    call.on('response', (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode, body }));
    });
    call.end('{}');
  });
}

const PAGE = 'https://app.example';

it.each<[string, Record<string, string>]>([
  [
    'whose browser says so, whatever the reverse proxy made of Host',
    { 'Sec-Fetch-Site': 'same-origin', Host: '10.0.0.7' },
  ],
  ['of an older browser', { Host: 'app.example' }],
  ['whose Host has the usual port', { Host: 'app.example:443' }],
  ['whose Host is in capitals', { Host: 'App.Example' }],
  ['behind a reverse proxy with a Host of its own', { Host: '127.0.0.1:8787', 'X-Forwarded-Host': 'app.example' }],
  [
    'behind two of them',
    { Host: 'internal', 'X-Forwarded-Host': 'app.example:443, internal', 'X-Forwarded-Proto': 'https, http' },
  ],
  ['of an allowed origin', { Origin: 'https://allowed.example', 'Sec-Fetch-Site': 'cross-site' }],
])("takes a request of the app's own page %s", async (_, headers) => {
  expect((await ask({ Origin: PAGE, ...headers })).status).toBe(200);
});

it.each<[string, Record<string, string>]>([
  ['of another host', { Origin: 'https://evil.example', Host: 'app.example' }],
  ['of another port', { Origin: 'https://app.example:8443', Host: 'app.example' }],
  [
    'of the same host over http, which anybody on the way can write',
    { Origin: 'http://app.example', Host: 'app.example', 'Sec-Fetch-Site': 'cross-site' },
  ],
  [
    'of the same host over http in an older browser',
    { Origin: 'http://app.example', Host: 'app.example', 'X-Forwarded-Proto': 'https' },
  ],
  ['of a neighbour', { Origin: 'https://blog.app.example', Host: 'app.example', 'Sec-Fetch-Site': 'same-site' }],
  ['without an origin', { Host: 'app.example', 'Sec-Fetch-Site': 'cross-site' }],
  ['in a sandboxed frame', { Origin: 'null', Host: 'app.example' }],
])('refuses a request of a page %s, and says what to do', async (_, headers) => {
  const { status, body } = await ask(headers);

  expect([status, JSON.parse(body)]).toEqual([
    403,
    expect.objectContaining({ code: 'wrong_origin', detail: expect.stringContaining('ALLOWED_ORIGINS') }),
  ]);
});

it('the log names the page behind a reverse proxy that hides its address, once, with what to do: it once said nothing', async () => {
  for (const Host of ['10.0.0.7', '10.0.0.8']) await ask({ Origin: 'http://hidden.example', Host });

  expect(warned.filter(([facts]) => JSON.stringify(facts).includes('hidden.example'))).toEqual([
    [{ origin: 'http://hidden.example' }, expect.stringMatching(/ALLOWED_ORIGINS.*pass on the Host header/)],
  ]);
});
