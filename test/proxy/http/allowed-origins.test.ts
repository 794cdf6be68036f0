import { expect, it, onTestFinished } from 'vitest';
import type { Environment } from '../../../proxy/config.js';
import { startStack } from '../../support/node-stack.js';

async function allowedHeaders(settings: Environment, origin: string) {
  const stack = await startStack({ settings: { ALLOWED_ORIGINS: 'https://app.example', ...settings } });
  onTestFinished(() => stack.close());
  const { headers } = await fetch(`${stack.proxyUrl}/offers`, {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization,content-type,traceparent',
    },
  });
  return {
    origin: headers.get('access-control-allow-origin'),
    headers: headers.get('access-control-allow-headers')?.toLowerCase().split(','),
  };
}

it('a page whose tracing adds headers to each request may call the proxy: it once showed nothing', async () => {
  expect(await allowedHeaders({}, 'https://app.example')).toEqual({
    origin: 'https://app.example',
    headers: ['authorization', 'content-type', 'traceparent', 'tracestate', 'baggage'],
  });
});

it('other headers are allowed by a setting', async () => {
  const allowed = await allowedHeaders({ ALLOWED_HEADERS: 'sentry-trace, x-datadog-trace-id' }, 'https://app.example');

  expect(allowed.headers).toEqual(expect.arrayContaining(['sentry-trace', 'x-datadog-trace-id']));
});

it('no header makes another page one that may call', async () => {
  expect((await allowedHeaders({}, 'https://evil.example')).origin).toBeNull();
});

it('a page that may not call is named in the log, once, with the setting: it once said nothing', async () => {
  const warned: object[] = [];
  const log = { info() {}, warn: (...line: [object, string]) => void warned.push(line), error() {} };
  const stack = await startStack({ settings: { ALLOWED_ORIGINS: 'https://app.example' }, proxy: { log } });
  onTestFinished(() => stack.close());
  const preflight = (Origin: string) =>
    fetch(`${stack.proxyUrl}/offers`, {
      method: 'OPTIONS',
      headers: { Origin, 'Access-Control-Request-Method': 'POST' },
    });

  for (const origin of ['https://app.example', 'https://new.example', 'https://new.example']) await preflight(origin);

  expect(warned).toEqual([[{ origin: 'https://new.example' }, expect.stringContaining('ALLOWED_ORIGINS')]]);
});
