import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStack, type Stack } from '../../support/node-stack.js';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

describe('an address that the proxy does not serve', () => {
  it.each(['/oofers', '/upgrade-ofer.js'])('is not answered like an unknown id: %s', async (path) => {
    const response = await fetch(stack.proxyUrl + path);

    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    expect(await response.json()).toEqual({
      type: 'urn:upgrade-offer:unknown_route',
      title: 'The proxy has no such route.',
      status: 404,
      code: 'unknown_route',
      requestId: expect.any(String),
      detail: `Failed to answer GET /upgrade-offer${path}: there is no such route. /upgrade-offer/openapi.json lists them.`,
    });
  });

  it('as a script is one that any page may read: browsers said CORS of a name that was misspelled', async () => {
    const { status, headers } = await fetch(`${stack.proxyUrl}/upgrade-ofer.js`);

    expect([status, headers.get('Access-Control-Allow-Origin')]).toEqual([404, '*']);
  });

  it('is answered with where the routes are listed', async () => {
    const { detail } = (await (await fetch(`${stack.proxyUrl}/nowhere`)).json()) as { detail: string };
    const [listed = ''] = /\S+openapi\.json/.exec(detail) ?? [];

    expect((await fetch(new URL(listed, stack.proxyUrl))).status).toBe(200);
  });
});
