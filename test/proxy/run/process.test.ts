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

  it('has written its whole log when it ends, the last answer included, also into a pipe that is read slowly', async () => {
    const running = await startProcess();
    const who = asCustomer(running, await newCustomer('ordinary', { secret: stack.identitySecret }));
    running.readLater();
    const requests: (string | null)[] = [];
    // Some 400 kB: more than the pipe and the reader take.
    for (const nowhere of Array.from({ length: 100 }, (_, index) => `${index}`.padStart(4_000, '0'))) {
      requests.push((await fetch(`${running.proxyUrl}/${nowhere}`)).headers.get('x-request-id'));
    }
    const slow = { kind: 'slow', delayMs: 1_000, times: 1 } as const;
    await sandboxOf(stack).misbehave({ operation: 'subscription_entitlements', ...slow });
    const last = who.access('advanced-analytics');
    await expect.poll(faultsInForce).toEqual([]);

    running.signal('SIGTERM');
    expect((await last).status).toBe(200);
    await expect.poll(() => fetch(running.proxyUrl).catch(() => 'closed')).toBe('closed');
    running.readOn();

    expect(await running.exited).toBe(0);
    const lines = running.printed.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
    expect(lines.map(({ requestId }) => requestId).slice(0, -1)).toEqual(requests);
    expect(lines.at(-1)).toMatchObject({ path: '/upgrade-offer/entitlements/advanced-analytics', status: 200 });
  });

  it('answers them also when it is told to stop again and again, as npm and a terminal do', async () => {
    const running = await startProcess();
    const who = asCustomer(running, await newCustomer('ordinary', { secret: stack.identitySecret }));
    const { offerId, optionId } = offered(await who.ask({ feature: 'advanced-analytics' }));
    const slow = { kind: 'slow', delayMs: 2_000, times: 1 } as const;
    await sandboxOf(stack).misbehave({ operation: 'offer_fulfillments', ...slow });
    const accepted = who.accept(offerId, optionId);
    await expect.poll(faultsInForce).toEqual([]);

    for (const signal of ['SIGTERM', 'SIGTERM', 'SIGINT', 'SIGINT'] as const) running.signal(signal);

    const [answer, code] = await Promise.all([accepted, running.stop('SIGTERM')]);
    expect(answer).toMatchObject({ status: 200, body: { fulfillmentId: expect.any(String) } });
    expect(code).toBe(0);
  });

  it('keeps the port open after SIGTERM until balancers have noticed, and sends their connections elsewhere', async () => {
    const running = await startProcess({ DRAIN_SECONDS: '600' });
    const healthz = () => fetch(new URL('/healthz', running.proxyUrl));
    expect((await healthz()).headers.get('connection')).toBe('keep-alive');

    running.signal('SIGTERM');

    const readyz = async () => (await fetch(new URL('/readyz', running.proxyUrl))).status;
    await expect.poll(readyz).toBe(503);
    const answer = await healthz();
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    // An operator at the terminal need not wait.
    expect(await running.stop('SIGINT')).toBe(0);
  });

  it('keeps idle connections open for longer than balancers do', async () => {
    const keepAlive = async ({ proxyUrl }: { proxyUrl: string }) =>
      (await fetch(new URL('/healthz', proxyUrl))).headers.get('keep-alive');

    expect(await keepAlive(await startProcess())).toBe('timeout=75');
    expect(await keepAlive(await startProcess({ KEEP_ALIVE_SECONDS: '620' }))).toBe('timeout=620');
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

  it('says in one sentence that its address is not one of this machine', async () => {
    const { exited, printed } = await startProcess({ HOST: '192.0.2.1', PORT: '8080' });

    expect(await exited).toBe(1);
    expect(printed).toEqual([
      expect.stringMatching(/^Failed to listen on 192\.0\.2\.1:8080: .* Correct HOST and PORT\.$/),
    ]);
  });

  it.each([
    ['a folder that is a file', 'file:package.json/proxy.db', /cannot be created or written/],
    ['a folder that cannot be written', 'file:/sys/upgrade-offer/proxy.db', /may not write there/],
    ['a file that is a folder', 'file:test', /cannot be created or written/],
    ['a file that is no database', 'file:package.json', /no SQLite database/],
    ['a server that does not answer', 'postgres://u:a-password@127.0.0.1:9/db', /cannot be reached/],
    ['a host that does not exist', 'postgres://u:a-password@database.invalid/db', /not known/],
    ['an unreadable URL', 'postgres://u:a-password@:x:y/db', /DATABASE_URL/],
  ])('says in one sentence that its store cannot be opened: %s', async (_, url, sentence) => {
    const { exited, printed } = await startProcess({ DATABASE_URL: url });

    expect(await exited).toBe(1);
    expect(printed).toEqual([expect.stringMatching(/^Failed to open the store: .*DATABASE_URL/)]);
    expect(printed[0]).toMatch(sentence);
    expect(printed[0]).not.toContain('a-password');
  });

  it('says in one sentence that the disk is full', async () => {
    const environment = { ...stack.environment, DATABASE_URL: `${stack.environment['DATABASE_URL']}.full` };
    const full = await processes.start(environment, { largestFile: 0 });

    expect(await full.exited).toBe(1);
    expect(full.printed).toEqual([expect.stringMatching(/^Failed to open the store: the disk is full/)]);
  });

  it('goes on when the disk becomes full: what is stored is answered, and /readyz says no', async () => {
    const who = await newCustomer('ordinary', { secret: stack.identitySecret });
    const full = await processes.start(
      { ...stack.environment, DATABASE_URL: `${stack.environment['DATABASE_URL']}.small` },
      { largestFile: 800 },
    );
    const as = asCustomer(full, who);
    await as.ask({ feature: 'advanced-analytics' });
    const readiness = async () => (await fetch(new URL('/readyz', full.proxyUrl))).status;

    const statuses = new Set<number>();
    // The first writes fail while smaller ones still find room.
    let ready = await readiness();
    for (let load = 0; load < 3_000 && ready === 200; load += 1) {
      const next = asCustomer(full, await newCustomer('ordinary', { secret: stack.identitySecret }));
      statuses.add((await next.ask({ feature: 'advanced-analytics' })).status);
      ready = await readiness();
    }

    expect(ready).toBe(503);
    for (const status of statuses) expect([200, 503]).toContain(status);
    expect((await as.ask({ feature: 'advanced-analytics' })).status).toBe(200);
    expect(await full.stop('SIGTERM')).toBe(0);
  });

  it('starts several times at the same moment on one new file', async () => {
    for (let time = 0; time < 3; time += 1) {
      const environment = { DATABASE_URL: `${stack.environment['DATABASE_URL']}.${time}` };
      const all = await Promise.all(Array.from({ length: 4 }, () => startProcess(environment)));

      for (const { proxyUrl, printed } of all) expect(proxyUrl, printed.join('\n')).not.toBe('');
      await processes.killAll();
    }
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
