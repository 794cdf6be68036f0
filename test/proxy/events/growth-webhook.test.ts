import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStack, type Stack } from '../../support/node-stack.js';

const SECRET = 'the secret that Growth signs with';
let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ settings: { GROWTH_WEBHOOK_SECRET: SECRET } });
});
afterAll(() => stack.close());

describe('a webhook of Growth', () => {
  const body = JSON.stringify({ event: 'offer_accepted', anything: { goes: true } });
  const sendGrowth = (signature: string) =>
    fetch(`${stack.proxyUrl}/webhooks/growth`, { method: 'POST', headers: { 'X-Hub-Signature': signature }, body });
  const sign = (secret: string, text = body) => createHmac('sha1', secret).update(text).digest('hex');

  it('is taken when it is signed with the shared secret', async () => {
    expect((await sendGrowth(sign(SECRET))).status).toBe(204);
    expect((await sendGrowth(`sha1=${sign(SECRET)}`)).status).toBe(204);
  });

  it.each([
    ['nothing', ''],
    ['another secret', sign('another secret')],
    ['another body', sign(SECRET, '{}')],
  ])('is refused when it is signed with %s', async (_, signature) => {
    expect((await sendGrowth(signature)).status).toBe(401);
  });

  it.each([
    ['a byte order mark', Buffer.from('\u{FEFF}{"event":"x"}')],
    ['latin-1', Buffer.from('{"name":"Zoë"}', 'latin1')],
    ['a NUL', Buffer.from('{"name":"\0"}')],
  ])('is signed over its bytes, such as %s', async (_, bytes) => {
    const signature = createHmac('sha1', SECRET).update(bytes).digest('hex');
    const headers = { 'X-Hub-Signature': signature };

    expect((await fetch(`${stack.proxyUrl}/webhooks/growth`, { method: 'POST', headers, body: bytes })).status).toBe(
      204,
    );
  });

  const sendUnfinished = (headers: Record<string, string>) => {
    const unfinished = new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('{')) });
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body: unfinished, duplex: 'half' };
    return fetch(`${stack.proxyUrl}/webhooks/growth`, init);
  };

  it('without a signature is refused before its body is read', async () => {
    expect((await sendUnfinished({})).status).toBe(401);
  });

  it('is not waited for when its body does not arrive: it once held memory for five minutes', async () => {
    const answer = await sendUnfinished({ 'X-Hub-Signature': sign(SECRET) });

    expect(answer.status).toBe(408);
    expect(await answer.json()).toMatchObject({ code: 'too_slow' });
  });
});
