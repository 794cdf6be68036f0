/** The built `dist/sandbox/cli.js` as a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished, vi } from 'vitest';
import { basic, startChargebee } from '../support/chargebee-http.js';

const CLI = fileURLToPath(new URL('../../dist/sandbox/cli.js', import.meta.url));

const { url: taken } = await startChargebee();

function start(port: string) {
  const child = spawn(process.execPath, [CLI], { env: { ...process.env, PORT: port } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (said.out += chunk));
  child.stderr.on('data', (chunk) => (said.err += chunk));
  return { child, said, ended: once(child, 'exit') };
}

it.each(['SIGINT', 'SIGTERM'] as const)('says where it is, answers there, and stops at %s', async (signal) => {
  const { child, said, ended } = start('0');
  const url = await vi.waitFor(() => {
    const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(said.out) ?? [];
    if (!found) throw new Error('It has not said its address yet');
    return found;
  });
  expect(said.out).toContain('site acme-test, key test_sandbox');
  expect(said.out.trim().split('\n')).toHaveLength(2);

  const response = await fetch(`${url}/api/v2/subscriptions/sub_1/subscription_entitlements`, {
    headers: { Authorization: basic('test_sandbox') },
  });
  expect(response.status).toBe(200);
  expect((await fetch(`${url}/`)).url).toBe(`${url}/sandbox`);

  child.kill(signal);
  expect(await ended).toEqual([0, null]);
  expect(said.err).toBe('');
});

it('says in one line that its port is taken', async () => {
  const { port } = new URL(taken);
  const { said, ended } = start(port);
  expect(await ended).toEqual([1, null]);
  expect(said.err).toBe(`Port ${port} is already in use. Set PORT to another one.\n`);
  expect(said.out).toBe('');
});
