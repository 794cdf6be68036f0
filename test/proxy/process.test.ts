import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newCustomer } from '../support/customer.js';
import { asCustomer, asServer, fulfillmentIdOf, offered } from '../support/proxy-client.js';
import { sandboxOf } from '../support/sandbox-client.js';
import { startStack, type Stack } from '../support/node-stack.js';

let stack: Stack;
const processes: ChildProcess[] = [];

beforeEach(async () => {
  stack = await startStack();
  await stack.stopProxy();
});
afterEach(async () => {
  for (const child of processes.splice(0)) child.kill('SIGKILL');
  await stack.close();
});

/** The built proxy as an operator starts it; what it prints is kept. */
async function startProcess(environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ['dist/proxy/cli.js'], {
    env: { PATH: process.env['PATH'], ...stack.environment, ...environment },
  });
  processes.push(child);
  const printed: string[] = [];
  let proxyUrl: string | undefined;
  const listening = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      printed.push(line);
      proxyUrl ??= /^upgrade-offer proxy: (\S+)$/.exec(line)?.[1];
      if (proxyUrl) resolve();
    });
  });
  createInterface({ input: child.stderr }).on('line', (line) => printed.push(line));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  await Promise.race([listening, exited]);
  return { child, printed, exited, proxyUrl: proxyUrl ?? '' };
}

const kill = async ({ child, exited }: Awaited<ReturnType<typeof startProcess>>, signal: NodeJS.Signals) => {
  child.kill(signal);
  return exited;
};

describe('the proxy as a process', () => {
  it('remembers, after kill -9 right behind its answer, who was offered what and who accepted', async () => {
    const who = await newCustomer('ordinary', { secret: stack.identitySecret });
    const first = await startProcess();
    const before = asCustomer(first, who);
    const { offerId, optionId } = offered(await before.ask({ feature: 'advanced-analytics' }));
    await sandboxOf(stack).misbehave({ operation: 'offer_events', kind: 'unavailable' });
    await before.report(offerId, 'viewed');
    const fulfillmentId = fulfillmentIdOf(await before.accept(offerId, optionId));
    await kill(first, 'SIGKILL');
    await sandboxOf(stack).behave();

    const second = await startProcess();
    const after = asCustomer(second, who);

    expect((await after.outcome(fulfillmentId)).body).toMatchObject({ status: 'redirect', fulfillmentId });
    expect((await after.accept(offerId, optionId)).body).toMatchObject({ fulfillmentId, acceptedBefore: 'you' });
    const server = asServer({ ...stack, proxyUrl: second.proxyUrl });
    expect((await server.list({ status: 'in_progress' })).body.fulfillments).toMatchObject([{ id: fulfillmentId }]);
    await expect
      .poll(async () => (await sandboxOf(stack).records(who)).events.map(({ type }) => type), { timeout: 8_000 })
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

  it('ends with 0 when it is asked to stop', async () => {
    expect(await kill(await startProcess(), 'SIGTERM')).toBe(0);
  });

  it('says in one line that its port is taken', async () => {
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

  it('never writes the key, a token or an e-mail address into its log', async () => {
    const who = await newCustomer('ordinary', { secret: stack.identitySecret, claims: { email: 'ada@example.com' } });
    const running = await startProcess({ LOG_LEVEL: 'trace' });
    const as = asCustomer(running, who);
    const { offerId, optionId } = offered(await as.ask({ feature: 'advanced-analytics' }));
    await sandboxOf(stack).misbehave({ operation: '*', kind: 'unavailable' });
    await as.report(offerId, 'viewed');
    await as.accept(offerId, optionId);
    await as.access('storage-gb');
    await kill(running, 'SIGTERM');

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
