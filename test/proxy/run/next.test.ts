/** The route handlers of a Next app, as Next calls them. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { createHandlers } from '../../../proxy/run/next.js';
import { startStack } from '../../support/node-stack.js';

const ask = () =>
  new Request('http://localhost/upgrade-offer/offers', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ feature: 'advanced-analytics' }),
  });

it('opens nothing, and reads no setting, before the first request', async () => {
  const stack = await startStack();
  onTestFinished(() => stack.close());
  const store = stack.environment['DATABASE_URL']?.replace('proxy.db', 'next.db') ?? '';
  const { IDENTITY_SECRET: _, ...settings } = stack.environment;
  const environment: Record<string, string> = {};

  const { GET, POST, proxy } = createHandlers({
    environment,
    identify: async () => ({ customerId: 'cus_next', subscriptionId: 'sub_next' }),
  });
  Object.assign(environment, settings, { DATABASE_URL: store, LOG_LEVEL: 'silent' });
  expect(existsSync(store.slice('file:'.length))).toBe(false);

  expect((await POST(ask())).status).toBe(200);
  onTestFinished(async () => (await proxy()).close());
  expect((await GET(new Request('http://localhost/upgrade-offer/entitlements/advanced-analytics'))).status).toBe(200);
  expect(existsSync(store.slice('file:'.length))).toBe(true);
  expect(await proxy()).toBe(await proxy());
});

it('opens at a later request what the first could not open', async () => {
  const stack = await startStack();
  onTestFinished(() => stack.close());
  const environment: Record<string, string> = {};
  const { POST, proxy } = createHandlers({ environment });

  await expect(POST(ask())).rejects.toThrow('CHARGEBEE_SITE');
  Object.assign(environment, stack.environment, { LOG_LEVEL: 'silent' });
  expect((await POST(ask())).status).toBe(401);
  onTestFinished(async () => (await proxy()).close());
});

it('leaves the compression to Next, which drops Content-Encoding: the script was brotli that nobody named', async () => {
  const stack = await startStack();
  onTestFinished(() => stack.close());
  const { GET, proxy } = createHandlers({
    environment: { ...stack.environment, LOG_LEVEL: 'silent' },
    widgetFolder: 'dist/widget',
  });
  onTestFinished(async () => (await proxy()).close());

  const url = 'http://localhost/upgrade-offer/upgrade-offer.js';
  const script = await GET(new Request(url, { headers: { 'Accept-Encoding': 'gzip, deflate, br' } }));

  expect([script.status, script.headers.get('Content-Encoding')]).toEqual([200, null]);
  expect(await script.text()).toBe(readFileSync('dist/widget/upgrade-offer.js', 'utf8'));
});

it('is bundled by Next without the server: the setting that kept it out gave the hooks of the page another React', () => {
  const built = readFileSync('dist/proxy/next.js', 'utf8');
  expect(built).not.toMatch(/\bfrom "/);
  expect(built.replace(/\s+/g, ' ')).toContain(
    'import( /* webpackIgnore: true */ /* turbopackIgnore: true */ "upgrade-offer/proxy" )',
  );
});
