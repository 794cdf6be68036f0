/** The metrics say how much is sold, and a port that customers reach is no place for them. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createProxyProcesses } from '../../support/proxy-process.js';
import { startProxy, startStack, type Stack } from '../../support/node-stack.js';

const TOKEN = 'a-token-of-at-least-thirty-two-characters';
const NEXT_TOKEN = 'the-token-that-takes-its-place-from-tomorrow';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

describe('with METRICS_TOKEN', () => {
  it('/metrics answers those who show one of the tokens, and nobody else; the probes stay open', async () => {
    const proxy = await startProxy({ ...stack.environment, METRICS_TOKEN: `${TOKEN},${NEXT_TOKEN}` });
    onTestFinished(() => proxy.stop());
    const get = (path: string, authorization?: string) =>
      fetch(new URL(path, proxy.proxyUrl), { headers: authorization ? { authorization } : {} });

    const refused = await get('/metrics');
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await refused.text()).not.toContain('upgrade_offer_');
    for (const wrong of ['Bearer of-something-else', `Basic ${TOKEN}`, `Bearer ${TOKEN} `.repeat(2), 'Bearer']) {
      expect([wrong, (await get('/metrics', wrong)).status]).toEqual([wrong, 401]);
    }
    for (const token of [TOKEN, NEXT_TOKEN]) {
      expect(await (await get('/metrics', `Bearer ${token}`)).text()).toContain('upgrade_offer_call_budget_left');
    }
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(200);
  });
});

describe('with METRICS_PORT', () => {
  it('/metrics is there alone, and no longer beside the app; the process still ends when it is told to', async () => {
    const processes = createProxyProcesses();
    onTestFinished(() => processes.killAll());
    const proxy = await processes.start({ ...stack.environment, METRICS_PORT: '0' });
    const metricsUrl = /^upgrade-offer metrics: (\S+)$/m.exec(proxy.printed.join('\n'))?.[1] ?? '';

    expect((await fetch(new URL('/metrics', proxy.proxyUrl))).status).toBe(404);
    expect((await fetch(new URL('/readyz', proxy.proxyUrl))).status).toBe(200);
    expect(await (await fetch(metricsUrl)).text()).toContain('upgrade_offer_call_budget_left');
    expect((await fetch(new URL('/upgrade-offer/upgrade-offer.js', metricsUrl))).status).toBe(404);
    expect(await proxy.stop('SIGTERM')).toBe(0);
  });

  it('that is taken, the proxy says which setting to change', async () => {
    const { port } = new URL(stack.proxyUrl);
    const processes = createProxyProcesses();
    onTestFinished(() => processes.killAll());

    const proxy = await processes.start({ ...stack.environment, METRICS_PORT: port });

    expect(await proxy.exited).toBe(1);
    expect(proxy.printed).toContain(
      `Port ${port} is already in use. Stop what uses it, or set METRICS_PORT to another one.`,
    );
  });
});
