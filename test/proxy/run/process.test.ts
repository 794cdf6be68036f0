import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Environment } from '../../../proxy/config.js';
import { newCustomer } from '../../support/customer.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../../support/proxy-client.js';
import { createProxyProcesses } from '../../support/proxy-process.js';
import { sandboxOf } from '../../support/sandbox-client.js';
import { startStack, type Stack } from '../../support/node-stack.js';

let stack: Stack;
const processes = createProxyProcesses();

beforeEach(async () => {
  stack = await startStack();
  await stack.stopProxy();
});
afterEach(async () => {
  await processes.killAll();
  await stack.close();
});

const startProcess = (environment: Environment = {}) => processes.start({ ...stack.environment, ...environment });

const faultsInForce = async () => (await fetch(`${stack.sandboxUrl}/sandbox/faults`)).json();

describe('the proxy as a process', () => {
  it('still knows after kill -9, right after its answer, who was offered what and who accepted', async () => {
    const who = await newCustomer('ordinary', { secret: stack.identitySecret });
    const first = await startProcess();
    const before = asCustomer(first, who);
    const { offerId, optionId } = offered(await before.ask({ feature: 'advanced-analytics' }));
    await sandboxOf(stack).misbehave({ operation: 'offer_events', kind: 'unavailable' });
    await before.report(offerId, 'viewed');
    const fulfillmentId = fulfillmentIdOf(await before.accept(offerId, optionId));
    await first.stop('SIGKILL');
    await sandboxOf(stack).behave();

    const second = await startProcess();
    const after = asCustomer(second, who);

    expect((await after.outcome(fulfillmentId)).body).toMatchObject({ status: 'redirect', fulfillmentId });
    expect((await after.accept(offerId, optionId)).body).toMatchObject({ fulfillmentId, acceptedBefore: 'you' });
    const server = asServer({ ...stack, proxyUrl: second.proxyUrl });
    expect((await server.list({ status: 'in_progress' })).body.fulfillments).toMatchObject([{ id: fulfillmentId }]);
    await expect
      .poll(async () => (await sandboxOf(stack).records(who)).events.map(({ type }) => type))
      .toEqual(['viewed']);
    expect((await sandboxOf(stack).records(who)).fulfillments).toHaveLength(1);
  });

  it('serves the widget that was built with it', async () => {
    const { proxyUrl } = await startProcess();

    const response = await fetch(`${proxyUrl}/upgrade-offer.js`);

    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.text()).toContain('upgrade-offer');
  });

  it('exits with 0 when it is told to stop', async () => {
    expect(await (await startProcess()).stop('SIGTERM')).toBe(0);
  });

  it('answers the requests that it had when it was told to stop', async () => {
    const running = await startProcess();
    const who = asCustomer(running, await newCustomer('ordinary', { secret: stack.identitySecret }));
    // Longer than the port stays open, so that the answer comes after it has closed.
    const slow = { kind: 'slow', delayMs: 3_000, times: 1 } as const;
    await sandboxOf(stack).misbehave({ operation: 'subscription_entitlements', ...slow });
    const asked = who.access('advanced-analytics');
    // The fault is used up once the call has reached Chargebee.
    await expect.poll(faultsInForce).toEqual([]);

    const [answer, code] = await Promise.all([asked, running.stop('SIGTERM')]);

    expect(answer).toMatchObject({ status: 200, body: { access: 'denied' } });
    expect(code).toBe(0);
    await expect(who.ask()).rejects.toThrow('fetch failed');
  });

  it('delivers after its next start what it acknowledged before it was told to stop', async () => {
    const first = await startProcess();
    const who = await newCustomer('ordinary', { secret: stack.identitySecret });
    const as = asCustomer(first, who);
    const { offerId } = offered(await as.ask({ feature: 'advanced-analytics' }));
    await sandboxOf(stack).misbehave({ operation: 'offer_events', kind: 'unavailable' });
    const eventsOf = async () => (await sandboxOf(stack).records(who)).events.map(({ type }) => type);

    expect((await as.report(offerId, 'viewed')).status).toBe(202);
    expect((await as.report(offerId, 'dismissed')).status).toBe(202);
    expect(await first.stop('SIGTERM')).toBe(0);
    await sandboxOf(stack).behave();
    expect(await eventsOf()).toEqual([]);
    await startProcess();

    await expect.poll(eventsOf).toEqual(['viewed', 'dismissed']);
  });

  it('says in one line that its port is in use', async () => {
    const { proxyUrl } = await startProcess();
    const port = new URL(proxyUrl).port;

    const second = await startProcess({ PORT: port });

    expect(await second.exited).toBe(1);
    expect(second.printed).toEqual([`Port ${port} is already in use. Stop what uses it, or set PORT to another one.`]);
  });

  it('names everything that is wrong with its settings, and does not start', async () => {
    const { exited, printed } = await startProcess({ CHARGEBEE_API_KEY: '', SERVER_KEY: 'short', PORT: 'x' });

    expect(await exited).toBe(1);
    expect(printed.join('\n')).toMatch(/CHARGEBEE_API_KEY[^]*SERVER_KEY|SERVER_KEY[^]*CHARGEBEE_API_KEY/);
    expect(printed.join('\n')).toContain('PORT');
    expect(printed.join('\n')).not.toContain('    at ');
  });

  it('never logs the key, a token or an e-mail address', async () => {
    const who = await newCustomer('ordinary', { secret: stack.identitySecret, claims: { email: 'ada@example.com' } });
    const running = await startProcess({ LOG_LEVEL: 'trace' });
    const as = asCustomer(running, who);
    const { offerId, optionId } = offered(await as.ask({ feature: 'advanced-analytics' }));
    await sandboxOf(stack).misbehave({ operation: '*', kind: 'unavailable' });
    await as.report(offerId, 'viewed');
    await as.accept(offerId, optionId);
    await as.access('storage-gb');
    await running.stop('SIGTERM');

    const log = running.printed.join('\n');
    expect(log).toContain('Failed');
    for (const secret of [
      'test_sandbox',
      btoa('test_sandbox:'),
      who.token,
      'ada@example.com',
      stack.identitySecret,
      stack.serverKey,
    ]) {
      expect(log).not.toContain(secret);
    }
  });
});
